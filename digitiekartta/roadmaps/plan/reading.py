"""A document read as a plan."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import EXAMPLE, Record
from digitiekartta.levels.rules import SeriesKind
from digitiekartta.municipalities.rules import (
    BodyTask,
    HalfYear,
    PartyKind,
    PerspectiveGroup,
    Span,
)

from ..rules import Direction
from . import entities as e
from .actions import read_actions


def read_plan(document: Document, *, revision: int, on: datetime.date) -> e.Plan:
    """The plan of a document that holds one municipality and one roadmap.

    Raises LookupError when either is missing.
    """
    parties = {id: _party(id, one) for id, one in document.of("party").items()}
    decisions = {id: _decision(id, one, parties) for id, one in document.of("decision").items()}
    versions = _versions(document, decisions)
    series = _series(document, decisions)
    priorities = _priorities(document, decisions)
    goals = _goals(document, priorities)
    roadmap_id, roadmap = _only(document, "roadmap")
    valid = roadmap.get("valid_version")
    return e.Plan(
        revision=revision,
        on=on,
        municipality=_municipality(*_only(document, "municipality")),
        roadmap=_roadmap(roadmap_id, roadmap, document),
        parties=tuple(sorted(parties.values(), key=lambda one: (one.rank, one.slug))),
        seats=_seats(document, parties),
        gates=_gates(document, parties),
        decisions=tuple(sorted(decisions.values(), key=lambda one: one.decided_on, reverse=True)),
        versions=versions,
        version=next((one for one in versions if one.id == valid), None),
        series=series,
        perspectives=_perspectives(document, roadmap, series, priorities, decisions),
        priorities=tuple(
            sorted((one for one in priorities.values() if not one.removed), key=_by_number)
        ),
        goals=tuple(sorted(goals.values(), key=lambda one: one.number)),
        actions=read_actions(document, on, goals, parties, decisions),
        has_examples=any(one.get(EXAMPLE.name) for _, _, one in document),
    )


def _by_number(one: e.Priority) -> int:
    return one.number


def _only(document: Document, entity: str) -> tuple[str, Record]:
    for id, record in document.of(entity).items():
        return id, record
    raise LookupError(f"the document has no {entity}")


def day(value: Any) -> datetime.date:
    """The date in a record's value."""
    return datetime.date.fromisoformat(value)


def _municipality(id: str, record: Record) -> e.Municipality:
    reviewed = record.get("accessibility_reviewed_on")
    return e.Municipality(
        id=id,
        name=record.get("name", {}),
        genitive=record.get("genitive", {}),
        slug=record["slug"],
        languages=tuple(record.get("languages", ())),
        colour=record.get("colour", ""),
        website=record.get("website", ""),
        contact=record.get("contact", ""),
        accessibility_reviewed_on=day(reviewed) if reviewed else None,
        accessibility_reviewer=record.get("accessibility_reviewer", {}),
        accessibility_faults=record.get("accessibility_faults", {}),
        feedback_email=record.get("feedback_email", ""),
        logo=record.get("logo", ""),
        features=record.get("features", {}),
        wordings=record.get("wordings", {}),
    )


def _roadmap(id: str, record: Record, document: Document) -> e.Roadmap:
    framework = document.get("framework", record.get("framework", "")) or {}
    scale = sorted(framework.get("scale", ()), key=lambda one: one["level"])
    return e.Roadmap(
        id=id,
        title=record.get("title", {}),
        period=Span(HalfYear.parse(record["first"]), HalfYear.parse(record["last"])),
        foreword=record.get("foreword", {}),
        vision=record.get("vision", {}),
        vision_lead=record.get("vision_lead", {}),
        operating_model=record.get("operating_model", {}),
        scale=tuple(one["name"] for one in scale),
        example=record.get("example", False),
        published=record.get("published", False),
    )


