"""Who is editing what right now: plain values. No Django, no clock; times are passed in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.documents.registry import Audience

LIVES = 45.0
"""Seconds after which nobody is told to be editing any more, unless the page has told again."""
TOLD_AGAIN = 20.0
"""Seconds between two tellings of a page with an open form (``presence.js``)."""
MOST_PARTS = 50
"""Forms that one member may have open at once; further ones are not told of."""
MOST_BYTES = 1024
_PART = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class MalformedError(ValueError):
    """What a page told is not what a page tells."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member who looks at her municipality, as the stream needs to know her."""

    ledger_id: UUID
    actor: UUID
    audience: Audience


@dataclass(frozen=True, slots=True)
class Who:
    """How a member is called where she edits: her name for those of ``named_to``, to others her
    role (a key that the page has a sentence for). No name: it is told to nobody."""

    role: str
    name: str = ""
    named_to: Audience = Audience.TEAM


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells: that a form of an entity's part is open, or that it was closed.

    ``tab`` is a random id of the open page. Closed without an entity: everything of the page.
    """

    tab: UUID
    is_open: bool
    entity: UUID | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Editing:
    """Somebody is editing a part of an entity until ``until`` (seconds since 1970).

    ``audience`` are those who may know of it: whoever may read the part.
    """

    ledger_id: UUID
    actor: UUID
    entity: UUID
    part: str
    who: Who
    audience: Audience
    until: float


Shown = tuple[str, str, Who, Audience]
"""An editing as far as readers notice: part, mark of the actor, who, for whom."""


def told(content: bytes) -> Told:
    """What a page sent as JSON: ``tab``, ``open``, ``entity``, ``part``. Raises MalformedError."""
    try:
        sent = json.loads(content)
        tab, is_open = UUID(sent["tab"]), sent["open"]
        entity = None if sent.get("entity") is None else UUID(sent["entity"])
        part = sent.get("part") or ""
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise MalformedError from None
    if not isinstance(is_open, bool) or not isinstance(part, str):
        raise MalformedError
    if (is_open and entity is None) or (part and not _PART.fullmatch(part)):
        raise MalformedError
    return Told(tab, is_open, entity, part)


def event_of_entity(entity: UUID, shown: Iterable[Shown], audience: Audience) -> bytes:
    """The event ``lasna`` of an entity as an audience gets it: everybody who is editing it.

    ``by`` is the mark by which a page knows its own reader, who needs not be told of herself.
    It has no ``id``, so that a reader resumes after the last revision and not after this.
    The public is never told anything.
    """
    if audience is Audience.PUBLIC:
        return b""
    editing = [
        {"part": part, "by": mark, **_said(who, audience)}
        for part, mark, who, marked in shown
        if audience.may_read(marked)
    ]
    data = json.dumps({"id": str(entity), "editing": editing}, ensure_ascii=False)
    return f"event: lasna\ndata: {data}\n\n".encode()


def _said(who: Who, audience: Audience) -> Mapping[str, str]:
    if who.name and audience.may_read(who.named_to):
        return {"role": who.role, "name": who.name}
    return {"role": who.role}
