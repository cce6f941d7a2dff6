"""Forms of words: a table of pairs that are the same word, part of it, or another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.roadmaps.word_forms import likeness, resemblance, word, words_in

SAME = {
    "fi": """
        toimenpiteitä/toimenpide toimenpiteet/toimenpide toimenpide/toimenpiteiden
        lomakkeet/lomake lomake/lomakkeita lomakkeella/lomakkeet
        kouluissa/koulu koulu/kouluissa koulujen/kouluista
        kaupungissa/kaupunki kaupunki/kaupungin kunta/kunnan kunnat/kunta
        tieto/tiedon tiedot/tieto tietoa/tiedolla tietovaranto/tietovarannot
        digitaidot/digitaito digitaitoja/digitaitojen asukas/asukkaat asukkaiden/asukas
        asukasta/asukkaille palvelut/palvelujen palveluita/palvelu määräraha/määrärahoja
        määrärahat/määräraha päätökset/päätös päätöksiä/päätöksen paatos/päätös
        henkilöstö/henkilöstön vastuutahot/vastuutaho kysely/kyselyyn kyselyt/kysely
        mittarit/mittareita tavoite/tavoitteet tavoitteita/tavoite kokous/kokouksia
        laitteet/laite ohje/ohjeet ohjeita/ohje opas/oppaat oppaan/opas tekoäly/tekoälyn
        lapset/lapsi lasten/lapsi verkko/verkossa verkot/verkon sivut/sivuilla
        viestintä/viestinnän tehtävät/tehtävä osaaminen/osaamisen osaamista/osaaminen
        rakennukset/rakennus lupa/luvat luvat/lupien anturit/antureita
        kiinteistöjen/kiinteistö sähköinen/sähköiset sähköiset/sähköisten
        varhaiskasvatus/varhaiskasvatuksessa päiväkoti/päiväkodit päiväkodin/päiväkoti
        intranet/intranetin hinta/hinnat käyttäjä/käyttäjien työntekijä/työntekijöille
        vanhemmat/vanhempien yhteistyö/yhteistyössä varaus/varaukset maksu/maksut
        kirjasto/kirjastoissa kirjastot/kirjasto liikunta/liikunnan nuoret/nuorten
        johtoryhmä/johtoryhmän tietosuoja/tietosuojan koulutus/koulutukset
        koulutuksia/koulutus hanke/hankkeet hankkeita/hanke hankinta/hankinnat
        sopimus/sopimukset aloite/aloitteet aänestys/äänestys raportti/raportit
        raportin/raportti budjetti/budjetin talousarvio/talousarvioon ruoka/ruoan
        katu/kadut ranta/rannat silta/sillat apu/avun vesi/veden kieli/kielet nimi/nimen
        lupaus/lupauksia lupaukset/lupausten tilaus/tilauksia varaus/varausten varat/vara
        lupaus/lupauksen osa/osat osaaminen/osaamisesta
        uusi/uuden oikeus/oikeuden terveys/terveyden tila/tilojen nopea/nopeat
    """,
    "sv": """
        åtgärder/åtgärd åtgärden/åtgärderna blankett/blanketter blanketterna/blankett
        skolorna/skola skolan/skolor stad/städer staden/stad beslut/besluten anslag/anslaget
        invånare/invånarna mål/målen kompetens/kompetensen enkät/enkäten tjänster/tjänst
        bok/böcker bibliotek/biblioteken barn/barnen avgift/avgifter kommunen/kommun
        uppgifter/uppgift möte/mötet möten/möte nät/nätet ansvarig/ansvariga invanare/invånare
    """,
    "en": """
        actions/action forms/form schools/school surveys/survey decisions/decision
        libraries/library cities/city parties/party approve/approved children/child
    """,
}
PART = {
    "fi": """
        lomake/hakulomakkeella lomakkeet/paperilomakkeet koulu/peruskoulujen koulu/alakoulu
        laite/oppilaslaitteet lupa/rakennusluvat lupia/rakennuslupa anturi/olosuhdeanturit
        raken/rakennus lupa/lupahakemus tila/tilavaraus
        osa/osavuosikatsaus
        intra/intranet digi/digitaidot verkko/verkkosivut koulu/koulupaikat
    """,
    "sv": "skola/grundskolan tjänst/tjänstemän blankett/pappersblanketterna",
    "en": "school/schoolwork",
}
OTHER = {
    "fi": """
        toimenpide/toimiala koulu/kuulua kunta/kuntoutus digitiimi/digitaito tili/tila
        ranta/raha lupa/kuuluvat lupa/koulupaikat kissa/koira ja/jalka
        lupa/lupaus luvat/lupaus lupa/lupaukset lupia/lupauksia lupa/lupauksen lupaus/luvat
        lupaukset/lupa tila/tilaus tilat/tilaukset vara/varaus varat/varauksia osa/osaaminen
        osat/osaamista kirja/kirjaus koulu/koulutus koulut/koulutuksia maksu/maksimi
    """,
    "sv": "skola/skruv kommun/kommitté",
    "en": "form/information form/platform action/fraction city/capacity",
}


def _pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (language, *pair.split("/", 1))  # type: ignore[misc]
        for language, pairs in table.items()
        for pair in pairs.split()
    ]


@pytest.mark.parametrize(("language", "asked", "found"), _pairs(SAME))
def test_forms_of_one_word_are_found_by_each_other(language: str, asked: str, found: str) -> None:
    assert likeness(word(asked, language), word(found, language)) >= 0.85
    assert likeness(word(found, language), word(asked, language)) >= 0.85


@pytest.mark.parametrize(("language", "asked", "found"), _pairs(PART))
def test_a_part_of_a_word_finds_it_less_surely(language: str, asked: str, found: str) -> None:
    assert 0 < likeness(word(asked, language), word(found, language)) < 0.85


@pytest.mark.parametrize(("language", "asked", "found"), _pairs(OTHER))
def test_another_word_is_not_found(language: str, asked: str, found: str) -> None:
    assert likeness(word(asked, language), word(found, language)) == 0


@pytest.mark.parametrize(
    ("asked", "found", "like"), [("3.4", "3.4", 1), ("3.4", "3.40", 0), ("2026", "2027", 0)]
)
def test_numbers_are_found_as_they_are(asked: str, found: str, like: int) -> None:
    assert likeness(word(asked, "fi"), word(found, "fi")) == like
    assert resemblance(word(asked, "fi"), word(found, "fi")) == 0


@pytest.mark.parametrize(
    ("asked", "found", "like"),
    [("palvelimet", "palvelin", True), ("koulutta", "koulut", True), ("kissa", "koira", False)],
)
def test_the_last_resort_is_a_long_common_beginning(asked: str, found: str, like: bool) -> None:
    assert bool(resemblance(word(asked, "fi"), word(found, "fi"))) is like


def test_words_and_numbers_are_taken_from_a_text() -> None:
    assert words_in("3.4 PDF-lomakkeet, (30 yleisintä)!") == [
        "3.4", "PDF", "lomakkeet", "30", "yleisintä",
    ]  # fmt: skip


@given(st.text(max_size=30), st.sampled_from(["fi", "sv", "en", "xx"]))
def test_any_word_is_like_itself(written: str, language: str) -> None:
    for one in words_in(written):
        assert likeness(word(one, language), word(one, language)) == 1