def _party(id: str, record: Record) -> e.Party:
    task = record.get("task")
    return e.Party(
        id=id,
        kind=PartyKind(record["kind"]),
        name=record.get("name", {}),
        genitive=record.get("genitive", {}),
        slug=record.get("slug", id),
        parent_id=record.get("parent"),
        headcount=record.get("headcount"),
        task=BodyTask(task) if task else None,
        duties=record.get("duties", {}),
        rank=record.get("rank", 0),
        example=record.get("example", False),
        ended="ended_on" in record,
    )


def _seats(document: Document, parties: dict[str, e.Party]) -> tuple[e.Seat, ...]:
    people = document.of("person")
    ordered = sorted(document.of("seat").values(), key=lambda one: one.get("rank", 0))
    return tuple(
        e.Seat(
            body=parties[one["body"]],
            represents=parties[one["represents"]],
            convener=one.get("convener", False),
            person_name=people.get(one.get("person", ""), {}).get("name"),
        )
        for one in ordered
    )


def _gates(document: Document, parties: dict[str, e.Party]) -> tuple[e.Gate, ...]:
    gates = [
        e.Gate(
            id=id,
            name=one.get("name", {}),
            first=_month_and_day(one["first"]),
            last=_month_and_day(one["last"]),
            last_year_only=one.get("last_year_only", False),
            party=parties.get(one.get("party", "")),
            description=one.get("description", {}),
        )
        for id, one in sorted(document.of("gate").items(), key=lambda item: item[1].get("rank", 0))
    ]
    return tuple(gates)


def _month_and_day(written: str) -> tuple[int, int]:
    month, day_of_month = written.split("-")
    return int(month), int(day_of_month)


def _decision(id: str, record: Record, parties: dict[str, e.Party]) -> e.Decision:
    return e.Decision(
        id=id,
        kind=DecisionKind(record["kind"]),
        body=parties.get(record.get("body", "")),
        decided_on=day(record["decided_on"]),
        reference=record.get("reference", ""),
        link=record.get("link", ""),
        summary=record.get("summary", {}),
        example=record.get("example", False),
    )


def _versions(document: Document, decisions: dict[str, e.Decision]) -> tuple[e.Version, ...]:
    versions = [
        e.Version(
            id=id,
            number=one["number"],
            decision=decisions[one["decision"]],
            frozen_revision=one.get("frozen_revision", 0),
            sha256=one.get("sha256", ""),
            public_sha256=one.get("public_sha256", ""),
            example=one.get("example", False),
        )
        for id, one in document.of("version").items()
        if one.get("decision") in decisions
    ]
    return tuple(sorted(versions, key=lambda one: one.number, reverse=True))


def _series(document: Document, decisions: dict[str, e.Decision]) -> tuple[e.Series, ...]:
    series = [
        e.Series(
            id=id,
            name=one.get("name", {}),
            kind=SeriesKind(one["kind"]),
            measured_on=day(one["measured_on"]),
            source=one.get("source", {}),
            respondents=one.get("respondents"),
            headcount=one.get("headcount"),
            is_baseline=one.get("is_baseline", False),
            example=one.get("example", False),
            round_id=one.get("round"),
            decision=decisions.get(one.get("decision", "")),
        )
        for id, one in document.of("series").items()
    ]
    return tuple(sorted(series, key=lambda one: (one.measured_on, one.id)))


def _priorities(document: Document, decisions: dict[str, e.Decision]) -> dict[str, e.Priority]:
    perspectives = document.of("perspective")
    return {
        id: e.Priority(
            id=id,
            number=one.get("number", 0),
            perspective_id=one["perspective"],
            name=perspectives.get(one["perspective"], {}).get("name", {}),
            reason=one.get("reason", {}),
            decision=decisions.get(one.get("decision", "")),
            example=one.get("example", False),
            removed=one.get("removed", False),
            removal_reason=one.get("removal_reason", {}),
        )
        for id, one in document.of("priority").items()
    }


