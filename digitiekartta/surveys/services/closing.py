"""Closing a round: its results are computed once and frozen, its tallies are deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from digitiekartta.documents.document import canonical, sha256
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Codes, Result, Round, RoundUnit, Tally
from ..rules import Broken, RoundError, RoundState, closes_at
from ..statistics import Distribution
from ..tallies import distributions
from ..wording import Wording, wording_of
from .remains import erase_remains


def results_of(wording: Wording, tallies: Sequence[Tally]) -> dict[str, Any]:
    """The seam to the statistics: what is frozen of a round, from its wording and its tallies."""
    answered: Mapping[str, Sequence[Distribution]] = {
        str(one.unit_id): distributions(bytes(one.counts)) for one in tallies
    }
    respondents = {str(one.unit_id): one.respondents for one in tallies}
    return {
        "questions": len(wording.questions),
        "units": len(answered),
        "n": sum(respondents.values()),
    }


def close_round(*, ledger_id: UUID, intent: Intent, round_id: UUID, early: bool = False) -> Receipt:
    """Takes no more answers, freezes the results and deletes tallies and codes, all or nothing.

    Raises RoundError where the round is not open, and before its closing day has passed unless it
    is closed ``early``.
    """

    def write(pen: Pen) -> Round:
        one = pen.get(Round, round_id)
        if one.state != RoundState.OPEN:
            raise RoundError(Broken.NOT_OPEN)
        if not early and one.closes_on is not None and intent.at < closes_at(one.closes_on):
            raise RoundError(Broken.NOT_OVER)
        units = RoundUnit.objects.filter(round=one)
        # Whoever is storing answers now is waited for, whoever comes later finds no tally.
        tallies = list(Tally.objects.select_for_update().filter(unit__in=units).order_by("pk"))
        content = results_of(wording_of(one.wording), tallies)
        pen.add(
            Result,
            round=one,
            content=content,
            sha256=sha256(canonical(content)),
            example=one.example,
        )
        pen.set(one, state=RoundState.CLOSED)
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
