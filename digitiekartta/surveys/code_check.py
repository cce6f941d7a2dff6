"""Whether a code opens the form: known, and not used yet. Reading leaves no trace of who asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from .models import Codes, Tally
from .queries import Found, Rounds, rounds_of
from .rules import CODE_LENGTH, typed_code
from .tallies import is_used, place_of

_MOST_KEPT = 400


class Verdict(Enum):
    """What is to be said of a code."""

    GOOD = auto()
    USED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a code, and the round that it belongs to where it does."""

    verdict: Verdict
    round_id: UUID | None = None


class KnownRounds:
    """The open rounds of municipalities with their codes, read again only when something of the
    municipality has changed. Holds the municipalities asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Rounds] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, slug: str) -> Rounds | None:
        """The rounds of a municipality as they stand; None where there is no such municipality."""
        with self._lock:
            known = self._kept.get(slug)
        rounds = rounds_of(slug, known)
        with self._lock:
            if rounds is None:
                self._kept.pop(slug, None)
            else:
                self._kept[slug] = rounds
                self._kept.move_to_end(slug)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return rounds


def checked(rounds: Rounds, typed: str) -> Checked:
    """What is to be said of a code as it was typed, among the open rounds of a municipality."""
    code = typed_code(typed)
    if len(code) != CODE_LENGTH or not code.isascii():
        return Checked(Verdict.UNKNOWN)
    for one in rounds.open.values():
        found = one.find(code)
        if found is not None:
            return Checked(Verdict.USED if _has_answered(found) else Verdict.GOOD, one.id)
    return Checked(Verdict.UNKNOWN)


def round_of_link(rounds: Rounds, link: str) -> UUID | None:
    """The open round that an open link belongs to."""
    return next((one.id for one in rounds.open.values() if link in one.links), None)


def _has_answered(found: Found) -> bool:
    tally = Tally.objects.filter(unit=found.unit_id).values_list("used", "codes").first()
    if tally is None:
        return False
    used, among = tally
    place: int | None = found.place
    if among != found.among:  # codes were added since
        given = Codes.objects.filter(unit=found.unit_id).values_list("given", flat=True).first()
        place = place_of(bytes(given or b""), found.hashed)
    return place is not None and is_used(bytes(used), place)
