"""The Atom feed of a roadmap: decisions, progress and schedule changes, latest first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from digitiekartta.ui import formats
from digitiekartta.ui.clock import HELSINKI
from digitiekartta.ui.languages import Texts, pick

from .moves import ScheduleChange
from .own_words import own_words
from .plan.entities import Action, Plan
from .words import DECISION_KINDS

LONGEST = 50
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``id`` is the same for ever; ``path`` is where it can be read."""

    id: UUID
    at: datetime.datetime
    title: str
    text: str
    path: str


def feed_of(
    plan: Plan,
    moves: Iterable[ScheduleChange],
    language: str,
    absolute: Callable[[str], str],
) -> bytes:
    """The feed as Atom. ``absolute`` makes an address of a path."""
    with translation.override(language):
        entries = sorted(
            _Entries(plan, language).all(moves), key=lambda one: (one.at, one.id), reverse=True
        )[:LONGEST]
        return _written(plan, entries, language, absolute)


class _Entries:
    """What happened, as entries of the feed in one language."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._actions = {one.id: one for one in plan.actions}
        self._words = own_words(plan.municipality.wordings, self._language)
        self._changes = reverse("roadmaps:changes", args=[plan.municipality.slug])

    def all(self, moves: Iterable[ScheduleChange]) -> Iterator[Entry]:
        yield from self._decisions()
        yield from self._notes()
        for move in moves:
            yield self._moved(move, self._actions[move.action_id])

    def _decisions(self) -> Iterator[Entry]:
        for one in self._plan.decisions:
            kind = str(DECISION_KINDS[one.kind])
            body = self._say(one.body.name) if one.body else ""
            yield Entry(
                id=self._id(one.id),
                at=_moment(one.decided_on),
                title=f"{body}: {kind}" if body else kind,
                text=self._say(one.summary),
                path=self._changes,
            )

    def _notes(self) -> Iterator[Entry]:
        for action in self._plan.actions:
            for note in action.parts.notes[:LONGEST]:
                status = self._words.statuses[note.status] if note.status else ""
                text = self._say(note.text)
                yield Entry(
                    id=self._id(note.id),
                    at=_moment(note.noted_on),
                    title=self._name(action) + (f": {status}" if status else ""),
                    text=text,
                    path=self._path(action),
                )

    def _moved(self, move: ScheduleChange, action: Action) -> Entry:
        old, new = (
            formats.half_years(
                (one.first.year, one.first.half), (one.last.year, one.last.half), self._language
            )
            for one in (move.before, move.after)
        )
        return Entry(
            id=self._id(f"{action.id}:{move.revision}"),
            at=move.at,
            title=_("%(action)s: schedule changed") % {"action": self._name(action)},
            text=f"{old} → {new}. {move.reason}".strip(),
            path=self._path(action),
        )

    def _id(self, key: str) -> UUID:
        return uuid5(UUID(self._plan.roadmap.id), f"{key}:{self._language}")

    def _path(self, action: Action) -> str:
        return reverse("roadmaps:action", args=[self._plan.municipality.slug, action.serial])

    def _name(self, action: Action) -> str:
        return f"{action.number} {self._say(action.title)}".strip()

    def _say(self, texts: Texts) -> str:
        return pick(texts, self._language).text


def _written(
    plan: Plan, entries: list[Entry], language: str, absolute: Callable[[str], str]
) -> bytes:
    slug = plan.municipality.slug
    whose = pick(plan.municipality.genitive, language).text
    name = pick(plan.municipality.name, language).text
    feed = Atom1Feed(
        title=_clean(_("%(whose)s digital roadmap: changes") % {"whose": whose}),
        link=absolute(reverse("roadmaps:changes", args=[slug])),
        feed_url=absolute(reverse("roadmaps:feed", args=[slug])),
        feed_guid=uuid5(UUID(plan.roadmap.id), f"feed:{language}").urn,
        description="",
        language=language,
        author_name=_clean(name) or slug,
    )
    for one in entries:
        feed.add_item(
            title=_clean(one.title),
            link=absolute(one.path),
            description=_clean(one.text),
            unique_id=one.id.urn,
            pubdate=one.at,
            updateddate=one.at,
        )
    return feed.writeString("utf-8").encode()


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), HELSINKI)


def _clean(text: str) -> str:
    """The text without the signs that XML can't hold."""
    return _UNPRINTABLE.sub("", text)
