"""The answering endpoint alone in a server process of its own: ``prepare``, or ``serve PORT``.

Run with the settings of a real server: durable, in a folder or database that is its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import django
import uvicorn

STAFF = {f"ryhma-{number}": 50 for number in range(10)}


def prepare(slug: str = "kunta") -> dict[str, Any]:
    """Makes the tables and an open round; the round's id and the codes by group."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup
    from django.db import connection  # noqa: PLC0415

    from .rounds import staged  # noqa: PLC0415 - after django.setup

    call_command("migrate", verbosity=0)
    stage = staged(slug, staff=STAFF)
    codes = {one: stage.codes(one) for one in STAFF}
    stage.open()
    if connection.vendor == "postgresql":
        # Its clean-up comes when it comes; what it moves tells of the hour, not of the answers.
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE surveys_tally SET (autovacuum_enabled = false)")
    return {"slug": slug, "round": str(stage.round_id), "codes": codes}


def application(store: Callable[[Sequence[Any]], list[Any]] | None = None) -> Any:
    """The endpoint with a lifespan, and plain words instead of pages."""
    import time  # noqa: PLC0415

    from digitiekartta.surveys.answering.application import Answering, Parts  # noqa: PLC0415
    from digitiekartta.surveys.answering.batcher import Batcher  # noqa: PLC0415
    from digitiekartta.surveys.answering.problems import Page  # noqa: PLC0415
    from digitiekartta.surveys.answering.register import Register  # noqa: PLC0415
    from digitiekartta.surveys.services import answers, remains  # noqa: PLC0415

    endpoint = Answering(
        Parts(
            register=Register(time.monotonic),
            batcher=Batcher(store or answers.store, remains.empty_the_journal),
            pages=lambda one: Page(one.trouble.status, (), str(one.trouble).encode()),
        )
    )

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await endpoint(scope, receive, send)
            return
        await receive()
        endpoint.start(asyncio.get_running_loop())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        endpoint.stop()
        await send({"type": "lifespan.shutdown.complete"})

    return app


def serve(port: int, app: Any) -> None:
    """Serves until told to stop, and says so when it has begun."""
    config = uvicorn.Config(
        app, port=port, access_log=False, log_level="info", timeout_graceful_shutdown=3
    )
    uvicorn.Server(config).run()


def main(arguments: Sequence[str]) -> None:
    django.setup()
    if arguments[0] == "prepare":
        sys.stdout.write(json.dumps(prepare()))
    elif arguments[0] == "serve":
        serve(int(arguments[1]), application())
    else:
        from .leaky import leaky_store  # noqa: PLC0415 - after django.setup

        serve(int(arguments[1]), application(leaky_store))


if __name__ == "__main__":
    main(sys.argv[1:])
