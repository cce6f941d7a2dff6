"""The template environment of every page, for Django's Jinja2 backend."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Protocol

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext

from digitiekartta.ui import charts, formats, icons, languages, prose
from digitiekartta.ui.formats import Number


class HalfYearLike(Protocol):
    """Anything that has a year and a half (1 or 2)."""

    @property
    def year(self) -> int: ...
    @property
    def half(self) -> int: ...


class SpanLike(Protocol):
    """Anything that has a first and a last half-year."""

    @property
    def first(self) -> HalfYearLike: ...
    @property
    def last(self) -> HalfYearLike: ...


def active_language() -> str:
    """The code of the language that the page is being made in: fi, sv or en."""
    return formats.known(get_language() or "fi")


def _date(day: datetime.date) -> str:
    return formats.date(_local(day), active_language())


def _short_date(day: datetime.date) -> str:
    return formats.short_date(_local(day), active_language())


def _moment(when: datetime.datetime) -> str:
    return formats.moment(timezone.localtime(when), active_language())


def _local(day: datetime.date) -> datetime.date:
    # A moment belongs to the day that it is in Finland, not in UTC.
    return timezone.localtime(day) if isinstance(day, datetime.datetime) else day


def _half_year(value: HalfYearLike) -> str:
    return formats.half_year(value.year, value.half, active_language())


def _half_years(span: SpanLike) -> str:
    first, last = span.first, span.last
    return formats.half_years((first.year, first.half), (last.year, last.half), active_language())


def _number(value: Number) -> str:
    return formats.number(value, active_language())


def _decimal(value: Number, places: int = 1, trim: bool = False, sign: bool = False) -> str:
    return formats.decimal(value, active_language(), places, trim=trim, sign=sign)


def _euros(value: Number, cents: bool = False) -> str:
    return formats.euros(value, active_language(), cents=cents)


def _percent(value: Number, places: int = 0) -> str:
    return formats.percent(value, active_language(), places)


def _counted(count: int, one: str, many: str) -> str:
    return formats.counted(count, one, many, active_language())


def _listing(items: list[str]) -> str:
    return formats.listing([str(item) for item in items], active_language())


def _say(texts: languages.Texts) -> str:
    return languages.pick(texts, active_language()).text


def _said(texts: languages.Texts) -> languages.Said:
    return languages.pick(texts, active_language())


def _iso(value: datetime.date | Decimal) -> str:
    return (
        value.isoformat(timespec="seconds") if isinstance(value, datetime.datetime) else str(value)
    )


FILTERS = {
    "date": _date,
    "short_date": _short_date,
    "moment": _moment,
    "iso": _iso,
    "half_year": _half_year,
    "half_years": _half_years,
    "half_year_numeral": lambda value: formats.half_year_numeral(value.half),
    "number": _number,
    "decimal": _decimal,
    "euros": _euros,
    "percent": _percent,
    "counted": _counted,
    "listing": _listing,
    "say": _say,
    "said": _said,
    "markdown": prose.markdown,
}
GLOBALS = {
    "static": static,
    "url": lambda name, *args, **kwargs: reverse(name, args=args or None, kwargs=kwargs or None),
    "language": active_language,
    "charts": charts,
    "sprite": icons.sprite,
}


def environment(**options: object) -> jinja2.Environment:
    """The environment: escaping on, undefined names refused, texts translated as Django does."""
    options.update(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env = jinja2.Environment(**options)  # type: ignore[arg-type]  # noqa: S701 -- set above
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters.update(FILTERS)
    env.globals.update(GLOBALS)
    return env
