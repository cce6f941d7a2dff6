"""What readers of the stream are told, and that nothing is missed or told twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connections

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Recorded
from digitiekartta.history.pen import Pen
from digitiekartta.history.tables import table_of
from digitiekartta.history.tests.writing import add_party, new_ledger, set_party, write
from digitiekartta.live import changes, hub, readers
from digitiekartta.live.stream import seen_revision, slug_of

from .listening import Following, following

pytestmark = pytest.mark.django_db(transaction=True)


async def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Writes as another process would: in a thread with its own connection."""

    def run() -> Any:
        try:
            return work(*arguments)
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


def listening(
    scene: Callable[[Following, UUID], Any],
    audience_of: Callable[[Mapping[str, Any]], Audience] | None = None,
) -> None:
    ledger_id = new_ledger()

    async def play() -> None:
        async with following({"kauhava": ledger_id}, audience_of) as site:
            await scene(site, ledger_id)

    asyncio.run(play())


def test_a_change_is_told_with_its_revision_and_ids() -> None:
    async def scene(site: Following, ledger_id: UUID) -> None:
        reader = await site.listen()
        assert (reader.status, reader.seen) == (200, 0)
        assert reader.headers["content-type"] == "text/event-stream; charset=utf-8"
        id = await in_thread(add_party, ledger_id)
        await reader.until(lambda: bool(reader.events))
        assert (reader.events[0].revision, reader.events[0].ids) == (1, [str(id)])
        await reader.leave()

    listening(scene)


def test_a_reader_resumes_after_the_revision_that_it_saw() -> None:
    async def scene(site: Following, ledger_id: UUID) -> None:
        for slug in ("a", "b", "c"):
            await in_thread(add_party, ledger_id, slug)
        for reader in (
            await site.listen(after=1),
            await site.listen(query="after=1"),
            await site.listen(query="revisio=1"),
            await site.listen(after=1, query="after=2"),
        ):
            await reader.until(lambda reader=reader: len(reader.events) == 2)  # type: ignore[misc]
            assert [event.revision for event in reader.events] == [2, 3]
            await reader.leave()

    listening(scene)


def test_a_revision_from_another_history_means_look_at_everything() -> None:
    async def scene(site: Following, ledger_id: UUID) -> None:
        await in_thread(add_party, ledger_id)
        reader = await site.listen(after=99)
        await reader.until(lambda: bool(reader.events))
        assert (reader.events[0].revision, reader.events[0].ids, reader.seen) == (1, None, 1)
        await reader.leave()

    listening(scene)


def test_who_was_away_too_long_looks_at_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_ENTRIES", 2)

    async def scene(site: Following, ledger_id: UUID) -> None:
        for slug in ("a", "b", "c"):
            await in_thread(add_party, ledger_id, slug)
        reader = await site.listen(after=0)
        await reader.until(lambda: bool(reader.events))
        assert [(event.revision, event.ids) for event in reader.events] == [(3, None)]
        await reader.leave()

    listening(scene)


@pytest.mark.parametrize("seed", range(4))
def test_no_change_is_missed_or_told_twice_by_readers_that_come_and_go(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    count = 60

    def write(ledger_id: UUID) -> None:
        id = add_party(ledger_id)
        for number in range(1, count):
            set_party(ledger_id, id, rank=number)

    async def come_and_go(site: Following) -> list[int]:
        heard: list[int] = []
        seen: int | None = 0
        while seen != count:
            reader = await site.listen(after=seen)
            wait = chance.choice((0.0, 0.0, 0.002, 0.02, 0.1))
            await asyncio.sleep(wait)
            if wait == 0.1 and reader.seen != count:
                await reader.until(lambda: reader.seen != seen)  # noqa: B023
            await reader.leave()
            heard += [event.revision for event in reader.events]
            seen = reader.seen
        return heard

    async def scene(site: Following, ledger_id: UUID) -> None:
        writing = asyncio.create_task(in_thread(write, ledger_id))
        async with asyncio.timeout(30):
            heard = await asyncio.gather(*(come_and_go(site) for _ in range(4)))
        await writing
        assert heard == [list(range(1, count + 1))] * 4

    listening(scene)


def test_what_a_reader_may_not_see_is_left_out_and_the_rest_goes_on() -> None:
    def audience_of(scope: Mapping[str, Any]) -> Audience:
        return Audience.TEAM if b"team" in scope["query_string"] else Audience.PUBLIC

    async def scene(site: Following, ledger_id: UUID) -> None:
        public, team = await site.listen(), await site.listen(query="team")
        id = await in_thread(add_party, ledger_id)
        await in_thread(lambda: set_party(ledger_id, id, rank=2, audience=Audience.TEAM))
        await in_thread(lambda: set_party(ledger_id, id, rank=3))
        await public.until(lambda: len(public.events) == 2)
        await team.until(lambda: len(team.events) == 3)
        assert [event.revision for event in public.events] == [1, 3]
        assert [event.revision for event in team.events] == [1, 2, 3]
        later = await site.listen(after=1)
        assert [event.revision for event in later.events] == [3]
        for reader in (public, team, later):
            await reader.leave()

    def set_party(
        ledger_id: UUID, id: UUID, *, rank: int, audience: Audience = Audience.PUBLIC
    ) -> None:
        def do(pen: Pen) -> Recorded:
            row = pen.get(table_of("party"), id)
            pen.set(row, rank=rank)
            return row

        write(ledger_id, do, audience=audience)

    listening(scene, audience_of)


def test_a_stream_ends_when_its_reader_is_another_by_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.3)
    audience = [Audience.TEAM]

    async def scene(site: Following, ledger_id: UUID) -> None:
        reader = await site.listen()
        await reader.until(lambda: reader.heartbeats > 1)
        assert reader.session == "voimassa"
        audience[0] = Audience.PUBLIC
        await reader.until(lambda: reader.ended)
        assert reader.session == "paattynyt"

    listening(scene, lambda scope: audience[0])


