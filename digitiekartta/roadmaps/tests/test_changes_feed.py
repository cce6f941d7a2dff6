"""The Atom feed of decisions, progress and schedule changes."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from tests.kauhava import Town, intent, text

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _feed(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def _texts(feed: ElementTree.Element, path: str) -> list[str]:
    return [one.text or "" for one in feed.findall(path)]


@pytest.mark.parametrize(
    ("prefix", "language", "title"),
    [
        ("", "fi", "Kauhavan digitiekartta: muutokset"),
        ("/sv", "sv", "Kauhavas digitala färdplan: ändringar"),
        ("/en", "en", "Kauhava's digital roadmap: changes"),
    ],
)
def test_the_feed_is_atom_in_each_language(
    client: Client, kauhava: Town, prefix: str, language: str, title: str
) -> None:
    feed = _feed(client, f"{prefix}/kauhava/muutokset/syote.atom")
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == language
    assert feed.findtext(f"{ATOM}title") == title
    own = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert own == [f"http://testserver{prefix}/kauhava/muutokset/syote.atom"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Kauhava"


def test_every_entry_has_what_atom_asks_for(client: Client, kauhava: Town) -> None:
    feed = _feed(client, "/kauhava/muutokset/syote.atom")
    entries = feed.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= 50
    times = []
    for one in entries:
        assert one.findtext(f"{ATOM}title")
        assert (one.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        link = one.find(f"{ATOM}link")
        assert link is not None
        assert (link.get("href") or "").startswith("http://testserver/kauhava/")
        times.append(datetime.datetime.fromisoformat(one.findtext(f"{ATOM}updated") or ""))
    assert all(time.tzinfo is not None for time in times)
    assert times == sorted(times, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == times[0].isoformat()


def test_ids_are_the_same_at_every_reading_and_differ_by_language(
    client: Client, kauhava: Town
) -> None:
    address = "/kauhava/muutokset/syote.atom"
    ids = _texts(_feed(client, address), f"{ATOM}entry/{ATOM}id")
    assert ids == _texts(_feed(client, address), f"{ATOM}entry/{ATOM}id")
    assert len(set(ids)) == len(ids)
    assert not set(ids) & set(_texts(_feed(client, f"/sv{address}"), f"{ATOM}entry/{ATOM}id"))


def test_decisions_progress_and_schedule_changes_are_there(client: Client, kauhava: Town) -> None:
    titles = _texts(_feed(client, "/kauhava/muutokset/syote.atom"), f"{ATOM}entry/{ATOM}title")
    assert "Johtoryhmä: Vuosipäivitys hyväksyttiin" in titles
    assert "2.6 Yksi sovellus varhaiskasvatukseen: Tauolla" in titles
    assert "2.4 Intranet uusitaan: aikataulu muuttui" in titles


def test_each_move_of_an_action_is_told_with_the_schedule_of_its_time(
    client: Client, lappajarvi: Town
) -> None:
    for first, last in ((1, 1), (1, 2)):
        services.reschedule_action(
            ledger_id=lappajarvi.ledger_id,
            intent=intent("Syy."),
            action_id=lappajarvi.action("1").pk,
            span=Span(HalfYear(2027, first), HalfYear(2027, last)),
        )
    feed = _feed(client, "/lappajarvi/muutokset/syote.atom")
    told = [one.replace("\u00a0", " ") for one in _texts(feed, f"{ATOM}entry/{ATOM}summary")]
    assert sorted(told) == [
        "heinäkuu 2026 – kesäkuu 2027 → tammi–kesä 2027. Syy.",
        "tammi–kesä 2027 → tammi–joulu 2027. Syy.",
    ]


def test_where_a_body_decides_schedules_a_proposed_one_is_not_told(
    client: Client, lappajarvi: Town
) -> None:
    municipalities.change_settings(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        authorities={"action.first": "management", "action.last": "management"},
    )
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("Syy."),
        action_id=lappajarvi.action("1").pk,
        span=Span(HalfYear(2027, 1), HalfYear(2027, 1)),
    )
    assert not _feed(client, "/lappajarvi/muutokset/syote.atom").findall(f"{ATOM}entry")


def test_signs_that_xml_can_not_hold_are_left_out(client: Client, lappajarvi: Town) -> None:
    services.reword_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        texts={"title": text("<b>&\x0b\x1b]]>Nimi")},
    )
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("<script>\x08"),
        action_id=lappajarvi.action("1").pk,
        span=Span(HalfYear(2027, 1), HalfYear(2027, 1)),
    )
    (title,) = _texts(_feed(client, "/lappajarvi/muutokset/syote.atom"), f"{ATOM}entry/{ATOM}title")
    assert title == "1 <b>&]]>Nimi: aikataulu muuttui"


def test_a_municipality_without_anything_yet_has_an_empty_feed(
    client: Client, lappajarvi: Town
) -> None:
    feed = _feed(client, "/lappajarvi/muutokset/syote.atom")
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")
