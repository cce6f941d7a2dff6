"""The ready texts to send: all that is needed, in three languages, from the settings alone."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest

from digitiekartta.surveys.messages import Addresses, Letter, Occasion, Turnout, letters
from digitiekartta.surveys.pages.respondent import Facts, Standing
from digitiekartta.surveys.rules import Way

LANGUAGES = ("fi", "sv", "en")
ADDRESSES = Addresses(
    form="https://kartta.example.org/kunta/kysely/",
    protection="https://kartta.example.org/kunta/kysely/suojaus/",
    results="https://kartta.example.org/kunta/kysely/tulokset/",
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def facts(**more: Any) -> Facts:
    values: dict[str, Any] = {
        "id": uuid4(),
        "name": {"fi": "Digikysely", "sv": "Digienkät", "en": "Digital survey"},
        "standing": Standing.OPEN,
        "opens_on": datetime.date(2026, 12, 1),
        "closes_on": datetime.date(2026, 12, 23),
        "last_day": False,
        "questions": 11,
        "k_mean": 5,
        "k_distribution": 10,
        "ways": frozenset(Way),
        "example": False,
    }
    return Facts(**{**values, **more})


def written(language: str = "fi", **more: Any) -> tuple[Letter, ...]:
    return letters(facts(**more), ADDRESSES, language)


def of(found: tuple[Letter, ...], occasion: Occasion, way: Way | None = None) -> Letter:
    (one,) = [one for one in found if (one.occasion, one.way) == (occasion, way)]
    return one


@every_language
def test_there_is_a_text_for_every_occasion_and_every_way_in_use(language: str) -> None:
    found = written(language, ways=frozenset({Way.EMAIL, Way.PAPER}))
    assert [(one.occasion, one.way) for one in found] == [
        (Occasion.BEFORE, None),
        (Occasion.OPENING, Way.EMAIL),
        (Occasion.OPENING, Way.PAPER),
        (Occasion.REMINDER, Way.EMAIL),
        (Occasion.REMINDER, Way.PAPER),
        (Occasion.RESULTS, None),
    ]


@every_language
def test_a_text_is_short_and_plain_and_no_other_language_s(language: str) -> None:
    for one in written(language):
        assert 15 < len(one.subject) < 80
        assert len(one.body.split()) < 140
        assert not re.search(r"<|%\(|\{", one.subject + one.body)
        assert one.body.endswith("\n")
    greetings = {written(code)[0].body.partition("\n")[0] for code in LANGUAGES}
    assert len(greetings) == len(LANGUAGES)


def test_a_code_stands_in_the_fragment_of_the_link_which_is_sent_to_nobody() -> None:
    body = of(written(), Occasion.OPENING, Way.EMAIL).body
    assert "https://kartta.example.org/kunta/kysely/#[TUNNUS]" in body
    assert body.count("[TUNNUS]") == 2


def test_a_reminder_goes_to_everybody_and_leads_to_the_first_message() -> None:
    found = written()
    reminder = of(found, Occasion.REMINDER, Way.EMAIL)
    assert "kaikille" in reminder.body
    assert of(found, Occasion.OPENING, Way.EMAIL).subject in reminder.body
    assert "[TUNNUS]" not in reminder.body


def test_the_first_message_is_found_by_the_reminder_after_more_days_were_given() -> None:
    before, after = written(), written(closes_on=datetime.date(2027, 1, 8))
    subject = of(before, Occasion.OPENING, Way.EMAIL).subject
    assert subject in of(after, Occasion.REMINDER, Way.EMAIL).body


def test_an_open_link_is_said_to_be_the_same_for_all() -> None:
    body = of(written(), Occasion.OPENING, Way.OPEN_LINK).body
    assert "[LINKKI]" in body
    assert "sama henkilö voi vastata useita kertoja" in body


@every_language
def test_the_smallest_group_and_the_days_are_the_round_s(language: str) -> None:
    found = written(language, k_mean=7)
    assert all("7" in of(found, one).body for one in (Occasion.BEFORE, Occasion.RESULTS))
    assert "23" in of(found, Occasion.OPENING, Way.EMAIL).body


def test_days_that_are_not_set_leave_their_place_open() -> None:
    found = written(opens_on=None, closes_on=None)
    assert "[PÄIVÄ]" in found[0].subject


def test_thanks_tell_how_many_answered_where_that_is_told() -> None:
    thanks = letters(facts(), ADDRESSES, "fi", Turnout(612, 1004))[-1]
    assert "612" in thanks.body
    assert "1\u202f004" in thanks.body
    assert ADDRESSES.results in thanks.body
    assert "henkilöstöä on" not in written()[-1].body