def test_hearts_beat_on_when_the_database_can_not_tell_whose_session_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.3)
    asked: list[object] = []

    def audience_of(scope: Mapping[str, Any]) -> Audience:
        asked.append(scope)
        if len(asked) == 2:
            raise OperationalError
        return Audience.TEAM

    async def scene(site: Following, ledger_id: UUID) -> None:
        reader = await site.listen()
        await reader.until(lambda: reader.heartbeats > 2)
        assert len(asked) > 3
        assert not reader.ended
        await reader.leave()

    listening(scene, audience_of)


def test_a_page_of_a_member_is_told_that_nobody_is_signed_in_whatever_municipality_it_names() -> (
    None
):
    async def scene(site: Following, ledger_id: UUID) -> None:
        for path in ("/kauhava/live", "/ei-ole/live"):
            reader = await site.listen(path=path, query="jasen&after=3")
            await reader.until(lambda reader=reader: reader.ended)  # type: ignore[misc]
            assert (reader.status, reader.session) == (200, "paattynyt")
            assert (reader.seen, reader.events) == (None, [])
            await reader.leave()
        assert len(site.hub) == 0

    listening(scene)


def test_an_unknown_municipality_has_no_stream() -> None:
    async def scene(site: Following, ledger_id: UUID) -> None:
        assert (await site.listen(path="/muu/live")).status == 404
        assert (await site.listen(method="POST")).status == 405
        assert (await site.listen(method="HEAD")).status == 200

    listening(scene)


def test_all_streams_end_when_the_hub_closes() -> None:
    async def scene(site: Following, ledger_id: UUID) -> None:
        opened = [await site.listen() for _ in range(20)]
        site.hub.close()
        async with asyncio.timeout(1):
            await asyncio.gather(*(reader.task for reader in opened if reader.task))
        assert all(reader.ended for reader in opened)
        assert len(site.hub) == 0
        assert (await site.listen()).status == 503

    listening(scene)


def test_who_cannot_keep_up_is_closed_and_resumes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST_WAITING", 500)

    async def scene(site: Following, ledger_id: UUID) -> None:
        slow, quick = await site.listen(stuck=True), await site.listen()
        id = await in_thread(add_party, ledger_id)
        for number in range(1, 30):
            await in_thread(lambda number=number: set_party(ledger_id, id, rank=number))
            await quick.until(lambda number=number: quick.seen == number + 1)  # type: ignore[misc]
        assert slow.task is not None
        async with asyncio.timeout(2):
            await slow.task
        again = await site.listen(after=slow.seen)
        assert [one.revision for one in slow.events + again.events] == list(range(1, 31))
        await quick.leave()
        await again.leave()
        assert len(site.hub) == 0

    listening(scene)


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/kauhava/live", "kauhava"),
        ("/sv/kauhava/live", "kauhava"),
        ("/en/kauhava/live", "kauhava"),
        ("/sv/live", "sv"),
        ("/kauhava/live/", None),
        ("/de/kauhava/live", None),
        ("/kauhava/x/live", None),
        ("/live", None),
    ],
)
def test_streams_live_beside_the_pages_of_a_municipality(path: str, slug: str | None) -> None:
    assert slug_of(path) == slug


@pytest.mark.parametrize(
    ("header", "query", "revision"),
    [
        ("7", "", 7),
        ("", "after=8", 8),
        ("", "revisio=9", 9),
        ("x", "after=8", 8),
        ("-1", "", None),
        ("", "", None),
        ("9" * 30, "after=³", None),
    ],
)
def test_the_seen_revision_is_a_number_or_nothing(
    header: str, query: str, revision: int | None
) -> None:
    scope = {"headers": [(b"last-event-id", header.encode())], "query_string": query.encode()}
    assert seen_revision(scope) == revision
