"""Opening a round: what it asks, whom and by which rules is frozen from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Perspective

from ..models import Codes, Round, RoundUnit, Tally
from ..rules import Broken, RoundError, RoundState, Way, closes_at, day_in_finland, unsealed
from ..tallies import no_counts, none_used
from ..wording import as_data
from .rounds import draft


def open_round(*, ledger_id: UUID, intent: Intent, round_id: UUID) -> Receipt:
    """Freezes wording, groups and rules, and takes answers from the opening day on.

    Without an opening day it is the intent's. Raises RoundError where the round is no draft, has no
    groups or questions, where a group without subgroups has no staff, where the closing day is
    missing or not after the opening day, and where the round would be over already.
    """

    def write(pen: Pen) -> Round:
        one = draft(pen, round_id)
        units = list(RoundUnit.objects.filter(round=one).select_related("party").order_by("rank"))
        questions = list(Perspective.objects.filter(framework=one.framework).order_by("number"))
        _check(units, questions)
        opens_on = one.opens_on or day_in_finland(intent.at)
        _check_days(one, opens_on, intent)
        pen.set(
            one,
            state=RoundState.OPEN,
            opens_on=opens_on,
            wording=_frozen(one, questions, units),
            audience="",
        )
        _start_tallies(units, len(questions))
        return one

    return history.commit(
        ledger_id=ledger_id,
        kind="open_round",
        intent=intent,
        write=write,
        request={"round": str(round_id)},
    )


def _check(units: Sequence[RoundUnit], questions: Sequence[Perspective]) -> None:
    if not units:
        raise RoundError(Broken.NO_UNITS)
    if not questions:
        raise RoundError(Broken.NO_QUESTIONS)
    parents = {one.parent_id for one in units}
    if any(not one.headcount and one.pk not in parents for one in units):
        raise RoundError(Broken.HEADCOUNT_NEEDED)


def _check_days(one: Round, opens_on: Any, intent: Intent) -> None:
    if one.closes_on is None:
        raise RoundError(Broken.DATES_NEEDED)
    if one.closes_on <= opens_on:
        raise RoundError(Broken.CLOSES_BEFORE_IT_OPENS)
    if closes_at(one.closes_on) <= intent.at:
        raise RoundError(Broken.OVER_ALREADY)


def _frozen(
    one: Round, questions: Sequence[Perspective], units: Sequence[RoundUnit]
) -> dict[str, Any]:
    return as_data(
        questions=[
            {
                "id": str(question.pk),
                "number": question.number,
                "group": str(question.group),
                "question": question.question,
                "name": question.name,
                "short_name": question.short_name,
                "note": question.note,
            }
            for question in questions
        ],
        scale=one.framework.scale,
        units=[
            {
                "id": str(unit.pk),
                "party": str(unit.party_id),
                "parent": str(unit.parent_id) if unit.parent_id else None,
                "name": unit.called,
                "headcount": unit.headcount,
            }
            for unit in units
        ],
        k_mean=one.k_mean,
        k_distribution=one.k_distribution,
    )


def _start_tallies(units: Sequence[RoundUnit], questions: int) -> None:
    """A tally for every group that has staff."""
    given = dict(Codes.objects.filter(unit__in=units).values_list("unit", "given"))
    tallies = []
    for unit in sorted(units, key=lambda one: one.pk):
        if unit.headcount:
            by_code = unit.way != Way.OPEN_LINK
            codes = len(unsealed(bytes(given.get(unit.pk, b"")))) if by_code else 0
            tallies.append(
                Tally(unit=unit, counts=no_counts(questions), codes=codes, used=none_used(codes))
            )
    Tally.objects.bulk_create(tallies)
