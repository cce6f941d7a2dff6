"""A whole server for respondents in a process of its own: ``prepare``, or ``serve PORT``.

The answering endpoint stands in front of everything else, as it does in the real server.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import sys
import time
from typing import Any

import django
import uvicorn

STAFF = {"hallinto": 40, "varikko": 12, "kirjasto": 8}
FIRST_DAY = datetime.date(2026, 12, 1)
LAST_DAY = datetime.date(2026, 12, 23)


def prepare(slug: str = "kunta") -> dict[str, Any]:
    """Makes the tables and an open round: by e-mail, on paper and by an open link."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup

    from .respondents import asked_town  # noqa: PLC0415 - after django.setup

    call_command("migrate", verbosity=0)
    return asked_town(slug).told()


def application() -> Any:
    """The endpoint in front of the site."""
    from digitiekartta.config.asgi import application as site  # noqa: PLC0415 - after django.setup
    from digitiekartta.surveys.answering import application as answering  # noqa: PLC0415
    from digitiekartta.surveys.answering.batcher import Batcher  # noqa: PLC0415
    from digitiekartta.surveys.answering.pages import DjangoPages  # noqa: PLC0415
    from digitiekartta.surveys.answering.register import Register  # noqa: PLC0415
    from digitiekartta.surveys.services import answers, remains  # noqa: PLC0415

    endpoint = answering.Answering(
        answering.Parts(
            register=Register(time.monotonic),
            batcher=Batcher(answers.store, remains.empty_the_journal),
            pages=DjangoPages(),
        )
    )

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if answering.is_answer(scope):
            await endpoint(scope, receive, send)
            return
        if scope["type"] == "lifespan":
            endpoint.start(asyncio.get_running_loop())
        await site(scope, receive, send)
        if scope["type"] == "lifespan":
            endpoint.stop()

    return app


def main(arguments: list[str]) -> None:
    django.setup()
    if arguments[0] == "prepare":
        sys.stdout.write(json.dumps(prepare()))
        return
    config = uvicorn.Config(
        application(),
        port=int(arguments[1]),
        access_log=False,
        log_level="info",
        lifespan="on",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main(sys.argv[1:])
