"""Ready texts to send to the staff: before, at opening, a reminder, and thanks with the results.

Pure: everything comes from the round's settings and the language asked for. What is in brackets is
filled in by whoever sends: a code, a link, a name.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext, ngettext

from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from .pages.respondent import Facts
from .rules import Way


class Occasion(StrEnum):
    """When a text is sent."""

    BEFORE = "before"
    OPENING = "opening"
    REMINDER = "reminder"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Whole addresses in the language of the texts: of the form, its protection, the results."""

    form: str
    protection: str
    results: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to send, for those who answer in this way; None for all."""

    occasion: Occasion
    way: Way | None
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many answered of how many, as far as that is told."""

    respondents: int
    headcount: int


def letters(
    facts: Facts, addresses: Addresses, language: str, turnout: Turnout | None = None
) -> tuple[Letter, ...]:
    """All texts of a round in a language, in the order of sending.

    ``turnout`` comes from the frozen results. Without days in the settings a bracket holds their
    place.
    """
    with translation.override(language):
        writer = _Writer(facts, addresses, language)
        ways = [way for way in Way if way in facts.ways]
        return (
            writer.before(),
            *(writer.opening(way) for way in ways),
            *(writer.reminder(way) for way in ways),
            writer.results(turnout),
        )


class _Writer:
    def __init__(self, facts: Facts, addresses: Addresses, language: str) -> None:
        self.facts = facts
        self.addresses = addresses
        self.language = language
        self.name = pick(facts.name, language).text
        self.first, self.last = self._day(facts.opens_on), self._day(facts.closes_on)

    def before(self) -> Letter:
        subject = gettext("A survey of the staff opens on %(day)s") % {"day": self.first}
        coming = gettext(
            "On %(day)s a survey of the staff opens: “%(name)s”. In it you rate how digital our "
            "municipality is."
        ) % {"day": self.first, "name": self.name}
        return self._letter(
            Occasion.BEFORE,
            None,
            subject,
            f"{coming} {self._minutes()}",
            gettext(
                "Your rating is the starting point: by it the targets are set and it is chosen "
                "what is developed first."
            ),
            " ".join(self._how_it_comes()),
            self._promise(),
            gettext("The survey is open from %(first)s to %(last)s.")
            % {"first": self.first, "last": self.last},
        )

    def opening(self, way: Way) -> Letter:
        # Without a day: the reminder quotes it, also when the round has been given more days.
        subject = gettext("Answer the survey: %(name)s") % {"name": self.name}
        is_open = gettext("The survey “%(name)s” is open.") % {"name": self.name}
        return self._letter(
            Occasion.OPENING,
            way,
            subject,
            f"{is_open} {self._minutes()}",
            *self._way_in(way),
            self._promise(),
            gettext("Answer by %(day)s. Thank you!") % {"day": self.last},
        )

    def reminder(self, way: Way) -> Letter:
        return self._letter(
            Occasion.REMINDER,
            way,
            gettext("A reminder: the survey closes on %(day)s") % {"day": self.last},
            gettext(
                "This reminder goes to everybody, because nobody knows who has answered. If you "
                "have answered already, thank you: there is nothing more for you to do."
            ),
            self._again(way),
            f"{self._minutes()} {self._answers_are_safe()}",
        )

    def results(self, turnout: Turnout | None) -> Letter:
        thanks = gettext("Thank you to everybody who answered the survey “%(name)s”.") % {
            "name": self.name
        }
        if turnout is not None and turnout.headcount:
            thanks += " " + gettext("%(respondents)s of %(headcount)s of us answered.") % {
                "respondents": formats.number(turnout.respondents, self.language),
                "headcount": formats.number(turnout.headcount, self.language),
            }
        return self._letter(
            Occasion.RESULTS,
            None,
            gettext("Thank you: the results of the survey"),
            thanks,
            gettext("The results can be read here:") + "\n" + self.addresses.results,
            gettext(
                "They show at what level we are now. Next the targets are set, and it is chosen "
                "what is developed first. You can follow what is done on the same pages."
            ),
            gettext(
                "The results of groups with fewer than %(n)s answers are not shown. The counts and "
                "the codes have been deleted."
            )
            % {"n": self.facts.k_mean},
        )

    def _way_in(self, way: Way) -> Iterator[str]:
        code, form = gettext("[CODE]"), self.addresses.form
        if way is Way.EMAIL:
            yield gettext("Open the survey here:") + f"\n{form}#{code}"
            yield gettext(
                "If the link does not open, go to %(address)s and write your code: %(code)s"
            ) % {"address": form, "code": code}
            yield gettext(
                "The code is good for one answer. Do not give it to others, and keep this message: "
                "a reminder holds no code."
            )
        elif way is Way.PAPER:
            yield (
                gettext(
                    "Your code is on the slip of paper that you get at work. Point your phone's "
                    "camera at the code on the slip, or go to the address and write your code:"
                )
                + f"\n{form}"
            )
            yield gettext("The code is good for one answer. Do not give it to others.")
        else:
            yield gettext("Open the survey here:") + "\n" + gettext("[LINK]")
            yield gettext(
                "The link is the same for the whole group, and the same person can answer several "
                "times. Answer once."
            )

    def _again(self, way: Way) -> str:
        contact = gettext("[CONTACT]")
        if way is Way.EMAIL:
            return gettext(
                "If you have not answered yet, look for the earlier message “%(subject)s”: your "
                "code is in it. If you don't find it, ask for a spare code: %(contact)s"
            ) % {"subject": self.opening(way).subject, "contact": contact}
        if way is Way.PAPER:
            return gettext(
                "If you have not answered yet, your code is on the slip of paper that you got. If "
                "you have lost it, ask for a spare code: %(contact)s"
            ) % {"contact": contact}
        return (
            gettext("If you have not answered yet, open the survey here:")
            + "\n"
            + gettext("[LINK]")
        )

    def _how_it_comes(self) -> Iterator[str]:
        if Way.EMAIL in self.facts.ways:
            yield gettext("You get a code by e-mail when the survey opens.")
        if Way.PAPER in self.facts.ways:
            yield gettext("Those without work e-mail get a code on a slip of paper.")
        if Way.OPEN_LINK in self.facts.ways:
            yield gettext("Some groups get a link or a QR code of their own.")

    def _minutes(self) -> str:
        return ngettext(
            "Answering takes about %(num)s minute, on a phone or on a computer.",
            "Answering takes about %(num)s minutes, on a phone or on a computer.",
            self.facts.minutes,
        ) % {"num": self.facts.minutes}

    def _promise(self) -> str:
        link = gettext("How your answer is protected")
        return f"{self._answers_are_safe()}\n{link}: {self.addresses.protection}"

    def _answers_are_safe(self) -> str:
        return gettext(
            "You answer without a name. Your answer is added to the counts of your group, and the "
            "results of groups with fewer than %(n)s answers are not shown."
        ) % {"n": self.facts.k_mean}

    def _letter(self, occasion: Occasion, way: Way | None, subject: str, *parts: str) -> Letter:
        greeting, sender = gettext("Hello,"), gettext("Best regards,") + "\n" + gettext("[SENDER]")
        body = "\n\n".join((greeting, *(part for part in parts if part), sender))
        return Letter(occasion, way, subject, body + "\n")

    def _day(self, day: datetime.date | None) -> str:
        return gettext("[DAY]") if day is None else formats.date(day, self.language)
