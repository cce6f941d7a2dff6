"""Kirjaa puolesta: which actions are asked about, on one page for a whole sector or meeting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import StrEnum

from digitiekartta.roadmaps.rights import Deed, may

from ..queries import Case
from ..rules import is_silent


class Chosen(StrEnum):
    """Which actions, besides those of one sector; the words stand in addresses."""

    ALL = "kaikki"
    LATE = "myohassa"
    SILENT = "hiljaa"


def cases_for_others(
    cases: Iterable[Case], chosen: Chosen, on: datetime.date, silence_days: int
) -> tuple[Case, ...]:
    """The actions that go on or should, whose progress the reader may record for others."""
    return tuple(
        one
        for one in cases
        if may(Deed.REPORT_FOR_OTHERS, one.standings)
        and not one.facts.is_over
        and _fits(one, chosen, on, silence_days)
    )


def _fits(case: Case, chosen: Chosen, on: datetime.date, silence_days: int) -> bool:
    if chosen is Chosen.LATE:
        return case.facts.late
    return chosen is Chosen.ALL or is_silent(case.facts, on, silence_days)
