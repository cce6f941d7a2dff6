"""A round before it opens: its name, framework, days and rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Framework

from ..models import Round, RoundUnit
from ..rules import K_DISTRIBUTION, K_MEAN, Broken, RoundError, RoundState

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a round is set to: its name, its first and last day, the smallest groups shown, and
    whether the municipality's home page tells that it is open (``public_link``).

    Raises RoundError for a group smaller than the method's, for distributions of smaller groups
    than means, and where the last day is not after the first.
    """

    name: Text
    opens_on: datetime.date | None = None
    closes_on: datetime.date | None = None
    k_mean: int = K_MEAN
    k_distribution: int = K_DISTRIBUTION
    public_link: bool = False

    def __post_init__(self) -> None:
        if self.k_mean < K_MEAN or self.k_distribution < max(K_DISTRIBUTION, self.k_mean):
            raise RoundError(Broken.K_TOO_SMALL)
        if self.opens_on and self.closes_on and self.closes_on <= self.opens_on:
            raise RoundError(Broken.CLOSES_BEFORE_IT_OPENS)

    def as_values(self) -> dict[str, object]:
        """The settings by the names of the round's columns."""
        return {
            "name": dict(self.name),
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "k_mean": self.k_mean,
            "k_distribution": self.k_distribution,
            "public_link": self.public_link,
        }

    def as_data(self) -> dict[str, object]:
        """The settings as plain data: what an idempotency key stands for."""
        return {
            **self.as_values(),
            "opens_on": str(self.opens_on),
            "closes_on": str(self.closes_on),
        }


def make_round(
    *,
    ledger_id: UUID,
    intent: Intent,
    framework_id: UUID,
    settings: Settings,
    example: bool = False,
) -> Receipt:
    """A draft of a round that asks what a version of the framework asks."""

    def write(pen: Pen) -> Round:
        framework = pen.get(Framework, framework_id)
        return pen.add(Round, framework=framework, example=example, **settings.as_values())

    request = {"framework": str(framework_id), **settings.as_data()}
    return history.commit(
        ledger_id=ledger_id, kind="make_round", intent=intent, write=write, request=request
    )


def change_round(*, ledger_id: UUID, intent: Intent, round_id: UUID, settings: Settings) -> Receipt:
    """Sets a draft anew. Raises RoundError once the round is open: its rules hold from then on."""

    def write(pen: Pen) -> Round:
        one = draft(pen, round_id)
        pen.set(one, **settings.as_values())
        return one

    request = {"round": str(round_id), **settings.as_data()}
    return history.commit(
        ledger_id=ledger_id, kind="change_round", intent=intent, write=write, request=request
    )


def extend_round(
    *, ledger_id: UUID, intent: Intent, round_id: UUID, closes_on: datetime.date
) -> Receipt:
    """Gives an open round more days. Raises RoundError for a day that is not later."""

    def write(pen: Pen) -> Round:
        one = pen.get(Round, round_id)
        if one.state != RoundState.OPEN:
            raise RoundError(Broken.NOT_OPEN)
        if one.closes_on is None or closes_on <= one.closes_on:
            raise RoundError(Broken.ONLY_LATER)
        pen.set(one, closes_on=closes_on)
        return one

    request = {"round": str(round_id), "closes_on": str(closes_on)}
    return history.commit(
        ledger_id=ledger_id, kind="extend_round", intent=intent, write=write, request=request
    )


def remove_round(*, ledger_id: UUID, intent: Intent, round_id: UUID) -> Receipt:
    """Deletes a draft with its groups and codes; the log keeps that it was. Raises RoundError once
    the round is open."""

    def write(pen: Pen) -> Round:
        one = draft(pen, round_id)
        units = list(RoundUnit.objects.filter(round=one))
        for unit in units:
            pen.set(unit, parent_id=None)
        for unit in units:
            pen.remove(unit)
        pen.remove(one)
        one.pk = round_id  # what the entry in the log is about
        return one

    return history.commit(
        ledger_id=ledger_id,
        kind="remove_round",
        intent=intent,
        write=write,
        request={"round": str(round_id)},
    )


def draft(pen: Pen, round_id: UUID) -> Round:
    """The round under the lock. Raises RoundError where it is not a draft any more."""
    one = pen.get(Round, round_id)
    if one.state != RoundState.DRAFT:
        raise RoundError(Broken.NOT_DRAFT)
    return one
