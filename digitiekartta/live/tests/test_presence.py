"""Who is editing what: told to members who may know of it, to nobody else, and not for long."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry, Ledger
from digitiekartta.history.pen import Pen
from digitiekartta.history.tables import table_of
from digitiekartta.history.tests.writing import add_party, new_ledger, write
from digitiekartta.live import rules
from digitiekartta.live.attendance import Attendance, Members, is_told
from digitiekartta.live.company import Company
from digitiekartta.live.models import Presence
from digitiekartta.live.rules import Editing, MalformedError, Told, Viewer, Who, told
from digitiekartta.live.services import sweep, tell_editing

from .listening import SOMEBODY, Following, following
from .test_stream import in_thread

PUBLIC, MEMBERS, TEAM = Audience.PUBLIC, Audience.MEMBERS, Audience.TEAM
TAB, HER = UUID(int=1), UUID(int=2)
NAMED = Who("management", "Kaupunginjohtaja", MEMBERS)


@pytest.fixture
def ledger_id(transactional_db: None) -> UUID:
    return new_ledger()


def tell(
    ledger_id: UUID,
    entity: UUID | None,
    *,
    part: str = "schedule",
    is_open: bool = True,
    who: Who = NAMED,
    audience: Audience = TEAM,
    tab: UUID = TAB,
    at: float | None = None,
) -> None:
    viewer = Viewer(ledger_id, HER, audience)
    what = Told(tab, is_open, entity, part)
    tell_editing(viewer=viewer, who=who, told=what, at=at or time.time())


def audience_of(scope: Mapping[str, Any]) -> Audience:
    return Audience((scope["query_string"] or b"public").decode())


def mark(site: Following) -> str:
    return site.hub._company.mark(HER)


def playing(ledger_id: UUID, scene: Callable[[Following], Any]) -> None:
    async def play() -> None:
        async with following({"kauhava": ledger_id}, audience_of) as site:
            await scene(site)

    asyncio.run(play())


def person(ledger_id: UUID, audience: Audience) -> UUID:
    def do(pen: Pen) -> Any:
        return pen.add(table_of("person"), name="x", audience=audience)

    receipt = write(ledger_id, do)
    assert receipt.entity_id is not None
    return receipt.entity_id


def test_members_are_told_at_once_and_when_it_is_over_and_the_public_never(ledger_id: UUID) -> None:
    entity = add_party(ledger_id)

    async def scene(site: Following) -> None:
        member, public = await site.listen(query="members"), await site.listen()
        began = time.monotonic()
        await in_thread(lambda: tell(ledger_id, entity))
        await member.until(lambda: bool(member.editing))
        assert time.monotonic() - began < 1
        assert member.editing == {
            str(entity): [
                {"part": "schedule", "by": mark(site), "role": "management"}
                | {"name": "Kaupunginjohtaja"}
            ]
        }
        late = await site.listen(query="members")
        await late.until(lambda: bool(late.editing))
        assert late.editing == member.editing
        await in_thread(lambda: tell(ledger_id, None, is_open=False))
        await member.until(lambda: member.editing == {str(entity): []})
        await in_thread(add_party, ledger_id, "later")
        await public.until(lambda: bool(public.events))
        assert (public.editing, public.session) == ({}, "")
        assert b"lasna" not in public.content
        for reader in (member, late, public):
            await reader.leave()

    playing(ledger_id, scene)


def test_a_page_is_told_by_what_mark_it_knows_its_own_reader(ledger_id: UUID) -> None:
    entity = add_party(ledger_id)

    async def scene(site: Following) -> None:
        for tab in (uuid4(), uuid4()):
            await in_thread(lambda tab=tab: tell(ledger_id, entity, tab=tab))
        reader = await site.listen(query="team")
        await reader.until(lambda: bool(reader.editing))
        own = site.hub._company.mark(SOMEBODY)
        assert f"voimassa {own}\n".encode() in reader.content
        assert [one["by"] for one in reader.editing[str(entity)]] == [mark(site)]
        assert len({own, mark(site), Company().mark(HER), HER.hex}) == 4
        await reader.leave()

    playing(ledger_id, scene)


def test_what_a_member_may_not_read_she_is_not_told_to_be_edited(ledger_id: UUID) -> None:
    hidden, seen = person(ledger_id, TEAM), person(ledger_id, MEMBERS)

    async def scene(site: Following) -> None:
        member, team = await site.listen(query="members"), await site.listen(query="team")
        await in_thread(lambda: tell(ledger_id, hidden))
        await in_thread(lambda: tell(ledger_id, seen, who=Who("team", "Nimi", TEAM)))
        for reader in (member, team):
            await reader.until(lambda reader=reader: bool(reader.editing.get(str(seen))))  # type: ignore[misc]
        assert not member.editing.get(str(hidden))
        assert [one["part"] for one in team.editing[str(hidden)]] == ["schedule"]
        assert team.editing[str(seen)][0]["name"] == "Nimi"
        assert "name" not in member.editing[str(seen)][0]
        assert member.editing[str(seen)][0]["role"] == "team"
        assert "Nimi" not in member.content.decode()
        for reader in (member, team):
            await reader.leave()

    playing(ledger_id, scene)


def test_nothing_is_kept_of_what_the_teller_may_not_see_or_is_not_there(ledger_id: UUID) -> None:
    other = new_ledger()
    tell(ledger_id, uuid4())
    tell(ledger_id, add_party(other))
    tell(ledger_id, person(ledger_id, TEAM), audience=MEMBERS)
    assert Presence.objects.count() == 0
    tell(ledger_id, person(ledger_id, TEAM))
    assert Presence.objects.count() == 1


def test_a_field_that_fewer_may_read_is_told_to_them_alone(ledger_id: UUID) -> None:
    entity = person(ledger_id, PUBLIC)
    tell(ledger_id, entity, part="name")
    tell(ledger_id, entity, part="email")
    marks = dict(Presence.objects.values_list("part", "audience"))
    email = table_of("person").entity_type.by_name["email"].audience
    assert marks == {"name": PUBLIC, "email": email}
    assert email is not PUBLIC


def test_it_is_outside_the_record(ledger_id: UUID) -> None:
    entity = add_party(ledger_id)
    tell(ledger_id, entity)
    assert Ledger.objects.get(pk=ledger_id).revision == 1
    assert Entry.objects.filter(ledger_id=ledger_id).count() == 1
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'live_presence'")
            assert cursor.fetchone() in [("u",), (b"u",)]


def test_telling_again_prolongs_it_and_what_is_old_is_swept(ledger_id: UUID) -> None:
    entity = add_party(ledger_id)
    for at in (1000.0, 1020.0):
        tell(ledger_id, entity, at=at)
    assert Presence.objects.values_list("until", flat=True).get() == 1020 + rules.LIVES
    tell(ledger_id, entity, at=1100.0)
    assert Presence.objects.values_list("until", flat=True).get() == 1100 + rules.LIVES
    assert sweep(at=1100.0) == 0
    assert sweep(at=1100.0 + rules.LIVES + 1) == 1


def test_one_member_can_not_fill_the_table(ledger_id: UUID) -> None:
    entity = add_party(ledger_id)
    for number in range(rules.MOST_PARTS + 3):
        tell(ledger_id, entity, part=f"part-{number}")
    assert Presence.objects.count() == rules.MOST_PARTS


def _editing(ledger_id: UUID, entity: UUID, until: float) -> Editing:
    return Editing(ledger_id, HER, entity, "schedule", NAMED, MEMBERS, until)


def test_it_ends_by_itself_and_being_told_again_wakes_nobody() -> None:
    at = [1000.0]
    company = Company(lambda: at[0])
    ledger_id, entity = uuid4(), uuid4()
    first = (_editing(ledger_id, entity, 1045.0),)
    assert company.hear(first) == {ledger_id: {entity}}
    at[0] = 1020.0
    again = (_editing(ledger_id, entity, 1065.0),)
    assert company.hear(again) == {}
    at[0] = 1064.0
    assert company.hear(again) == {}
    assert b'"part"' in company.content(ledger_id, MEMBERS)
    at[0] = 1065.0
    assert company.hear(again) == {ledger_id: {entity}}
    assert company.content(ledger_id, MEMBERS) == b""
    assert b'"editing": []' in company.content(ledger_id, MEMBERS, {entity})
    assert company.content(ledger_id, PUBLIC, {entity}) == b""


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "null",
        '{"tab": "x", "open": true}',
        json.dumps({"tab": str(TAB), "open": True}),
        json.dumps({"tab": str(TAB), "open": "yes", "entity": str(HER)}),
        json.dumps({"tab": str(TAB), "open": True, "entity": str(HER), "part": "<b>"}),
        json.dumps({"tab": str(TAB), "open": True, "entity": str(HER), "part": ["x"]}),
        json.dumps({"tab": 7, "open": False}),
        "[" * 1000,
    ],
)
def test_what_no_page_tells_is_refused(sent: str) -> None:
    with pytest.raises(MalformedError):
        told(sent.encode())


def test_what_a_page_tells() -> None:
    sent = {"tab": str(TAB), "open": True, "entity": str(HER), "part": "schedule"}
    assert told(json.dumps(sent).encode()) == Told(TAB, True, HER, "schedule")
    closed = {"tab": str(TAB), "open": False}
    assert told(json.dumps(closed).encode()) == Told(TAB, False)


GOOD = {b"content-type": b"application/json", b"origin": b"https://a.fi", b"host": b"a.fi"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (GOOD, 204),
        ({**GOOD, b"origin": b"http://A.fi"}, 204),
        ({**GOOD, b"origin": b"https://b.fi"}, 403),
        ({**GOOD, b"origin": b"null"}, 403),
        ({**GOOD, b"content-type": b"text/plain"}, 403),
        ({b"content-type": b"application/json", b"host": b"a.fi"}, 403),
    ],
)
def test_only_a_page_of_this_site_is_believed(
    ledger_id: UUID, headers: dict[bytes, bytes], status: int
) -> None:
    entity = add_party(ledger_id)
    body = {"tab": str(TAB), "open": True, "entity": str(entity), "part": "schedule"}
    assert asked(ledger_id, headers, json.dumps(body).encode()) == status
    assert Presence.objects.count() == (status == 204)


@pytest.mark.parametrize("content", [b"x", b" " * 2000])
def test_anything_else_is_refused(ledger_id: UUID, content: bytes) -> None:
    assert asked(ledger_id, GOOD, content) == 400


def test_a_stranger_meets_what_an_address_meets_that_is_nowhere(ledger_id: UUID) -> None:
    assert asked(ledger_id, GOOD, b"x", path="/muu/live/lasna") == 404
    assert Presence.objects.count() == 0


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/kauhava/live/lasna", True),
        ("POST", "/sv/kauhava/live/lasna", True),
        ("GET", "/kauhava/live/lasna", False),
        ("POST", "/kauhava/live/lasna/", False),
        ("POST", "/de/kauhava/live/lasna", False),
    ],
)
def test_it_is_told_beside_the_stream(method: str, path: str, expected: bool) -> None:
    assert is_told({"method": method, "path": path}) is expected


def asked(
    ledger_id: UUID, headers: dict[bytes, bytes], content: bytes, path: str = "/kauhava/live/lasna"
) -> int:
    """The status that a page of a member of Kauhava meets."""
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content}

    async def send(message: Mapping[str, Any]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    async def nowhere(scope: Any, receive: Any, send: Any) -> None:
        await send({"status": 404})

    def viewer_of(scope: Mapping[str, Any], slug: str) -> Viewer | None:
        return Viewer(ledger_id, HER, TEAM) if slug == "kauhava" else None

    attendance = Attendance(Members(viewer_of, lambda viewer: NAMED), nowhere)
    scope = {"type": "http", "method": "POST", "path": path, "headers": [*headers.items()]}
    asyncio.run(attendance(scope, receive, send))
    attendance.stop()
    attendance._thread.shutdown(wait=True)
    return statuses[0]
