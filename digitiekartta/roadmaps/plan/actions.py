"""The actions of a plan: records, what belongs to them, and what follows on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Record
from digitiekartta.municipalities.rules import HalfYear, Span

from .. import rules
from ..rules import EffectClass, EffectPhase, FundingKind, FundingState, Status
from . import entities as e

Grouped = Mapping[str, list[tuple[str, Record]]]


def read_actions(
    document: Document,
    on: datetime.date,
    goals: Mapping[str, e.Goal],
    parties: Mapping[str, e.Party],
    decisions: Mapping[str, e.Decision],
) -> tuple[e.Action, ...]:
    """All actions in their own order, each with its parts and its situation on the day."""
    parts = _Parts(document, parties, decisions)
    people = {id: one.get("name", "") for id, one in document.of("person").items()}
    ordered = sorted(
        document.of("action").items(), key=lambda item: (item[1].get("rank", 0), item[1]["serial"])
    )
    return tuple(_action(id, one, on, goals, parties, people, parts.of(id)) for id, one in ordered)


_TEXTS = (
    "title",
    "statement",
    "benefit",
    "outside_partners",
    "reason",
    "communication",
    "training",
)


def _action(
    id: str,
    record: Record,
    on: datetime.date,
    goals: Mapping[str, e.Goal],
    parties: Mapping[str, e.Party],
    people: Mapping[str, str],
    parts: e.Parts,
) -> e.Action:
    get = record.get
    span = _span(record["first"], record["last"])
    return e.Action(
        id=id,
        serial=record["serial"],
        number=get("number", ""),
        goal=goals.get(get("goal", "")),
        responsible=parties.get(get("responsible", "")),
        person_name=people.get(get("person", "")),
        partners=tuple(parties[one] for one in get("partners", ()) if one in parties),
        all_sectors=get("all_sectors", False),
        original=_span(
            get("original_first", record["first"]), get("original_last", record["last"])
        ),
        span=span,
        percentage=get("percentage"),
        merged_into=get("merged_into"),
        **_standing(record, span, on, parts),
        **{name: get(name, {}) for name in _TEXTS},
        rank=get("rank", 0),
        example=get("example", False),
        parts=parts,
    )


def _standing(record: Record, span: Span, on: datetime.date, parts: e.Parts) -> dict[str, Any]:
    """Where an action stands on a day: what was reported, and what follows from it."""
    status, cancelled = Status(record["status"]), bool(record.get("cancelled"))
    recurring = bool(record.get("recurring"))
    reported_on = tuple(one.noted_on for one in parts.notes)
    schedule = rules.Schedule(status, span, cancelled, recurring, reported_on)
    late = rules.is_late(schedule, on)
    lines = [rules.FundingLine(one.state, one.year) for one in parts.funding]
    waiting = not cancelled and rules.waits_for_money(status, lines)
    return {
        "status": status,
        "cancelled": cancelled,
        "recurring": recurring,
        "late": late,
        "waiting": waiting,
        "situation": rules.situation(status, cancelled=cancelled, late=late, waiting=waiting),
        "overrun": rules.overrun(schedule, on),
    }


def _span(first: str, last: str) -> Span:
    return Span(_half_year(first), _half_year(last))


_HALVES: dict[str, HalfYear] = {}


def _half_year(written: str) -> HalfYear:
    """A half-year, made once: a roadmap has a handful of them and thousands of actions."""
    known = _HALVES.get(written)
    if known is None:
        known = _HALVES[written] = HalfYear.parse(written)
    return known


class _Parts:
    """What belongs to actions, grouped once for the whole document."""

    def __init__(
        self,
        document: Document,
        parties: Mapping[str, e.Party],
        decisions: Mapping[str, e.Decision],
    ) -> None:
        self._parties = parties
        self._decisions = decisions
        self._funding = _by(document, "funding", "action")
        self._effects = _by(document, "effect", "action")
        self._work = _by(document, "work_estimate", "action")
        self._links = _by(document, "link", "action")
        self._notes = _by(document, "note", "action")
        self._needs = _by(document, "dependency", "action")
        self._needed_by = _by(document, "dependency", "depends_on")

    def of(self, id: str) -> e.Parts:
        return e.Parts(
            funding=tuple(
                sorted(
                    (
                        self._funding_line(line_id, one)
                        for line_id, one in self._funding.get(id, ())
                    ),
                    key=lambda line: (line.year or 0, line.kind),
                )
            ),
            effects=tuple(_effect(one) for _, one in self._effects.get(id, ())),
            work=tuple(sorted(map(_work, self._work.get(id, ())), key=lambda one: one.half_year)),
            links=tuple(
                e.Link(one["url"], one.get("title", {})) for _, one in self._links.get(id, ())
            ),
            notes=tuple(
                sorted(
                    (self._note(note_id, one) for note_id, one in self._notes.get(id, ())),
                    key=lambda note: (note.noted_on, note.id),
                    reverse=True,
                )
            ),
            needs=tuple(one["depends_on"] for _, one in self._needs.get(id, ())),
            needed_by=tuple(one["action"] for _, one in self._needed_by.get(id, ())),
        )

    def _funding_line(self, id: str, record: Record) -> e.Funding:
        return e.Funding(
            id=id,
            year=record.get("year"),
            kind=FundingKind(record["kind"]),
            state=FundingState(record["state"]),
            amount=record.get("amount"),
            actual=record.get("actual"),
            note=record.get("note", {}),
            decision=self._decisions.get(record.get("decision", "")),
        )

    def _note(self, id: str, record: Record) -> e.Note:
        status = record.get("status")
        return e.Note(
            id=id,
            noted_on=datetime.date.fromisoformat(record["noted_on"]),
            text=record.get("text", {}),
            status=Status(status) if status else None,
            party=self._parties.get(record.get("party", "")),
            on_behalf=record.get("on_behalf", False),
            told_by=record.get("told_by", ""),
        )


def _by(document: Document, entity: str, field: str) -> Grouped:
    groups: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for id, record in sorted(document.of(entity).items()):
        groups[record[field]].append((id, record))
    return groups


def _effect(record: Record) -> e.Effect:
    return e.Effect(
        EffectClass(record["effect_class"]), EffectPhase(record["phase"]), record.get("text", {})
    )


def _work(item: tuple[str, Any]) -> e.Work:
    return e.Work(_half_year(item[1]["half_year"]), item[1]["person_days"])
