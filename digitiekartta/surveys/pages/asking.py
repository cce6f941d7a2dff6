"""The form: what is asked, in its groups, with what has been answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from digitiekartta.municipalities.models import Perspective

from ..models import Round
from ..rules import DONT_KNOW
from ..wording import Question, Wording
from .respondent import Facts

Text = Mapping[str, str]
LONGEST_TYPED = 80
"""Characters of a typed code that are shown again."""
NO_DESCRIPTION: Text = {}


@dataclass(frozen=True, slots=True)
class Option:
    """A level that can be chosen."""

    value: str
    name: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by its place in the form, from 1 on. ``chosen`` is the value of an option."""

    number: int
    text: Text
    chosen: str

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"q{self.number}"


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Questions that belong together: about one's own work, or the whole municipality."""

    kind: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Ticket:
    """By what an answer is let in: a code, or an open link with the word that tells its form."""

    code: str = ""
    link: str = ""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of a round. ``asks_code`` shows the code's field instead of passing it on unseen."""

    facts: Facts
    groups: tuple[AskedGroup, ...]
    options: tuple[Option, ...]
    ticket: Ticket
    asks_code: bool = False
    preview: bool = False

    @property
    def questions(self) -> int:
        return sum(len(one.questions) for one in self.groups)

    @property
    def dont_know(self) -> str:
        return str(DONT_KNOW)


def options_of(scale: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    """The levels of a scale, the highest first."""
    levels = sorted(scale, key=lambda one: -int(one["level"]))
    return tuple(
        Option(str(one["level"]), one["name"], one.get("description") or NO_DESCRIPTION)
        for one in levels
    )


def form_page(
    facts: Facts,
    wording: Wording,
    ticket: Ticket,
    sent: Mapping[str, str],
    *,
    asks_code: bool = False,
    preview: bool = False,
) -> FormPage:
    """The form with what was ``sent`` of it; what the form could not hold is left out."""
    options = options_of(wording.scale)
    values = {one.value for one in options} | {str(DONT_KNOW)}
    asked = [
        (one, Asked(number, one.question, _known(sent.get(f"q{number}", ""), values)))
        for number, one in enumerate(wording.questions, start=1)
    ]
    return FormPage(
        facts=facts,
        groups=tuple(
            AskedGroup(kind, tuple(question for _, question in run))
            for kind, run in groupby(asked, key=_group_of)
        ),
        options=options,
        ticket=ticket,
        asks_code=asks_code,
        preview=preview,
    )


def typed_again(typed: str) -> str:
    """A code as somebody typed it, to be shown in its field again."""
    return "".join(one for one in typed[:LONGEST_TYPED] if one.isprintable())


def wording_of_draft(one: Round, perspectives: Iterable[Perspective]) -> Wording:
    """What a draft would ask if it were opened now."""
    return Wording(
        questions=tuple(
            Question(
                id=str(asked.pk),
                number=asked.number,
                group=str(asked.group),
                question=asked.question,
                name=asked.name,
                short_name=asked.short_name,
                note=asked.note,
            )
            for asked in perspectives
        ),
        scale=tuple(one.framework.scale),
        units=(),
        k_mean=one.k_mean,
        k_distribution=one.k_distribution,
    )


def _group_of(pair: tuple[Question, Asked]) -> str:
    return pair[0].group


def _known(value: str, values: set[str]) -> str:
    return value if value in values else ""
