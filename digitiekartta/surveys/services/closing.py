"""Closing a round: its results are computed once and frozen, its tallies are deleted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from digitiekartta.documents.document import canonical, sha256
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..freezing import Answered, frozen
from ..models import Codes, Result, Round, RoundUnit, Tally
from ..protection import Group, Rules
from ..results import Asked, as_data
from ..rules import Broken, RoundError, RoundState, closes_at, day_in_finland
from ..tallies import distributions
from ..wording import Wording, wording_of
from .remains import erase_remains


def close_round(*, ledger_id: UUID, intent: Intent, round_id: UUID, early: bool = False) -> Receipt:
    """Takes no more answers, freezes the results and deletes tallies and codes, all or nothing.

    Raises RoundError where the round is not open, and before its closing day has passed unless it
    is closed ``early``; then the day of closing becomes its last one, so that what was measured
    is never dated after it.
    """
    # Computed before the lock is taken, and again under it only where an answer came in between.
    computed = _computed(Tally.objects.filter(unit__round=round_id, unit__ledger=ledger_id))

    def write(pen: Pen) -> Round:
        one = pen.get(Round, round_id)
        _check(one, intent, early)
        units = RoundUnit.objects.filter(round=one)
        # Whoever is storing answers now is waited for, whoever comes later finds no tally.
        tallies = Tally.objects.select_for_update().filter(unit__in=units)
        content = _computed(tallies, computed).content
        digest = sha256(canonical(content))
        pen.add(Result, round=one, content=content, sha256=digest, example=one.example)
        pen.set(one, state=RoundState.CLOSED, closes_on=_last_day(one, intent))
        Tally.objects.filter(unit__in=units).delete()
        Codes.objects.filter(unit__in=units).delete()
        transaction.on_commit(erase_remains)
        return one

    return history.commit(
        ledger_id=ledger_id,
        kind="close_round",
        intent=intent,
        write=write,
        request={"round": str(round_id), "early": early},
    )


def _check(one: Round, intent: Intent, early: bool) -> None:
    if one.state != RoundState.OPEN:
        raise RoundError(Broken.NOT_OPEN)
    if not early and one.closes_on is not None and intent.at < closes_at(one.closes_on):
        raise RoundError(Broken.NOT_OVER)


def _last_day(one: Round, intent: Intent) -> datetime.date:
    today = day_in_finland(intent.at)
    return min(one.closes_on or today, today)


@dataclass(frozen=True, slots=True)
class _Computed:
    """Results, and the tallies that they were computed from."""

    tallies: dict[str, tuple[int, bytes]]
    content: dict[str, Any]


def _computed(rows: QuerySet[Tally], before: _Computed | None = None) -> _Computed:
    """The results of these tallies: those from before where the tallies are still the same."""
    held = list(rows.order_by("pk"))
    tallies = {str(one.unit_id): (one.respondents, bytes(one.counts)) for one in held}
    if before is not None and before.tallies == tallies:
        return before
    if not held:
        return _Computed(tallies, {})
    return _Computed(tallies, frozen_results(wording_of(held[0].unit.round.wording), tallies))


def frozen_results(wording: Wording, tallies: Mapping[str, tuple[int, bytes]]) -> dict[str, Any]:
    """What is frozen of a round, from its wording and the respondents and counts of its groups."""
    results = frozen(
        [Group(one.id, one.parent, one.headcount) for one in wording.units],
        [Asked(one.id, one.group) for one in wording.questions],
        {
            unit_id: Answered(respondents, distributions(counts))
            for unit_id, (respondents, counts) in tallies.items()
        },
        Rules(wording.k_mean, wording.k_distribution),
    )
    return as_data(results)


def publish_results(*, ledger_id: UUID, intent: Intent, round_id: UUID) -> Receipt:
    """Gives everybody the results as they were frozen. Raises RoundError where there are none."""

    def write(pen: Pen) -> Round:
        one = pen.get(Round, round_id)
        if one.state != RoundState.CLOSED:
            raise RoundError(Broken.NOT_CLOSED)
        pen.set(Result.objects.get(round=one), published=True, audience="")
        pen.set(one, state=RoundState.PUBLISHED)
        return one

    return history.commit(
        ledger_id=ledger_id,
        kind="publish_results",
        intent=intent,
        write=write,
        request={"round": str(round_id)},
    )
