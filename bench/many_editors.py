"""Two hundred people who edit the same roadmap at random, and the pages that show it.

``python -m bench.many_editors prepare COUNT`` makes editors, ``edit PORT SECONDS`` lets those told
on standard input edit, ``audit`` reads what was acknowledged and looks it up in the log, and
``probe SECONDS`` commits now and then, and tells when: all as JSON on standard output.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from .processes import Place, Server
from .report import Goal, Result, at_most

EDITORS = PAGES = 200
WORKERS = 2
MOST_MS = 1_000
_SLUG = "kauhava"
_EVERY = 0.5
_TOKEN = "a" * 32
"""The token against forged requests: the cookie and the form have to agree, no more."""


def measure(here: Place, quick: bool) -> Iterator[Result]:
    """Committed edits a second, what was lost or left a gap, and how soon every page knows."""
    seconds = 10.0 if quick else 60.0
    given = _run(here, "prepare", str(EDITORS))
    with (
        here.serving(workers=WORKERS) as server,
        _started(here, "edit", str(server.port), str(seconds)) as editing,
        _started(here, "probe", str(seconds)) as probing,
    ):
        _tell(editing, given)
        heard = asyncio.run(_listen(server, seconds))
        probes = json.loads(probing.communicate()[0])
        done = json.loads(editing.communicate()[0])
    audit = _run(here, "audit", given={**given, **done})
    none, some = Goal("0", lambda one: one.value == 0), Goal("> 0", lambda one: one.value > 0)
    base = here.database
    yield Result(
        f"edits by {EDITORS} at once", len(done["saved"]) / seconds, "/s", some, None, base
    )
    known = Goal("known", lambda _one: True)
    yield Result("edits refused as conflicts", done["conflicts"], "", known, None, base)
    for name in ("lost", "duplicates", "overwritten", "gaps"):
        yield Result(f"edits: {name}", audit[name], "", none, None, base)
    yield Result("edits not answered", done["failed"], "", none, None, base)
    slowest = _slowest(probes, heard)
    yield Result(
        f"last of {PAGES} pages while they edit", slowest, "ms", at_most(MOST_MS, "ms"), None, base
    )


def _run(here: Place, *arguments: str, given: Any = None) -> Any:
    with _started(here, *arguments) as process:
        return json.loads(process.communicate(json.dumps(given))[0])


@contextlib.contextmanager
def _started(here: Place, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench.many_editors", *arguments]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=here.environment, cwd=here.var, **pipes) as process:
        yield process


def _tell(process: subprocess.Popen[str], given: Any) -> None:
    if process.stdin is not None:
        process.stdin.write(json.dumps(given))
        process.stdin.close()
        process.stdin = None


Heard = list[tuple[float, int]]


async def _listen(server: Server, seconds: float) -> list[Heard]:
    """What each open page heard: when, and up to which revision."""
    until = time.monotonic() + seconds + 3
    pages = [asyncio.create_task(_page(server.port, until)) for _ in range(PAGES)]
    return list(await asyncio.gather(*pages))


async def _page(port: int, until: float) -> Heard:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /{_SLUG}/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    heard: Heard = []
    with contextlib.suppress(TimeoutError, asyncio.IncompleteReadError):
        while (left := until - time.monotonic()) > 0:
            line = await asyncio.wait_for(reader.readline(), left)
            if line.startswith(b"id:"):
                heard.append((time.monotonic(), int(line[3:])))
    writer.close()
    return heard


def _slowest(probes: list[tuple[float, int]], heard: list[Heard]) -> float:
    """Milliseconds from a commit to the last page's hearing of it, at the median of the commits."""
    times = []
    for at, revision in probes:
        firsts = [
            next((when for when, known in one if known >= revision), float("inf")) for one in heard
        ]
        times.append((max(firsts) - at) * 1000)
    return sorted(times)[len(times) // 2]


def prepare(count: int) -> dict[str, Any]:
    """So many members of the digital team, signed in; the actions, and the revision they see."""
    from django.conf import settings  # noqa: PLC0415 - after Django's set-up
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from digitiekartta.history.queries import revision_of  # noqa: PLC0415
    from digitiekartta.history.rules import Intent  # noqa: PLC0415
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415
    from digitiekartta.municipalities.rules import Role  # noqa: PLC0415
    from digitiekartta.municipalities.services import grant_role  # noqa: PLC0415
    from digitiekartta.roadmaps.models import Action  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    ledger_id = Municipality.objects.get(slug=_SLUG).ledger_id
    sessions = []
    for number in range(count):
        account = get_user_model().objects.create_user(email=f"muokkaaja{number}@kunta.test")
        intent = Intent(actor=None, at=now())
        grant_role(ledger_id=ledger_id, intent=intent, account_id=account.pk, role=Role.TEAM)
        client = Client()
        client.force_login(account)
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    actions = Action.objects.filter(ledger_id=ledger_id, cancelled=False).order_by("serial")
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": sessions,
        "serials": list(actions.values_list("serial", flat=True)),
        "revision": revision_of(ledger_id),
    }


