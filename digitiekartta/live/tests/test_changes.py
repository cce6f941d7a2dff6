"""Which ids of an entry an audience is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Audience
from digitiekartta.live.changes import MOST_IDS, Event, encoded, event_of, everything

PUBLIC, MEMBERS, TEAM = Audience.PUBLIC, Audience.MEMBERS, Audience.TEAM
OPEN, HIDDEN, LINK = (str(uuid4()) for _ in range(3))
DOCUMENT = Document(
    {
        "action": {
            OPEN: {"title": {"fi": "Avoin"}, "roadmap": "r", "restricted": {"benefit": "team"}},
            HIDDEN: {"title": {"fi": "Salattu"}, "roadmap": "r", "audience": "team"},
        },
        "link": {LINK: {"url": "https://a.fi", "action": HIDDEN}},
        "roadmap": {"r": {"framework": "f"}},
        "framework": {"f": {}},
    }
)


def told(*changes: list[Any], entry: Audience = PUBLIC) -> dict[Audience, Any]:
    return dict(event_of(1, entry, changes, DOCUMENT).ids)


def everybody(*ids: str) -> dict[Audience, tuple[str, ...]]:
    return dict.fromkeys(Audience, ids)


def team(*ids: str) -> dict[Audience, tuple[str, ...]]:
    return {TEAM: ids}


def test_a_public_field_is_told_to_everybody() -> None:
    change = ["action", OPEN, "title", {"fi": "Ennen"}, {"fi": "Avoin"}]
    assert told(change) == everybody(OPEN)


def test_an_entry_for_fewer_readers_is_told_to_them_alone() -> None:
    change = ["action", OPEN, "title", None, {"fi": "Avoin"}]
    assert told(change, entry=MEMBERS) == {MEMBERS: (OPEN,), TEAM: (OPEN,)}


@pytest.mark.parametrize(
    "change",
    [
        ["action", OPEN, "internal_note", None, {"fi": "x"}],
        ["action", OPEN, "benefit", None, {"fi": "x"}],
        ["action", HIDDEN, "title", None, {"fi": "x"}],
        ["link", LINK, "url", None, "https://a.fi"],
        ["link", str(uuid4()), "url", None, "https://gone.fi"],
        ["action", str(uuid4()), None, None, {"roadmap": "r", "audience": "team"}],
        ["no_such_entity", OPEN, "x", 1, 2],
        ["action", OPEN, "no_such_field", 1, 2],
    ],
    ids=["field", "restricted", "entity", "parent", "gone", "added", "type", "unknown field"],
)
def test_what_readers_may_not_see_is_not_told(change: list[Any]) -> None:
    seen = ["action", OPEN, "title", None, {"fi": "Avoin"}]
    assert set(told(change)) <= {TEAM}
    assert told(change, seen)[PUBLIC] == (OPEN,)


def test_hiding_is_told_to_those_who_saw_it_before() -> None:
    hidden = ["action", HIDDEN, "audience", None, "team"]
    assert told(hidden, entry=TEAM) == everybody(HIDDEN)
    still = ["action", HIDDEN, "audience", "members", "team"]
    assert told(still, entry=TEAM) == {MEMBERS: (HIDDEN,), TEAM: (HIDDEN,)}


def test_too_many_ids_mean_everything() -> None:
    many = [["framework", str(uuid4()), None, None, {"version": 1}] for _ in range(MOST_IDS + 1)]
    assert told(*many) == dict.fromkeys(Audience)


def test_an_id_is_told_once() -> None:
    changes = [["action", OPEN, name, None, "x"] for name in ("number", "status")]
    assert told(*changes) == everybody(OPEN)


def test_events_are_written_as_the_stream_has_them() -> None:
    assert encoded(7, ["a", "b"]) == b'id: 7\ndata: {"revision":7,"ids":["a","b"]}\n\n'
    assert everything(8).encoded(PUBLIC) == b'id: 8\ndata: {"revision":8,"ids":null}\n\n'
    assert Event(9, {TEAM: ("a",)}).encoded(PUBLIC) == b""
