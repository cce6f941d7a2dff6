"""Dates, half-years, numbers and lists as people write them in Finnish, Swedish and English.

Pure: every function takes the language (``fi``, ``sv`` or ``en``) and plain values. An unknown
language is written as Finnish, the language of the source.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NARROW_SPACE = "\u202f"
HARD_SPACE = "\u00a0"
MINUS = "−"
DASH = "–"

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CLOCK_WORD = {"fi": " klo ", "sv": " kl. ", "en": " at "}
_AND = {"fi": "ja", "sv": "och", "en": "and"}
_HALF = {
    "fi": ("tammi–kesä", "heinä–joulu"),
    "sv": ("januari–juni", "juli–december"),
    "en": ("January–June", "July–December"),
}
_WHOLE_YEAR = {"fi": "tammi–joulu", "sv": "januari–december", "en": "January–December"}
_FIRST_MONTH = {
    "fi": ("tammikuu", "heinäkuu"),
    "sv": ("januari", "juli"),
    "en": ("January", "July"),
}
_LAST_MONTH = {
    "fi": ("kesäkuu", "joulukuu"),
    "sv": ("juni", "december"),
    "en": ("June", "December"),
}

Number = int | float | Decimal


def known(language: str) -> str:
    """The language that a text is written in: the asked one, or Finnish when it is unknown."""
    code = language[:2].lower()
    return code if code in _AND else "fi"


def date(day: datetime.date, language: str) -> str:
    """A day in full: ``9.12.2026``, in English ``9 December 2026``."""
    if known(language) == "en":
        return f"{day.day}{HARD_SPACE}{_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def short_date(day: datetime.date, language: str) -> str:
    """A day of a year that the context tells: ``9.12.``, in English ``9 Dec``."""
    if known(language) == "en":
        return f"{day.day}{HARD_SPACE}{_MONTHS_EN[day.month - 1][:3]}"
    return f"{day.day}.{day.month}."


def clock(when: datetime.datetime | datetime.time, language: str) -> str:
    """A time of day: ``9.12``, in English ``9:12``. The value's own time zone is used."""
    mark = ":" if known(language) == "en" else "."
    return f"{when.hour}{mark}{when.minute:02}"


def moment(when: datetime.datetime, language: str) -> str:
    """A day and a time of day: ``9.12.2026 klo 9.12``. The value's own time zone is used."""
    word = _CLOCK_WORD[known(language)].replace(" ", HARD_SPACE)
    return date(when, language) + word + clock(when, language)


def half_year(year: int, half: int, language: str) -> str:
    """A half-year in words: ``tammi–kesä 2027``. ``half`` is 1 or 2."""
    return f"{_HALF[known(language)][half - 1]}{HARD_SPACE}{year}"


def half_year_numeral(half: int) -> str:
    """A half-year as a column's head writes it: ``I`` or ``II``."""
    return "I" if half == 1 else "II"


def half_years(first: tuple[int, int], last: tuple[int, int], language: str) -> str:
    """A span of half-years, each a (year, half), written as months.

    ``tammi–kesä 2027``, ``tammi–joulu 2026``, ``heinäkuu 2025 – kesäkuu 2026``: two named ends
    read more easily than two spans joined by a third dash.
    """
    code = known(language)
    if first == last:
        return half_year(*first, code)
    if first[0] == last[0]:
        return f"{_WHOLE_YEAR[code]}{HARD_SPACE}{first[0]}"
    start = f"{_FIRST_MONTH[code][first[1] - 1]}{HARD_SPACE}{first[0]}"
    return f"{start} {DASH} {_LAST_MONTH[code][last[1] - 1]}{HARD_SPACE}{last[0]}"


def decimal(
    value: Number, language: str, places: int = 1, *, trim: bool = False, sign: bool = False
) -> str:
    """A number with decimals: ``2,6``, ``−0,3``; halves round up, as people expect.

    ``trim`` drops a fraction of zeros (``4`` for 4.0); ``sign`` writes ``+`` before gains.
    """
    english = known(language) == "en"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if trim:
        fraction = fraction.rstrip("0")
    text = _grouped(whole, "," if english else NARROW_SPACE)
    if fraction:
        text += ("." if english else ",") + fraction
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if sign and rounded > 0 else text


def number(value: Number, language: str) -> str:
    """A whole number, thousands apart: ``12 500``."""
    return decimal(value, language, 0)


def euros(amount: Number, language: str, *, cents: bool = False) -> str:
    """Money: ``12 500 €``, in English ``€12,500``. Whole euros unless ``cents``."""
    text = decimal(amount, language, 2 if cents else 0)
    if known(language) == "en":
        return f"{MINUS}€{text[1:]}" if text.startswith(MINUS) else f"€{text}"
    return f"{text}{NARROW_SPACE}€"


def percent(value: Number, language: str, places: int = 0) -> str:
    """Hundredths (45 is ``45 %``, in English ``45%``)."""
    text = decimal(value, language, places)
    return f"{text}%" if known(language) == "en" else f"{text}{NARROW_SPACE}%"


def listing(items: Sequence[str], language: str) -> str:
    """Things in a row: ``a, b ja c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {_AND[known(language)]} {items[-1]}"


def counted(count: int, one: str, many: str, language: str) -> str:
    """A count and its noun: ``1 toimenpide``, ``33 toimenpidettä``."""
    return f"{number(count, language)}{HARD_SPACE}{one if count == 1 else many}"


def _grouped(digits: str, mark: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    groups += [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return mark.join(groups)
