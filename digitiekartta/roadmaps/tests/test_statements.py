"""Saavutettavuus and Tietosuoja: from the municipality's own details, with no untested claim."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from digitiekartta.municipalities import services as municipalities
from digitiekartta.roadmaps.pages.statements import contact_of, statement_page
from tests.fixtures import PageClient
from tests.kauhava import Town, intent

PAGES = ("", "tasot/", "toimenpiteet/", "tavoitteet/", "muutokset/", "toimintamalli/", "haku/?q=a")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("kirjaamo@kauhava.fi", "mailto:kirjaamo@kauhava.fi"),
        ("(06) 2412 0000", "tel:0624120000"),
        ("+358 6 2412 0000", "tel:+358624120000"),
        ("https://www.kauhava.fi/palaute", "https://www.kauhava.fi/palaute"),
        ("Kirjaamo, Kauppatie 109", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_contact_is_followed_where_it_can_be(written: str, href: str) -> None:
    contact = contact_of(written)
    assert contact is not None
    assert (contact.text, contact.href) == (written, href)


def test_without_a_contact_there_is_none() -> None:
    assert contact_of("  ") is None


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [(None, True), ("2025-12-08", True), ("2025-12-09", False), ("2026-11-01", False)],
)
def test_a_review_is_due_after_a_year(kauhava: Town, reviewed: str | None, due: bool) -> None:
    municipalities.change_settings(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        accessibility_reviewed_on=datetime.date.fromisoformat(reviewed) if reviewed else None,
    )
    assert statement_page(kauhava.plan()).review_is_due is due


@pytest.mark.parametrize(
    ("prefix", "heading", "authority", "site"),
    [
        (
            "",
            "Saavutettavuusseloste",
            "Liikenne- ja viestintävirasto Traficom",
            "https://www.saavutettavuusvaatimukset.fi",
        ),
        (
            "/sv",
            "Tillgänglighetsutlåtande",
            "Transport- och kommunikationsverket Traficom",
            "https://www.tillganglighetskrav.fi",
        ),
        (
            "/en",
            "Accessibility statement",
            "Finnish Transport and Communications Agency Traficom",
            "https://www.webaccessibility.fi",
        ),
    ],
)
def test_the_accessibility_statement_has_what_the_law_asks_for(
    page_client: PageClient, kauhava: Town, prefix: str, heading: str, authority: str, site: str
) -> None:
    page = page_client.get(f"{prefix}/kauhava/saavutettavuus/")
    assert page.h1 == heading
    assert "306/2019" in page.text()
    assert "14" in page.text("#palaute")
    assert authority in page.text("#valvonta")
    assert page.has(f'#valvonta a[href="{site}"]')


def test_the_statement_does_not_claim_what_nobody_has_checked(
    page_client: PageClient, kauhava: Town
) -> None:
    assert "ei ole auditoitu" in page_client.get("/kauhava/saavutettavuus/").text("#tila")


@pytest.mark.parametrize("name", ["saavutettavuus", "tietosuoja"])
def test_a_missing_contact_is_told_and_a_given_one_shown(
    page_client: PageClient, kauhava: Town, name: str
) -> None:
    assert page_client.get(f"/kauhava/{name}/").has(".missing")
    municipalities.change_settings(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        contact="kirjaamo@kauhava.fi",
        accessibility_reviewed_on=datetime.date(2026, 10, 1),
    )
    page = page_client.get(f"/kauhava/{name}/")
    assert page.has('a[href="mailto:kirjaamo@kauhava.fi"]')
    assert not page.has(".missing")


@pytest.mark.parametrize(
    ("prefix", "heading"), [("", "Tietosuoja"), ("/sv", "Dataskydd"), ("/en", "Privacy")]
)
def test_the_privacy_page_in_each_language(
    page_client: PageClient, kauhava: Town, prefix: str, heading: str
) -> None:
    page = page_client.get(f"{prefix}/kauhava/tietosuoja/")
    assert page.h1 == heading
    assert "Kauhava" in page.text(".facts")


def test_reading_the_pages_sets_no_cookie_as_the_privacy_page_says(
    client: Client, kauhava: Town
) -> None:
    for page in (*PAGES, "saavutettavuus/", "tietosuoja/", "muutokset/syote.atom", "ei-ole/"):
        client.get(f"/kauhava/{page}")
    assert not client.cookies
