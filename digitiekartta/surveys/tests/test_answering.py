"""Answers sent to the endpoint: one for each code, whatever happens on the way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from digitiekartta.surveys.answering.parsing import MOST_BYTES
from digitiekartta.surveys.rules import new_code, shown_code

from .rounds import QUESTIONS, Stage, opened, staged
from .sending import Desk, desk, form

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def counter() -> Iterator[Desk]:
    with desk() as one:
        yield one


def test_an_answer_is_counted_and_its_giver_thanked_at_an_address_without_the_code(
    counter: Desk,
) -> None:
    stage, codes = opened()
    reply = counter.post(stage, form(stage, codes[0], *[5, 4, 3, 2, 1, 0, None, 1, 1, 1, 1]))
    assert (reply.status, reply.content) == (303, b"")
    assert reply.headers["location"] == "/lappajarvi/kysely/kiitos/"
    respondents, counts = stage.counted("a")
    assert respondents == 1
    assert counts[:7] == [
        (0, 0, 0, 0, 1),
        (0, 0, 0, 1, 0),
        (0, 0, 1, 0, 0),
        (0, 1, 0, 0, 0),
        (1, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
    ]


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_thanks_come_in_the_language_of_the_form(counter: Desk, language: str) -> None:
    stage, codes = opened()
    reply = counter.post(stage, form(stage, codes[0], 3), language=language)
    assert reply.headers["location"] == f"{language}/lappajarvi/kysely/kiitos/"


@pytest.mark.parametrize("typed", [shown_code, str.lower, lambda one: f" {shown_code(one)} "])
def test_a_code_may_be_typed_with_dashes_spaces_and_small_letters(
    counter: Desk, typed: Any
) -> None:
    stage, codes = opened()
    assert counter.post(stage, form(stage, typed(codes[0]), 3)).said == "thanks"
    assert stage.counted("a")[0] == 1


def test_two_tabs_the_back_button_and_a_retry_count_the_first_answer_alone(counter: Desk) -> None:
    stage, codes = opened()
    first = counter.post(stage, form(stage, codes[0], 5))
    again = [counter.post(stage, form(stage, codes[0], level)) for level in (5, 1, 3)]
    assert {one.said for one in (first, *again)} == {"thanks"}
    assert again[0] == first
    assert stage.counted("a") == (1, [(0, 0, 0, 0, 1)] * QUESTIONS)


def test_a_double_click_counts_once(counter: Desk) -> None:
    stage, codes = opened()
    replies = counter.post_all([(stage, form(stage, codes[0], 4))] * 20)
    assert {one.said for one in replies} == {"thanks"}
    assert stage.counted("a") == (1, [(0, 0, 0, 1, 0)] * QUESTIONS)


def test_many_at_once_are_all_counted_each_in_its_own_group(counter: Desk) -> None:
    stage = staged()
    codes = {slug: stage.codes(slug) for slug in "abc"}
    stage.open()
    forms = [(stage, form(stage, one, 2)) for slug in "abc" for one in codes[slug]]
    assert {one.said for one in counter.post_all(forms)} == {"thanks"}
    assert [stage.counted(slug)[0] for slug in "abc"] == [len(codes[slug]) for slug in "abc"]


def test_a_wrong_a_foreign_and_a_mangled_code_are_told_and_cost_nothing(counter: Desk) -> None:
    stage, codes = opened()
    other, foreign = opened(slug="alajarvi")
    wrong = [new_code(), foreign[0], codes[0][:-1], codes[0] + "A", "", "ÅÄÖ" * 4, "0" * 90]
    assert [counter.post(stage, form(stage, one, 3)).said for one in wrong] == ["wrong_code"] * 7
    assert (stage.counted("a")[0], other.counted("a")[0]) == (0, 0)
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"


def test_a_page_of_a_problem_gets_the_form_as_it_was_sent(counter: Desk) -> None:
    stage, _ = opened()
    sent = form(stage, "K7QM-2XPA-9RTV", 3)
    reply = counter.post(stage, sent, language="/sv")
    problem = counter.problems[0]
    assert (reply.status, problem.slug, problem.language) == (422, "lappajarvi", "sv")
    assert problem.fields == sent
    assert "K7QM" not in repr(problem)


def test_nothing_at_all_answered_is_told_and_the_code_stays_good(counter: Desk) -> None:
    stage, codes = opened()
    assert counter.post(stage, form(stage, codes[0], None)).said == "nothing_answered"
    assert counter.post(stage, form(stage, codes[0], 0)).said == "thanks"


@pytest.mark.parametrize(
    "forged",
    [
        {"q1": "6"},
        {"q1": "-1"},
        {"q1": "1.5"},
        {"q1": "٣"},
        {"q1": " 3"},
        {"q12": "3"},
        {"q99": "3"},
        {"round": "x"},
        {"round": ""},
        {"round": "00000000-0000-4000-8000-000000000000"},
        {"nonce": "<script>"},
        {"link": "x y"},
    ],
)
def test_a_forged_field_is_refused_and_nothing_counted(
    counter: Desk, forged: dict[str, str]
) -> None:
    stage, codes = opened()
    assert counter.post(stage, {**form(stage, codes[0], 3), **forged}).said == "malformed"
    assert stage.counted("a")[0] == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b"q1=%ff",
        b"q1=3&q1=4",
        b"{}",
        b"a=1&" * 200,
        "q1=ä".encode(),
    ],
)
def test_a_body_that_is_no_form_is_refused(counter: Desk, body: bytes) -> None:
    stage, codes = opened()
    whole = f"round={stage.round_id}&code={codes[0]}&".encode() + body if body else body
    assert counter.post(stage, whole).said == "malformed"
    assert stage.counted("a")[0] == 0


def test_a_field_that_the_form_does_not_have_is_left_unread(counter: Desk) -> None:
    stage, codes = opened()
    sent = {**form(stage, codes[0], 3), "email": "somebody@example.org", "q0": "3", "qx": "1"}
    assert counter.post(stage, sent).said == "thanks"
    assert stage.counted("a") == (1, [(0, 0, 1, 0, 0)] * QUESTIONS)


def test_another_kind_of_body_is_refused(counter: Desk) -> None:
    stage, codes = opened()
    for type in ("application/json", "multipart/form-data; boundary=x", ""):
        assert counter.post(stage, form(stage, codes[0], 3), type=type).said == "malformed"


@pytest.mark.parametrize("chunk", [1 << 20, 1000])
def test_a_hundred_thousand_characters_are_the_limit(counter: Desk, chunk: int) -> None:
    stage, codes = opened()
    sent = form(stage, codes[0], 3)
    too_long = counter.post(stage, {**sent, "text": "a" * MOST_BYTES}, chunk=chunk)
    assert (too_long.status, too_long.said) == (413, "too_large")
    assert counter.post(stage, {**sent, "text": "a" * 90_000}, chunk=chunk).said == "thanks"


def test_an_address_opened_again_leads_to_the_form(counter: Desk) -> None:
    stage, _ = opened()
    for method in ("GET", "HEAD", "PUT"):
        reply = counter.post(stage, b"", method=method, language="/sv")
        assert (reply.status, reply.headers["location"]) == (303, "/sv/lappajarvi/kysely/")


def test_an_unknown_municipality_and_one_without_a_round_are_told_apart_from_nothing(
    counter: Desk,
) -> None:
    stage, codes = opened()
    nowhere = Stage(stage.ledger_id, "ei-ole", stage.round_id)
    assert counter.post(nowhere, form(stage, codes[0], 3)).said == "no_municipality"
    draft = staged("alajarvi")
    assert counter.post(draft, form(draft, codes[0], 3)).said == "malformed"
