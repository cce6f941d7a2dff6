"""What of a plan can be found, with how much each text weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from digitiekartta.municipalities.rules import Feature, is_on
from digitiekartta.ui import formats
from digitiekartta.ui.languages import Texts, pick

from .own_words import own_words
from .plan.entities import Action, Decision, Goal, Perspective, Plan
from .words import DECISION_KINDS

_NUMBER, _TITLE, _SUMMARY, _TEXT, _AROUND, _ASIDE = 20.0, 12.0, 6.0, 4.0, 2.5, 1.5


class SearchKind(StrEnum):
    """The groups of results, in the order in which they are shown."""

    ACTION = "action"
    GOAL = "goal"
    PERSPECTIVE = "perspective"
    DECISION = "decision"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Field:
    """A text that can be found. ``shown`` ones can be quoted as the reason of a hit."""

    weight: float
    text: str
    language: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. ``id`` is the entity's, or the name of a page's address.

    ``number`` stands in its address: an action's serial, a goal's or a perspective's number, the
    version that a decision approved.
    """

    kind: SearchKind
    id: str
    place: int
    title: str
    fields: tuple[Field, ...]
    number: int = 0
    note: str = ""
    situation: str = ""
    example: bool = False


def entries_of(plan: Plan, language: str) -> list[Entry]:
    """Everything that can be found of a plan, in one language."""
    with translation.override(language):
        writer = _Writer(plan, language)
        found = [
            *(writer.action(place, one) for place, one in enumerate(plan.actions)),
            *(writer.goal(place, one) for place, one in enumerate(plan.goals)),
            *(writer.perspective(place, one) for place, one in enumerate(plan.perspectives)),
            *(writer.decision(place, one) for place, one in enumerate(plan.decisions)),
            *writer.pages(),
        ]
    if is_on(plan.municipality.features, Feature.LEVELS):
        return found
    return [one for one in found if one.kind is not SearchKind.PERSPECTIVE and one.id != "levels"]


class _Writer:
    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._words = own_words(plan.municipality.wordings, language)
        self._versions = {one.decision.id: one.number for one in plan.versions}

    def action(self, place: int, one: Action) -> Entry:
        parts = one.parts
        texts: list[tuple[float, Texts]] = [
            (_SUMMARY, one.statement),
            (_SUMMARY, one.benefit),
            (_AROUND, one.outside_partners),
            (_AROUND, one.communication),
            (_AROUND, one.training),
            (_AROUND, one.reason),
            *((_ASIDE, note.text) for note in parts.notes),
            *((_ASIDE, effect.text) for effect in parts.effects),
            *((_ASIDE, line.note) for line in parts.funding),
            *((_ASIDE, link.title) for link in parts.links),
        ]
        responsible = self._say(one.responsible.name) if one.responsible else ""
        around = [
            Field(_TEXT, responsible, self._language, shown=False),
            *(self._field(_AROUND, party.name, shown=False) for party in one.partners),
            self._field(_ASIDE, one.goal.title if one.goal else {}, shown=False),
            Field(_ASIDE, self._words.situations[one.situation], self._language, shown=False),
            Field(_TEXT, one.person_name or "", self._language, shown=False),
        ]
        return Entry(
            SearchKind.ACTION,
            one.id,
            place,
            f"{one.number} {self._say(one.title)}".strip(),
            (
                Field(_NUMBER, one.number, self._language, shown=False),
                self._field(_TITLE, one.title, shown=False),
                *(self._field(weight, text) for weight, text in texts),
                *around,
            ),
            number=one.serial,
            note=responsible,
            situation=str(one.situation),
            example=one.example,
        )

    def goal(self, place: int, one: Goal) -> Entry:
        indicators = [self._field(_AROUND, each.name) for each in one.indicators]
        return Entry(
            SearchKind.GOAL,
            one.id,
            place,
            self._say(one.title),
            (
                self._field(_TITLE, one.title, shown=False),
                self._field(_SUMMARY, one.description),
                *indicators,
            ),
            number=one.number,
            example=one.example,
        )

    def perspective(self, place: int, one: Perspective) -> Entry:
        reasons = [each.reason for each in (one.target, one.priority) if each is not None]
        return Entry(
            SearchKind.PERSPECTIVE,
            one.id,
            place,
            self._say(one.name),
            (
                self._field(_TITLE, one.name, shown=False),
                self._field(_TEXT, one.short_name, shown=False),
                self._field(_ASIDE, one.question),
                *(self._field(_AROUND, reason) for reason in reasons),
            ),
            number=one.number,
        )

    def decision(self, place: int, one: Decision) -> Entry:
        body = self._say(one.body.name) if one.body else ""
        day = formats.date(one.decided_on, self._language)
        kind = str(DECISION_KINDS[one.kind])
        return Entry(
            SearchKind.DECISION,
            one.id,
            place,
            f"{kind}: {body} {day}" if body else f"{kind} {day}",
            (
                Field(_SUMMARY, f"{kind} {body}", self._language, shown=False),
                Field(_SUMMARY, one.reference, self._language),
                self._field(_TEXT, one.summary),
            ),
            number=self._versions.get(one.id, 0),
            example=one.example,
        )

    def pages(self) -> Iterator[Entry]:
        plan = self._plan
        roadmap = plan.roadmap
        model = [roadmap.operating_model, *(one.duties for one in plan.parties)]
        names = [one.name for one in plan.parties]
        gates = [text for one in plan.gates for text in (one.name, one.description)]
        yield self._page(
            "home", _("Home"), "", [roadmap.vision, roadmap.vision_lead, roadmap.foreword]
        )
        yield self._page(
            "levels",
            _("Levels"),
            _("baseline, target level, survey, perspectives"),
            [one.source for one in plan.series],
        )
        yield self._page("actions", _("Actions"), _("what is done when, by whom, schedule"), [])
        yield self._page("goals", _("Goals"), _("vision, goals and indicators"), [])
        yield self._page("changes", _("Changes"), _("approved versions, what changed, feed"), [])
        yield self._page(
            "model",
            _("Who decides"),
            _("who owns, decides and is responsible, the annual clock, the digital team"),
            [*model, *names, *gates],
        )
        yield self._page("open_data", _("Open data"), _("JSON, schema, licence"), [])
        yield self._page(
            "accessibility", _("Accessibility"), _("accessibility statement, feedback"), []
        )
        yield self._page("privacy", _("Privacy"), _("personal data, cookies"), [])

    def _page(self, name: str, title: str, about: str, texts: list[Texts]) -> Entry:
        return Entry(
            SearchKind.PAGE,
            name,
            0,
            title,
            (
                Field(_TITLE, title, self._language, shown=False),
                Field(_SUMMARY, about, self._language),
                *(self._field(_AROUND, text) for text in texts),
            ),
        )

    def _field(self, weight: float, texts: Texts, *, shown: bool = True) -> Field:
        said = pick(texts, self._language)
        return Field(weight, said.text, said.language or self._language, shown)

    def _say(self, texts: Texts) -> str:
        return pick(texts, self._language).text