def _perspectives(
    document: Document,
    roadmap: Record,
    series: tuple[e.Series, ...],
    priorities: dict[str, e.Priority],
    decisions: dict[str, e.Decision],
) -> tuple[e.Perspective, ...]:
    measured = _grouped(document.of("measurement").values(), "perspective")
    targets = {one["perspective"]: one for one in document.of("target").values()}
    chosen = {one.perspective_id: one for one in priorities.values()}
    rated = [one for one in series if one.kind is not SeriesKind.MANAGEMENT_ESTIMATE]
    estimated = [one for one in series if one.kind is SeriesKind.MANAGEMENT_ESTIMATE]
    perspectives = [
        e.Perspective(
            id=id,
            number=one.get("number", 0),
            question=one.get("question", {}),
            name=one.get("name", {}),
            short_name=one.get("short_name", {}),
            group=PerspectiveGroup(one["group"]),
            note=one.get("note", {}),
            points=_points(measured.get(id, []), rated),
            target=_target(targets.get(id), decisions),
            priority=_if_removed(chosen.get(id), removed=False),
            estimate=(*_points(measured.get(id, []), estimated)[-1:], None)[0],
            former=_if_removed(chosen.get(id), removed=True),
        )
        for id, one in document.of("perspective").items()
        if one["framework"] == roadmap.get("framework")
    ]
    return tuple(sorted(perspectives, key=lambda one: one.number))


def _if_removed(one: e.Priority | None, *, removed: bool) -> e.Priority | None:
    return one if one is not None and one.removed is removed else None


def _points(records: list[Record], series: list[e.Series]) -> tuple[e.Point, ...]:
    by_series = {one["series"]: one for one in records}
    return tuple(
        e.Point(
            series=one,
            value=by_series[one.id]["value"],
            lower=by_series[one.id].get("lower"),
            upper=by_series[one.id].get("upper"),
        )
        for one in series
        if one.id in by_series
    )


def _target(record: Record | None, decisions: dict[str, e.Decision]) -> e.Target | None:
    if record is None:
        return None
    return e.Target(
        level=record["level"],
        reason=record.get("reason", {}),
        decision=decisions.get(record.get("decision", "")),
        example=record.get("example", False),
    )


def _goals(document: Document, priorities: dict[str, e.Priority]) -> dict[str, e.Goal]:
    indicators = _grouped_with_ids(document, "indicator", "goal")
    values = _grouped(document.of("indicator_value").values(), "indicator")
    return {
        id: e.Goal(
            id=id,
            number=one.get("number", 0),
            title=one.get("title", {}),
            description=one.get("description", {}),
            priority=_if_removed(priorities.get(one.get("priority", "")), removed=False),
            former_priority=_if_removed(priorities.get(one.get("priority", "")), removed=True),
            indicators=tuple(
                _indicator(indicator_id, indicator, values.get(indicator_id, []))
                for indicator_id, indicator in indicators.get(id, [])
            ),
            example=one.get("example", False),
        )
        for id, one in document.of("goal").items()
    }


def _indicator(id: str, record: Record, values: list[Record]) -> e.Indicator:
    measured = sorted(values, key=lambda one: one["measured_on"])
    return e.Indicator(
        id=id,
        name=record.get("name", {}),
        unit=record.get("unit", {}),
        direction=Direction(record["direction"]),
        target=record.get("target"),
        source=record.get("source", {}),
        values=tuple(e.IndicatorValue(day(one["measured_on"]), one["value"]) for one in measured),
        example=record.get("example", False),
    )


def _grouped(records: Iterable[Record], by: str) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record[by]].append(record)
    return groups


def _grouped_with_ids(
    document: Document, entity: str, by: str
) -> dict[str, list[tuple[str, Record]]]:
    groups: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    ranked = sorted(document.of(entity).items(), key=lambda item: (item[1].get("rank", 0), item[0]))
    for id, record in ranked:
        groups[record[by]].append((id, record))
    return groups
