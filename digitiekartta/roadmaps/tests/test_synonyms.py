"""Words of the same meaning: the data, and what a search finds by it."""

from __future__ import annotations

import re

import pytest

from digitiekartta.roadmaps.pages.search import search_page
from digitiekartta.roadmaps.search import search_actions
from digitiekartta.roadmaps.synonyms import groups_of, synonyms_of
from digitiekartta.roadmaps.word_forms import word
from tests.fixtures import PageClient
from tests.kauhava import Town

LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_at_least_two_single_words_each_once(language: str) -> None:
    groups = groups_of(language)
    assert len(groups) > 80
    faults = [
        group
        for group in groups
        if len(group) < 2 or len(set(group)) < len(group) or any(re.search(r"\W", w) for w in group)
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("language", "asked", "same"),
    [
        ("fi", "päivähoito", "varhaiskasvatus"),
        ("fi", "päivähoidon", "varhaiskasvatus"),
        ("fi", "varhaiskasvatuksessa", "päivähoito"),
        ("fi", "koulut", "perusopetus"),
        ("fi", "kännykällä", "puhelin"),
        ("fi", "nettisivut", "verkkosivu"),
        ("fi", "budjetin", "talousarvio"),
        ("sv", "dagvården", "småbarnspedagogik"),
        ("sv", "fakturor", "räkning"),
        ("en", "kindergartens", "childcare"),
    ],
)
def test_a_word_in_any_form_has_its_synonyms(language: str, asked: str, same: str) -> None:
    assert same in {one.written for one in synonyms_of(word(asked, language))}


@pytest.mark.parametrize("asked", ["lupaus", "kissa", "koulupaikka", "2026"])
def test_most_words_have_none(asked: str) -> None:
    assert synonyms_of(word(asked, "fi")) == ()


def test_a_language_without_a_file_has_none() -> None:
    assert synonyms_of(word("koulu", "se")) == ()


@pytest.mark.parametrize(
    ("query", "language", "number"),
    [
        ("päivähoito", "fi", "2.6"),
        ("lupa", "fi", "4.6"),
        ("nettisivut", "fi", "4.4"),
        ("budjetti", "fi", "2.7"),
        ("dagis", "sv", "2.6"),
        ("daycare", "en", "2.6"),
    ],
)
def test_an_everyday_word_finds_what_the_office_calls_otherwise(
    kauhava: Town, query: str, language: str, number: str
) -> None:
    plan = kauhava.plan()
    found = (plan.action_by_id(id) for id in search_actions(plan, query, language))
    assert number in [one.number for one in found if one is not None]


def test_the_word_itself_comes_before_its_synonyms(kauhava: Town) -> None:
    page = search_page(kauhava.plan(), "intranet", "fi")
    assert "".join(piece.text for piece in page.groups[0].hits[0].title).startswith("2.4")


def test_the_page_tells_which_other_words_were_searched(
    page_client: PageClient, kauhava: Town
) -> None:
    page = page_client.get("/kauhava/haku/?q=p%C3%A4iv%C3%A4hoito")
    assert "Haettiin myös samaa tarkoittavilla sanoilla: varhaiskasvatus" in page.text("#tulokset")
    assert page.has("mark")
    assert "samaa tarkoittavilla" not in page_client.get("/kauhava/haku/?q=kissanruoka").text()
