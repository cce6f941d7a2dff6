"""Groups pasted from a spreadsheet: a line for each, ``name ⇥ staff ⇥ way``. Pure; no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .rules import Way

MOST_LINES = 1_000
MOST_STAFF = 200_000
LONGEST_NAME = 200

_NUMBER = re.compile(r"[0-9]{1,3}(?:[ .'’]?[0-9]{3})*|[0-9]+")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_SEPARATOR = re.compile(r"\t|;")
_WAYS: Mapping[Way, tuple[str, ...]] = {
    Way.EMAIL: (
        *("sähköposti", "sähköpostilla", "s-posti", "sposti", "koodi sähköpostilla"),
        *("e-post", "epost", "e-postkod", "email", "e-mail", "mail"),
    ),
    Way.PAPER: (
        *("paperi", "paperilla", "paperilappu", "lappu", "laput", "paperilaput"),
        *("papper", "papperslapp", "lapp", "paper", "paper slip", "slip", "slips"),
    ),
    Way.OPEN_LINK: (
        *("linkki", "avoin linkki", "qr", "qr-koodi", "qr-kod", "qr code", "qr-code"),
        *("länk", "öppen länk", "link", "open link", "open_link"),
    ),
}
_WAY_OF = {word: way for way, words in _WAYS.items() for word in words}
_HEADINGS = frozenset(
    (
        *("henkilöstö", "henkilöstömäärä", "henkilöitä", "henkilöä", "lukumäärä", "määrä", "hlö"),
        *("personal", "antal", "antal anställda", "personalstyrka", "anställda"),
        *("staff", "headcount", "number of staff", "employees", "people"),
    )
)


class NotUnderstood(StrEnum):
    """Why a line was not understood."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    NO_HEADCOUNT = "no_headcount"
    HEADCOUNT_IS_NO_NUMBER = "headcount_is_no_number"
    HEADCOUNT_TOO_LARGE = "headcount_too_large"
    WAY_UNKNOWN = "way_unknown"
    TOO_MANY_COLUMNS = "too_many_columns"
    NAMED_TWICE = "named_twice"


@dataclass(frozen=True, slots=True)
class PastedUnit:
    """A line that was understood. ``line`` counts from 1."""

    line: int
    name: str
    headcount: int
    way: Way


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line that was not understood, as it was pasted, and why not."""

    line: int
    text: str
    reason: NotUnderstood


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted, line by line in the order of the lines; ``left_out`` counts lines beyond
    the most that are read."""

    units: tuple[PastedUnit, ...]
    lines: tuple[PastedLine, ...]
    left_out: int = 0


class _LineError(Exception):
    def __init__(self, reason: NotUnderstood) -> None:
        self.reason = reason


def parse_pasted_units(text: str) -> Pasted:
    """Reads lines of name, number of staff and way of answering, in Finnish, Swedish or English.

    Columns are separated by tabs or semicolons. A number may have spaces between its thousands. The
    way may be missing: it is e-mail then. Empty lines and a line of headings at the top are passed
    over. A name that comes a second time is not understood there.
    """
    units: list[PastedUnit] = []
    failed: list[PastedLine] = []
    seen: set[str] = set()
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        columns = [_SPACES.sub(" ", one).strip() for one in _SEPARATOR.split(line)]
        if not any(columns) or (number == 1 and _is_heading(columns)):
            continue
        try:
            unit = _unit(number, columns)
            if unit.name.casefold() in seen:
                raise _LineError(NotUnderstood.NAMED_TWICE)
        except _LineError as problem:
            failed.append(PastedLine(number, line.strip(), problem.reason))
        else:
            seen.add(unit.name.casefold())
            units.append(unit)
    return Pasted(tuple(units), tuple(failed), max(0, len(lines) - MOST_LINES))


def _is_heading(columns: list[str]) -> bool:
    return any(one.casefold().rstrip(":") in _HEADINGS for one in columns[1:])


def _unit(number: int, columns: list[str]) -> PastedUnit:
    name, headcount, way = (*columns, "", "")[:3]
    if any(columns[3:]):
        raise _LineError(NotUnderstood.TOO_MANY_COLUMNS)
    if not name:
        raise _LineError(NotUnderstood.NO_NAME)
    if len(name) > LONGEST_NAME:
        raise _LineError(NotUnderstood.NAME_TOO_LONG)
    return PastedUnit(number, name, _headcount(headcount), _way(way))


def _headcount(written: str) -> int:
    if not written:
        raise _LineError(NotUnderstood.NO_HEADCOUNT)
    if not written.isascii() or not _NUMBER.fullmatch(written):
        raise _LineError(NotUnderstood.HEADCOUNT_IS_NO_NUMBER)
    digits = "".join(one for one in written if one.isdigit())
    if len(digits) > 9 or int(digits) > MOST_STAFF:
        raise _LineError(NotUnderstood.HEADCOUNT_TOO_LARGE)
    return int(digits)


def _way(written: str) -> Way:
    if not written:
        return Way.EMAIL
    way = _WAY_OF.get(written.casefold())
    if way is None:
        raise _LineError(NotUnderstood.WAY_UNKNOWN)
    return way
