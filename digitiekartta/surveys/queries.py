"""What is read of rounds."""

from __future__ import annotations

import datetime
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from digitiekartta.municipalities.models import Municipality

from .models import Codes, DailyCount, Round, RoundUnit
from .rules import RoundState, Way, closes_at, hashed_code, opens_at, unsealed
from .tallies import HASH_LENGTH
from .wording import wording_of


@dataclass(frozen=True, slots=True)
class Found:
    """Where a code belongs: its group, its hash, its place among so many codes of the group."""

    unit_id: UUID
    hashed: bytes
    place: int
    among: int


class CodeBook:
    """All codes of a round in one sorted value: 22 bytes a code, found by halving."""

    def __init__(self, sets: Mapping[UUID, bytes]) -> None:
        self._units = tuple(sets)
        self._sizes = tuple(len(given) // HASH_LENGTH for given in sets.values())
        entries = sorted(self._entries(sets.values()))
        self._hashes = b"".join(hashed for hashed, _, _ in entries)
        self._owners = array("H", [owner for _, owner, _ in entries])
        self._places = array("I", [place for _, _, place in entries])

    def __len__(self) -> int:
        return len(self._owners)

    def find(self, hashed: bytes) -> Found | None:
        """Where a code with this hash belongs; None for no code of the round."""
        at = bisect_left(range(len(self)), hashed, key=self._hash_at)
        if at == len(self) or self._hash_at(at) != hashed:
            return None
        owner = self._owners[at]
        return Found(self._units[owner], hashed, self._places[at], self._sizes[owner])

    def _hash_at(self, place: int) -> bytes:
        return self._hashes[place * HASH_LENGTH : (place + 1) * HASH_LENGTH]

    @staticmethod
    def _entries(sets: Iterable[bytes]) -> Iterator[tuple[bytes, int, int]]:
        for owner, given in enumerate(sets):
            for place, hashed in enumerate(unsealed(given)):
                yield hashed, owner, place


@dataclass(frozen=True, slots=True)
class OpenRound:
    """What must be known of an open round to take answers to it. Moments are in UTC."""

    id: UUID
    salt: bytes
    questions: int
    opens_at: datetime.datetime
    closes_at: datetime.datetime
    codes: CodeBook
    links: Mapping[str, UUID]

    def find(self, code: str) -> Found | None:
        """Where a code belongs, as it was typed but for dashes; None for no code of the round."""
        return self.codes.find(hashed_code(code, self.salt))


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of a municipality at a revision of its ledger: the open ones, and those over."""

    ledger_id: UUID
    revision: int
    open: Mapping[UUID, OpenRound]
    over: frozenset[UUID]


def rounds_of(slug: str, known: Rounds | None = None) -> Rounds | None:
    """The rounds of a municipality: ``known`` again where nothing has been written since, in one
    query. None where there is no such municipality."""
    found = Municipality.objects.filter(slug=slug).values_list("ledger_id", "ledger__revision")
    standing = found.first()
    if standing is None:
        return None
    ledger_id, revision = standing
    if known is not None and (known.ledger_id, known.revision) == standing:
        return known
    rows = list(Round.objects.filter(ledger_id=ledger_id).exclude(state=RoundState.DRAFT))
    return Rounds(
        ledger_id,
        revision,
        {one.pk: _open_round(one) for one in rows if one.state == RoundState.OPEN},
        frozenset(one.pk for one in rows if one.state != RoundState.OPEN),
    )


def _open_round(one: Round) -> OpenRound:
    if one.opens_on is None or one.closes_on is None:
        raise ValueError("an open round without its days")
    codes = Codes.objects.filter(unit__round=one).values_list("unit_id", "given")
    links = RoundUnit.objects.filter(round=one, way=Way.OPEN_LINK).values_list("link", "pk")
    return OpenRound(
        id=one.pk,
        salt=bytes(one.salt),
        questions=len(wording_of(one.wording).questions),
        opens_at=opens_at(one.opens_on),
        closes_at=closes_at(one.closes_on),
        codes=CodeBook({unit_id: bytes(given) for unit_id, given in codes.order_by("pk")}),
        links=dict(links),
    )


@dataclass(frozen=True, slots=True)
class Announced:
    """An open round that the municipality's home page tells of."""

    closes_on: datetime.date


def announced_round(slug: str, at: datetime.datetime) -> Announced | None:
    """The round to tell everybody of, the one that closes first: open at a moment (UTC or with its
    zone) and set so. It changes with the ledger's revision and at midnight alone."""
    found = Round.objects.filter(
        ledger__in=Municipality.objects.filter(slug=slug).values("ledger_id"),
        state=RoundState.OPEN,
        public_link=True,
    )
    for opens_on, closes_on in found.order_by("closes_on").values_list("opens_on", "closes_on"):
        if opens_on and closes_on and opens_at(opens_on) <= at < closes_at(closes_on):
            return Announced(closes_on)
    return None


def response_counts(round_id: UUID) -> dict[UUID, DailyCount]:
    """The latest count of each group, by its id: all that is shown of an open round.

    A group with fewer staff than the round's k is left out: of none or three among three, each
    would be known to have taken part or not.
    """
    counts = DailyCount.objects.filter(
        unit__round_id=round_id, unit__headcount__gte=F("unit__round__k_mean")
    )
    return {one.unit_id: one for one in counts.order_by("day")}
