"""Ready texts to send when the roadmap is taken into use: to sectors and to the management team.

Pure: everything comes from the municipality's own facts and the language asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext

from digitiekartta.ui import formats


class Reader(StrEnum):
    """To whom a text is sent."""

    SECTORS = "sectors"
    MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """The municipality's facts in the language of the texts; ``address`` is the site's own."""

    whose: str
    address: str
    contact: str
    sectors: Sequence[str]
    owner: str
    approver: str
    team: str
    period: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to send."""

    reader: Reader
    subject: str
    body: str


def letters(facts: LetterFacts, language: str) -> tuple[Letter, ...]:
    """Both texts in a language."""
    with translation.override(language):
        return (
            Letter(Reader.SECTORS, _sectors_subject(facts), _sectors(facts, language)),
            Letter(Reader.MANAGEMENT, _management_subject(facts), _management(facts)),
        )


def _sectors_subject(facts: LetterFacts) -> str:
    return gettext("%(whose)s digital roadmap: your sector's share") % {"whose": facts.whose}


def _management_subject(facts: LetterFacts) -> str:
    return gettext("%(whose)s digital roadmap: what the management team decides") % {
        "whose": facts.whose
    }


def _sectors(facts: LetterFacts, language: str) -> str:
    who = formats.listing(list(facts.sectors), language)
    parts = [
        gettext("Hello,"),
        gettext(
            "%(whose)s digital roadmap is now kept on a web service of its own. There everybody "
            "sees what is done, when, by whom and how the work goes:"
        )
        % {"whose": facts.whose}
        + f"\n{facts.address}",
        gettext("This concerns: %(sectors)s.") % {"sectors": who} if who else "",
        gettext(
            "We ask each sector to do three things:\n"
            "1. Look at your own actions and tell if something is wrong or missing.\n"
            "2. Name a responsible person for each, if you wish. A responsible unit is enough.\n"
            "3. Name a representative to the digital team."
        ),
        gettext(
            "After that it takes little time: progress is told once in half a year, in a minute, "
            "from a link in an e-mail. You can also tell it in a meeting or on the telephone, and "
            "it is recorded for you."
        ),
        _contact(facts),
    ]
    return "\n\n".join(one for one in parts if one)


def _management(facts: LetterFacts) -> str:
    parts = [
        gettext("Hello,"),
        gettext("%(whose)s digital roadmap is on the web:") % {"whose": facts.whose}
        + f"\n{facts.address}",
        gettext("The roadmap's period is %(period)s.") % {"period": facts.period}
        if facts.period
        else "",
        gettext(
            "The roadmap's owner is %(owner)s: it sets the target levels, chooses the development "
            "priorities and decides the yearly changes. %(approver)s approves the roadmap of a "
            "period, and %(team)s keeps it up to date."
        )
        % {"owner": facts.owner, "approver": facts.approver, "team": facts.team},
        gettext(
            "Progress is public as soon as it is told. What is added, cancelled or paid for is "
            "shown to residents only when you have decided it."
        ),
        gettext(
            "In the first meeting we go through the actions, who answers for each, and which of "
            "them still wait for money."
        ),
        _contact(facts),
    ]
    return "\n\n".join(one for one in parts if one)


def _contact(facts: LetterFacts) -> str:
    asked = gettext("If you have questions: %(contact)s") % {"contact": facts.contact}
    return asked if facts.contact else gettext("If you have questions, answer this message.")
