"""Asetukset: what is changed is in the log, told afterwards, and shows where it is read."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from digitiekartta.accounts.models import Person
from digitiekartta.history.models import Entry, Ledger
from digitiekartta.municipalities import logo
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Framework, Membership, Municipality, Party
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.municipalities.rules import BrokenSetting, Role, SettingError
from digitiekartta.roadmaps.models import Action
from tests.fixtures import PageClient
from tests.kauhava import TODAY, Town, add_action, intent
from tests.settings_desk import filled
from tests.test_settings_permissions import member

pytestmark = pytest.mark.database
HERE = "/lappajarvi/asetukset/"


@pytest.fixture
def desk(page_client: PageClient, lappajarvi: Town) -> PageClient:
    """The coordinator of Lappajärvi."""
    page_client.sign_in(member(lappajarvi, Role.COORDINATOR, "koordinaattori@example.test"))
    return page_client


def test_a_change_is_told_afterwards_and_stands_in_the_log_with_its_maker(
    desk: PageClient, lappajarvi: Town
) -> None:
    page = desk.get(HERE + "perustiedot/")
    led = desk.redirect(HERE + "perustiedot/", filled(page, contact="kirjaamo@example.test"))
    after = desk.get(led)
    assert "kirjaamo@example.test" in after.text(".done-notice")
    assert "koordinaattori@example.test" in after.text(".last-change")
    entry = Entry.objects.filter(ledger_id=lappajarvi.ledger_id).latest("revision")
    assert entry.kind == "change_settings"
    assert [change[2] for change in entry.changes] == ["contact"]
    assert "koordinaattori@example.test" in desk.get(HERE).text()


def test_a_change_can_be_looked_at_before_it_is_saved(desk: PageClient, lappajarvi: Town) -> None:
    page = desk.get(HERE + "perustiedot/")
    before = Ledger.objects.get(pk=lappajarvi.ledger_id).revision
    seen = desk.post(HERE + "perustiedot/", filled(page, contact="uusi@example.test", katso="1"))
    assert "uusi@example.test" in seen.text(".told")
    assert Ledger.objects.get(pk=lappajarvi.ledger_id).revision == before
    assert seen.one("[name=contact]")["value"] == "uusi@example.test"


def test_a_mistake_keeps_what_was_typed(desk: PageClient) -> None:
    page = desk.get(HERE + "perustiedot/")
    sent = filled(page, name_fi="", website="ei osoite", contact="Kirjaamo")
    again = desk.post(HERE + "perustiedot/", sent, status=422)
    assert len(again.all(".error-summary li")) == 2
    assert again.one("[name=contact]")["value"] == "Kirjaamo"


def test_what_somebody_else_changed_meanwhile_is_shown_beside_ones_own(
    desk: PageClient, lappajarvi: Town
) -> None:
    page = desk.get(HERE + "perustiedot/")
    municipalities.change_settings(
        ledger_id=lappajarvi.ledger_id, intent=intent(), contact="toinen@example.test"
    )
    mine = filled(page, contact="minun@example.test")
    asked = desk.post(HERE + "perustiedot/", mine, status=409)
    assert "toinen@example.test" in asked.text(".told")
    assert asked.one("[name=contact]")["value"] == "minun@example.test"
    desk.redirect(HERE + "perustiedot/", filled(asked))
    assert Municipality.objects.get(slug="lappajarvi").contact == "minun@example.test"


def test_only_a_coordinator_changes_settings_even_past_the_pages(lappajarvi: Town) -> None:
    account = member(lappajarvi, Role.TEAM, "t@example.test")
    writer = intent()
    for_team = type(writer)(actor=account.pk, at=writer.at)
    with pytest.raises(NotAllowedError):
        municipalities.change_settings(
            ledger_id=lappajarvi.ledger_id, intent=for_team, colour="#000000"
        )


def test_a_feature_that_is_off_is_nowhere(desk: PageClient, lappajarvi: Town) -> None:
    page = desk.get(HERE + "toiminnot/")
    sent = filled(page, levels=None, surveys=None, ideas=None)
    desk.redirect(HERE + "toiminnot/", sent)
    anybody = Client()
    for path in ("tasot/", "kysely/", "kysely/tulokset/"):
        answer = anybody.get(f"/lappajarvi/{path}")
        assert answer.status_code == 404, path
    for path in ("kyselyt/", "tasot/tavoitteet/"):
        assert desk.client.get(f"/lappajarvi/{path}").status_code == 404, path
    for path in (
        "",
        "toimenpiteet/",
        "toimenpiteet/1/",
        "tavoitteet/",
        "muutokset/",
        "haku/?q=tasot",
    ):
        content = anybody.get(f"/lappajarvi/{path}").content.decode()
        assert "/lappajarvi/tasot/" not in content, path
        assert "/lappajarvi/kysely/" not in content, path
    sent = filled(desk.get(HERE + "toiminnot/"), levels="on")
    desk.redirect(HERE + "toiminnot/", sent)
    assert anybody.get("/lappajarvi/tasot/").status_code == 200


def test_the_municipalitys_own_word_stands_wherever_a_status_is_shown(
    desk: PageClient, lappajarvi: Town
) -> None:
    page = desk.get(HERE + "sanat/")
    desk.redirect(HERE + "sanat/", filled(page, waiting_for_money_fi="Vailla rahaa"))
    anybody = Client()
    for path in ("", "toimenpiteet/", "toimenpiteet/?nakyma=lista", "toimenpiteet/1/"):
        content = anybody.get(f"/lappajarvi/{path}").content.decode()
        assert "Vailla rahaa" in content, path


def test_a_sector_is_added_moved_and_ended(desk: PageClient, lappajarvi: Town) -> None:
    page = desk.get(HERE + "organisaatio/luettelo/")
    lines = "Tekniset palvelut; 1 20\nSivistystoimi; 7\n\nHallinto\t12"
    desk.redirect(HERE + "organisaatio/luettelo/", filled(page, lines=lines))
    parties = {one.name["fi"]: one for one in Party.objects.filter(ledger_id=lappajarvi.ledger_id)}
    assert parties["Tekniset palvelut"].headcount == 120
    assert parties["Hallinto"].headcount == 12
    assert parties["Sivistystoimi"].headcount is None, "what is there already is passed over"
    school, admin = parties["Sivistystoimi"], parties["Hallinto"]
    page = desk.get(f"{HERE}tahot/{school.pk}/")
    desk.redirect(f"{HERE}tahot/{school.pk}/", filled(page, parent=str(admin.pk)))
    refused = filled(desk.get(f"{HERE}tahot/{admin.pk}/"), parent=str(school.pk))
    desk.post(f"{HERE}tahot/{admin.pk}/", refused, status=422)
    page = desk.get(f"{HERE}tahot/{admin.pk}/paata/")
    desk.post(f"{HERE}tahot/{admin.pk}/paata/", filled(page), status=422)
    page = desk.get(f"{HERE}tahot/{school.pk}/paata/")
    desk.redirect(f"{HERE}tahot/{school.pk}/paata/", filled(page))
    assert Party.objects.get(pk=school.pk).ended_on == TODAY
    assert "Sivistystoimi" not in Client().get("/lappajarvi/toimintamalli/").content.decode()


def test_the_last_coordinator_cannot_be_taken_away(desk: PageClient, lappajarvi: Town) -> None:
    held = Membership.objects.get(ledger_id=lappajarvi.ledger_id, role=Role.COORDINATOR)
    page = desk.get(HERE + "jasenet/")
    assert not page.has("[name=membership]")
    sent = {"revision": 1, "key": uuid4(), "membership": str(held.pk)}
    desk.post(HERE + "jasenet/", sent, status=422)
    assert Membership.objects.filter(pk=held.pk).exists()
    second = member(lappajarvi, Role.TEAM, "toinen@example.test")
    page = desk.get(HERE + "jasenet/")
    form = {"revision": sent["revision"], "key": uuid4()}
    form |= {"account": str(second.pk), "role": "coordinator", "party": ""}
    desk.redirect(HERE + "jasenet/", form)
    sent = {"revision": 99, "key": uuid4(), "membership": str(held.pk)}
    desk.redirect(HERE + "jasenet/", sent)
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_a_role_is_given_to_nobody_from_outside(lappajarvi: Town) -> None:
    stranger = member(lappajarvi, None, "vieras@example.test")
    with pytest.raises(SettingError) as refused:
        municipalities.assign_role(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            account_id=stranger.pk,
            role=Role.TEAM,
            party_id=None,
        )
    assert refused.value.rule is BrokenSetting.STRANGER


def test_what_was_a_persons_who_left_is_without_a_person(
    desk: PageClient, lappajarvi: Town
) -> None:
    account = member(lappajarvi, Role.HEAD, "johtaja@example.test")
    receipt = municipalities.add_person(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        name="Toimialajohtaja",
        account_id=account.pk,
    )
    municipalities.change_settings(
        ledger_id=lappajarvi.ledger_id, intent=intent(), shows_names=True
    )
    id = add_action(lappajarvi, "7")
    Action.objects.filter(pk=id).update(person_id=receipt.entity_id)
    from digitiekartta.history import queries  # noqa: PLC0415 -- the row was set past the log

    queries.forget()
    assert [one.person_name for one in lappajarvi.plan().actions if one.number == "7"] == [
        "Toimialajohtaja"
    ]
    at = f"{HERE}henkilot/{receipt.entity_id}/lahtenyt/"
    page = desk.get(at)
    assert "Toimialajohtaja" in page.text()
    desk.redirect(at, filled(page))
    assert [one.person_name for one in lappajarvi.plan().actions if one.number == "7"] == [None]
    person = Person.objects.get(pk=receipt.entity_id)
    assert (person.left_on, person.account) == (TODAY, None)
    assert not Membership.objects.filter(account=account.pk).exists()


def test_a_question_that_was_answered_is_asked_otherwise_only_in_a_new_version(
    kauhava: Town, page_client: PageClient
) -> None:
    page_client.sign_in(member(kauhava, Role.COORDINATOR, "k@example.test"))
    at = "/kauhava/asetukset/nakokulmat/"
    page = page_client.get(at)
    changed = {"n1-question_fi": "Uusi kysymys", "n2-short_name_fi": "Laitteet"}
    page_client.redirect(at, filled(page, **changed))
    old, new = Framework.objects.filter(ledger_id=kauhava.ledger_id).order_by("version")
    asked = [one.perspectives.get(number=1).question["fi"] for one in (old, new)]
    assert asked[0] != "Uusi kysymys"
    assert asked[1] == "Uusi kysymys"
    assert {one.perspectives.get(number=2).short_name["fi"] for one in (old, new)} == {"Laitteet"}


def test_moving_authority_needs_a_reason_and_shows_in_the_rights(
    desk: PageClient, lappajarvi: Town
) -> None:
    at = HERE + "paatosvalta/"
    sent = filled(desk.get(at)) | {"action.first": "management"}
    again = desk.post(at, sent, status=422)
    assert again.one("[id='f-action.first'] [selected]")["value"] == "management"
    desk.redirect(at, sent | {"reason": "Johtoryhmän päätös"})
    held = Municipality.objects.get(slug="lappajarvi").authorities
    assert held == {"action.first": "management"}
    row = desk.get(HERE + "oikeudet/").text("#reschedule")
    assert "Voimassa, kun johtoryhmä on päättänyt" in row


SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"
 onload="alert(1)"><script>alert(1)</script><style>@import url(http://x)</style>
 <a href="http://paha.example"><rect width="9" height="9"/></a>
 <foreignObject><p>teksti</p></foreignObject><image href="http://paha.example/x.png"/>
 <rect width="9" height="9" fill="url(http://paha.example#a)" style="fill:#123;stroke:url(//x)"/>
 <use href="#a"/><use href="http://paha.example#a"/></svg>"""


