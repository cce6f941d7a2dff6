"""Words that pages and services write: of decisions, sources and names, in every language."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digitiekartta.municipalities.rules import LANGUAGES
from digitiekartta.ui import formats

from .weighing import Weighting

WEIGHTINGS = {
    Weighting.EQUAL: _("All weigh the same"),
    Weighting.MILD: _("The most important weighs double the least important"),
    Weighting.LINEAR: _("The weight falls evenly from the first to the last"),
    Weighting.STEEP: _("The first ones weigh clearly the most"),
}


def in_every_language(say: Callable[[], str]) -> dict[str, str]:
    """What is said, once in each language: a text as it is recorded."""
    texts = {}
    for code in LANGUAGES:
        with translation.override(code):
            texts[code] = say()
    return texts


def baseline_summary() -> dict[str, str]:
    """What a decision that names the baseline is about."""
    return in_every_language(lambda: gettext("The baseline was named."))


def targets_summary() -> dict[str, str]:
    """What a decision on target levels is about."""
    return in_every_language(lambda: gettext("Target levels were decided."))


def priorities_summary() -> dict[str, str]:
    """What a decision on priorities is about."""
    return in_every_language(lambda: gettext("Development priorities were decided."))


def estimate_name(on: datetime.date) -> dict[str, str]:
    """What the management team's estimate of a day is called."""
    return in_every_language(
        lambda: gettext("The management team's estimate %(year)s") % {"year": on.year}
    )


def round_source(first: datetime.date | None, last: datetime.date | None) -> dict[str, str]:
    """Where the levels of a survey round come from."""
    return in_every_language(lambda: _round_source(first, last))


def _round_source(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None or last is None:
        return gettext("A staff survey of this service.")
    language = translation.get_language() or "fi"
    return gettext("A staff survey of this service, answered %(first)s – %(last)s.") % {
        "first": formats.date(first, language),
        "last": formats.date(last, language),
    }
