"""P5: progress reports a second, each through the whole path: session, CSRF, permission, rule, log,
revision, durable commit. Every client is somebody of her own, who reports on her own action.

``python -m bench.progress prepare CLIENTS`` makes the accounts and their sessions and tells them;
``load PORT SECONDS`` sends the forms, told on standard input; ``counted`` tells how many reports
the log holds.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from .processes import Place, Server
from .report import Goal, Result

WORKERS = 2
CLIENTS = (8, 64)
PER_SECOND = 400
SLUG = "kauhava"
_CSRF = "k" * 32


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Reports a second with 8 and with 64 clients, and whether each acknowledged one is logged."""
    seconds = 3.0 if quick else 10.0
    acknowledged, goal = 0, Goal(f"≥ {PER_SECOND}/s", lambda one: one.value >= PER_SECOND)
    before = int(_run(here, "counted"))
    with here.serving(workers=WORKERS) as server:
        # The first start gives the example's actions to its cast: after that they are ours.
        given = json.loads(_run(here, "prepare", str(max(CLIENTS))))
        for clients in CLIENTS:
            warm = _load(here, server, given, clients, 1.0)
            done = _load(here, server, given, clients, seconds)
            acknowledged += warm["acknowledged"] + done["acknowledged"]
            rate = done["acknowledged"] / done["took"]
            name = f"P5 progress reports, committed, {clients} clients"
            yield Result(name, rate, "/s", goal, None, here.database)
    logged = int(_run(here, "counted")) - before
    none = Goal("0", lambda one: one.value == 0)
    lost = abs(logged - acknowledged)
    yield Result(
        "P5 reports lost or doubled", lost, f"of {acknowledged}", none, None, here.database
    )


def _run(here: Place, *arguments: str) -> str:
    command = [sys.executable, "-m", "bench.progress", *arguments]
    done = subprocess.run(
        command, env=here.environment, cwd=here.var, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _load(
    here: Place, server: Server, given: dict[str, Any], clients: int, seconds: float
) -> dict[str, Any]:
    told = {**given, "people": given["people"][:clients]}
    done = subprocess.run(
        [sys.executable, "-m", "bench.progress", "load", str(server.port), str(seconds)],
        env=here.environment,
        cwd=here.var,
        check=True,
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    if found["failed"]:
        raise RuntimeError(f"{found['failed']} reports failed: {found['first']}")
    return found


def _prepare(clients: int) -> dict[str, Any]:
    from importlib import import_module  # noqa: PLC0415 - after Django's set-up

    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from digitiekartta.accounts.models import Person, User  # noqa: PLC0415
    from digitiekartta.history.rules import Intent  # noqa: PLC0415
    from digitiekartta.history.services import commit  # noqa: PLC0415
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415
    from digitiekartta.roadmaps.models import Action  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    ledger_id = Municipality.objects.get(slug=SLUG).ledger_id
    rows = Action.objects.filter(ledger_id=ledger_id, status="ongoing", cancelled=False)
    actions = [one for one in rows.order_by("serial") if any(one.reason.values())] or list(rows)
    users = [User.objects.create_user(email=f"mittaaja{n}@mittaus.invalid") for n in range(clients)]
    people: list[dict[str, Any]] = []

    def write(pen: Any) -> None:
        for number, user in enumerate(users):
            action = pen.get(Action, actions[number % len(actions)].pk)
            person = pen.add(Person, name=f"Mittaaja {number}", account=user.pk)
            pen.set(action, deputies=[*action.deputies, str(person.pk)])
            people.append({"serial": action.serial})

    commit(ledger_id=ledger_id, kind="bench", intent=Intent(actor=None, at=now()), write=write)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for user, one in zip(users, people, strict=True):
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        one["session"] = session.session_key
    revision = commit_revision(ledger_id)
    return {"people": people, "cookie": settings.SESSION_COOKIE_NAME, "revision": revision}


def commit_revision(ledger_id: Any) -> int:
    """The revision that the forms of the load have seen."""
    from digitiekartta.history.queries import revision_of  # noqa: PLC0415

    return revision_of(ledger_id)


class Reporters:
    """People who report again and again, each over a connection of her own."""

    def __init__(self, port: int, given: dict[str, Any]) -> None:
        self._port, self._given = port, given
        self.acknowledged = self.failed = 0
        self.first = ""

    async def report(self, seconds: float) -> dict[str, Any]:
        """Everybody reports for so many seconds."""
        began = time.monotonic()
        until = began + seconds
        await asyncio.gather(*(self._one(one, until) for one in self._given["people"]))
        return {
            "acknowledged": self.acknowledged,
            "failed": self.failed,
            "first": self.first,
            "took": time.monotonic() - began,
        }

    async def _one(self, person: dict[str, Any], until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while time.monotonic() < until:
            writer.write(self._request(person))
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line[15:])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            )
            await reader.readexactly(length)
            if head[9:12] == b"302" and b"tehty=" in head:
                self.acknowledged += 1
            else:
                self.failed += 1
                self.first = self.first or head.decode("latin-1")
        writer.close()

    def _request(self, person: dict[str, Any]) -> bytes:
        form = {
            "csrfmiddlewaretoken": _CSRF,
            "revision": self._given["revision"],
            "key": str(uuid4()),
            "do": "report",
            "status": "ongoing",
            "text": "Koulutukset etenevät suunnitellusti.",
            "why": "",
        }
        body = urlencode(form).encode()
        cookie = f"{self._given['cookie']}={person['session']}; csrftoken={_CSRF}"
        head = (
            f"POST /{SLUG}/oma/{person['serial']}/ HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Origin: http://127.0.0.1:{self._port}\r\nCookie: {cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def _counted() -> int:
    from digitiekartta.history.models import Entry  # noqa: PLC0415 - after Django's set-up

    return Entry.objects.filter(kind="report_progress").count()


def main() -> None:
    what = sys.argv[1]
    if what == "load":
        import uvloop  # noqa: PLC0415 - only for the load

        reporters = Reporters(int(sys.argv[2]), json.load(sys.stdin))
        sys.stdout.write(json.dumps(uvloop.run(reporters.report(float(sys.argv[3])))))
        return
    import django  # noqa: PLC0415 - only for what asks the database

    django.setup()
    found: Any = _prepare(int(sys.argv[2])) if what == "prepare" else _counted()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