class Editors:
    """Everybody moves one action after another, as fast as they are answered."""

    def __init__(self, port: int, given: dict[str, Any]) -> None:
        self.saved: list[dict[str, Any]] = []
        self.conflicts = self.refused = self.failed = 0
        self._port, self._given = port, given

    async def edit(self, seconds: float) -> dict[str, Any]:
        until = time.monotonic() + seconds
        await asyncio.gather(
            *(
                self._editor(random.Random(number), session, until)
                for number, session in enumerate(self._given["sessions"])
            )
        )
        return {
            "saved": self.saved,
            "conflicts": self.conflicts,
            "refused": self.refused,
            "failed": self.failed,
        }

    async def _editor(self, chance: random.Random, session: str, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        seen = self._given["revision"]
        while time.monotonic() < until:
            serial = chance.choice(self._given["serials"])
            form = move(chance, seen)
            writer.write(self._request(session, serial, form))
            status, head, body = await _answer(reader)
            if status == 302:
                seen = int(re.findall(rb"tehty=(\d+)", head)[0])
                self.saved.append(
                    {**form, "serial": serial, "seen": form["revision"], "revision": seen}
                )
            elif status in (409, 422):
                # Her page shows both sides, and how things stand now.
                seen = max([seen, *map(int, re.findall(rb'name="revision" value="(\d+)"', body))])
                self.conflicts += status == 409
                self.refused += status == 422
            else:
                self.failed += 1
                break
        writer.close()

    def _request(self, session: str, serial: int, form: dict[str, Any]) -> bytes:
        body = urlencode({**form, "csrfmiddlewaretoken": _TOKEN})
        cookies = f"{self._given['cookie']}={session}; csrftoken={_TOKEN}"
        return (
            f"POST /{_SLUG}/toimenpiteet/{serial}/muokkaa/aikataulu/ HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self._port}\r\nCookie: {cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def move(chance: random.Random, seen: int) -> dict[str, Any]:
    """A new schedule with a reason of its own, by which it is found in the log."""
    first, last = sorted(
        f"{chance.choice((2025, 2026, 2027))}-H{chance.choice((1, 2))}" for _ in "ab"
    )
    key = str(UUID(int=chance.getrandbits(128), version=4))
    return {"first": first, "last": last, "reason": f"Siirto {key}", "revision": seen, "key": key}


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if length is not None:
        return int(head[9:12]), head, await reader.readexactly(int(length[1]))
    body = b""
    if b"chunked" in head.lower():
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    return int(head[9:12]), head, body


def audit(given: dict[str, Any]) -> dict[str, Any]:
    """How many acknowledged edits are not in the log as they were sent, stand there twice, or
    overwrote what their writers had not seen; how many revisions are missing; whether the tables
    are what the log tells."""
    from digitiekartta.history.models import Entry, Receipt  # noqa: PLC0415 - after set-up
    from digitiekartta.history.queries import (  # noqa: PLC0415
        document_at,
        from_tables,
        revision_of,
    )
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415
    from digitiekartta.roadmaps.models import Action  # noqa: PLC0415

    ledger_id = Municipality.objects.get(slug=_SLUG).ledger_id
    entries = list(Entry.objects.filter(ledger_id=ledger_id).order_by("revision"))
    actions = Action.objects.filter(ledger_id=ledger_id).values_list("serial", "pk")
    told = _Schedules({serial: str(pk) for serial, pk in actions}, entries)
    saved = given["saved"]
    keys = list(Receipt.objects.filter(ledger_id=ledger_id).values_list("key", flat=True))
    final = revision_of(ledger_id)
    return {
        "lost": sum(told.lost(one) for one in saved),
        "duplicates": sum(told.count(one) > 1 for one in saved)
        + (len(keys) - len({*keys}))
        + (len(saved) - len({one["key"] for one in saved})),
        "overwritten": sum(told.overwrote(one) for one in saved),
        "gaps": sum(one.revision != place for place, one in enumerate(entries, 1))
        + abs(final - len(entries)),
        "as_logged": document_at(ledger_id, final).document == from_tables(ledger_id).document,
    }


class _Schedules:
    """What the log tells of the schedules of actions."""

    def __init__(self, ids: dict[int, str], entries: list[Any]) -> None:
        self._ids = ids
        self._changes: dict[tuple[str, str], list[tuple[int, Any, Any]]] = {}
        self._entries: dict[str, list[Any]] = {}
        for entry in entries:
            self._entries.setdefault(entry.reason, []).append(entry)
            for entity, id, field, old, new in entry.changes:
                if entity == "action" and field in ("first", "last"):
                    change = entry.revision, old, new
                    self._changes.setdefault((id, field), []).append(change)

    def count(self, one: dict[str, Any]) -> int:
        """How many times an edit stands in the log: each has a reason of its own."""
        return len(self._entries.get(one["reason"], ()))

    def lost(self, one: dict[str, Any]) -> bool:
        """Whether what was acknowledged did not stand at the revision that was told. An edit that
        changes nothing leaves no entry, but then it has to be so already."""
        entries = self._entries.get(one["reason"], ())
        if entries and one["revision"] != entries[0].revision:
            return True
        id = self._ids[one["serial"]]
        values = {field: self._at(id, field, one["revision"]) for field in ("first", "last")}
        return any(value not in (None, one[field]) for field, value in values.items())

    def overwrote(self, one: dict[str, Any]) -> bool:
        """Whether an edit changed a value that was not the one that its writer had seen."""
        return any(
            old != self._at(id, field, one["seen"])
            for entry in self._entries.get(one["reason"], ())
            for entity, id, field, old, _new in entry.changes
            if entity == "action" and field in ("first", "last")
        )

    def _at(self, id: str, field: str, revision: int) -> Any:
        """A value as it stood; None where it has never changed."""
        known: Any = None
        for place, (changed, old, new) in enumerate(self._changes.get((id, field), ())):
            known = old if place == 0 else known
            if changed > revision:
                break
            known = new
        return known


def probe(seconds: float) -> list[tuple[float, int]]:
    """Commits now and then: when, and with which revision."""
    from digitiekartta.history.rules import Intent  # noqa: PLC0415 - after Django's set-up
    from digitiekartta.history.services import commit  # noqa: PLC0415
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415
    from digitiekartta.roadmaps.models import Action  # noqa: PLC0415
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    ledger_id = Municipality.objects.get(slug=_SLUG).ledger_id
    action_id = Action.objects.filter(ledger_id=ledger_id).order_by("serial")[0].pk

    def write(pen: Any) -> Any:
        action = pen.get(Action, action_id)
        pen.set(action, title={"fi": f"Muutettu {uuid4()}"})
        return action

    probes, until = [], time.monotonic() + seconds
    time.sleep(2)  # the pages open first
    while time.monotonic() < until:
        intent = Intent(actor=None, at=now())
        made = commit(ledger_id=ledger_id, kind="bench", intent=intent, write=write)
        probes.append((time.monotonic(), made.revision))
        time.sleep(_EVERY)
    return probes


def main() -> None:
    kind, *more = sys.argv[1:]
    if kind != "edit":
        import django  # noqa: PLC0415 - only where the tables are needed

        django.setup()
    told: Any
    if kind == "prepare":
        told = prepare(int(more[0]))
    elif kind == "edit":
        told = asyncio.run(Editors(int(more[0]), json.load(sys.stdin)).edit(float(more[1])))
    elif kind == "audit":
        told = audit(json.load(sys.stdin))
    else:
        told = probe(float(more[0]))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
