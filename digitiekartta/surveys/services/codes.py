"""Making codes. They are told once, to whoever makes them; what is kept are their hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Codes, Round, RoundUnit, Tally
from ..rules import (
    Broken,
    RoundError,
    RoundState,
    Way,
    code_count,
    hashed_code,
    most_codes,
    new_code,
    sealed,
    unsealed,
)
from ..tallies import moved

_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class NewCodes:
    """Codes as they are kept in mind, without dashes, in no order; nobody can tell them again.

    Empty for a repeat of the same request (``receipt.repeated``): what is kept are hashes.
    """

    receipt: Receipt
    codes: tuple[str, ...]


def make_codes(
    *, ledger_id: UUID, intent: Intent, unit_id: UUID, count: int | None = None
) -> NewCodes:
    """Codes for a group that answers by code: at first one for each person and some to spare.

    Called again it makes spare ones: ``count``, or as many as were to spare at first. Who gets
    which is never stored. Raises RoundError where the group has an open link or no staff, when the
    round is closed, and for more codes than twice those of the first time.
    """
    codes: list[str] = []

    def write(pen: Pen) -> RoundUnit:
        unit = pen.get(RoundUnit, unit_id)
        one = pen.get(Round, unit.round_id)
        codes.extend(new_code() for _ in range(_how_many(one, unit, count)))
        _add(unit, [hashed_code(code, bytes(one.salt)) for code in codes])
        pen.set(unit, code_count=unit.code_count + len(codes))
        return unit

    receipt = history.commit(
        ledger_id=ledger_id,
        kind="make_codes",
        intent=intent,
        write=write,
        request={"unit": str(unit_id), "count": count},
    )
    _shuffle(codes)
    return NewCodes(receipt, tuple(codes))


def _how_many(one: Round, unit: RoundUnit, count: int | None) -> int:
    if one.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise RoundError(Broken.NOT_OPEN)
    if unit.way == Way.OPEN_LINK:
        raise RoundError(Broken.NO_CODES_HERE)
    if not unit.headcount:
        raise RoundError(Broken.HEADCOUNT_NEEDED)
    if count is None:
        count = code_count(unit.headcount) - (unit.headcount if unit.code_count else 0)
    if count < 1 or unit.code_count + count > most_codes(unit.headcount):
        raise RoundError(Broken.TOO_MANY_CODES)
    return count


def _add(unit: RoundUnit, hashes: list[bytes]) -> None:
    """Adds to the sealed set and moves the marks of the used ones along.

    The tally is locked first, as everybody who writes answers does.
    """
    tally = Tally.objects.select_for_update().filter(unit=unit).first()
    row, _ = Codes.objects.get_or_create(unit=unit)
    given = bytes(row.given)
    row.given = sealed([*unsealed(given), *hashes])
    row.save(update_fields=["given"])
    if tally is not None:
        tally.used = moved(bytes(tally.used), given, row.given)
        tally.codes = len(unsealed(row.given))
        tally.save(update_fields=["used", "codes"])