def test_a_logo_is_drawn_anew_kept_outside_and_served_as_nothing_but_a_picture(
    desk: PageClient, settings: object, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    page = desk.get(HERE + "ulkoasu/")
    file = SimpleUploadedFile("../../vaakuna.SVG", SVG, "text/html")
    desk.redirect(HERE + "ulkoasu/", filled(page, logo=file, colour="#7a1f3d"))
    held = Municipality.objects.get(slug="lappajarvi")
    kept = (tmp_path / "uploads" / "logos" / held.logo).read_bytes()
    for bad in (b"script", b"onload", b"import", b"paha", b"foreign", b"image", b"//x", b"<a"):
        assert bad not in kept, bad
    assert b"fill" in kept
    home = Client().get("/lappajarvi/").content.decode()
    address = f"/lappajarvi/tunnus/{held.logo}"
    assert address in home
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for wrong in ("../secret_key", "0" * 32 + ".svg", held.logo + "x"):
        assert Client().get(f"/lappajarvi/tunnus/{wrong}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("kuva.gif", b"GIF89a", logo.LogoFault.TYPE),
        ("kuva.svg.exe", SVG, logo.LogoFault.TYPE),
        ("kuva.png", SVG, logo.LogoFault.TYPE),
        ("kuva.svg", b"<html><body/></html>", logo.LogoFault.TYPE),
        ("kuva.svg", b"<!DOCTYPE a [<!ENTITY b 'c'>]><svg/>", logo.LogoFault.BROKEN),
        ("kuva.svg", b"<svg", logo.LogoFault.BROKEN),
        ("kuva.svg", b"", logo.LogoFault.SIZE),
        ("kuva.svg", b" " * (logo.MOST_BYTES + 1), logo.LogoFault.SIZE),
        (
            "kuva.png",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00",
            logo.LogoFault.SIZE,
        ),
        ("kuva.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", logo.LogoFault.BROKEN),
        ("kuva.jpg", b"\xff\xd8\xff\xe0\x00\x10" + b"\x00" * 20, logo.LogoFault.BROKEN),
    ],
)
def test_a_file_that_is_no_small_picture_is_refused(
    name: str, content: bytes, fault: logo.LogoFault
) -> None:
    with pytest.raises(logo.LogoError) as refused:
        logo.checked(name, content)
    assert refused.value.fault is fault
