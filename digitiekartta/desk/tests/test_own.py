"""Omat tehtävät: whose list it is, what can be done in it, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.accounts.models import Person
from digitiekartta.history.models import Entry
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import ProgressNote
from tests.cast import NAMES, Cast
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent
from tests.pages import Page

OWN = "/kauhava/oma/"


def row(cast: Cast) -> str:
    return f"{OWN}{cast.serial}/"


def sent(page: Page, serial: int, **fields: Any) -> dict[str, Any]:
    """What the first form of an action's row carries along, with what is filled in."""
    form = page.all(f"#toimenpide-{serial} form")[0]
    hidden = {name: form.select(f"input[name={name}]")[0]["value"] for name in ("revision", "key")}
    return {**hidden, "status": "ongoing", "text": "", "why": "", **fields}


@pytest.mark.parametrize("name", NAMES)
def test_every_member_has_a_list_and_a_stranger_learns_of_none(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    page = page_client.get(OWN, 404 if name == "stranger" else 200)
    is_own = name in ("responsible", "deputy")
    assert bool(page.all(f"#toimenpide-{cast.serial}")) is is_own


def test_nobody_anonymous_learns_that_there_is_a_list(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.get(OWN, 404)
    page_client.post(row(cast), {"do": "no_change"}, 404)


def test_progress_is_told_in_place(page_client: PageClient, kauhava: Town, cast: Cast) -> None:
    page_client.sign_in(cast["responsible"])
    form = sent(page_client.get(OWN), cast.serial, do="report", text="Kurssit alkoivat.")
    where = page_client.redirect(row(cast), form)
    assert where.startswith(f"{OWN}?tehty=")
    page = page_client.get(where.partition("#")[0])
    assert "1.6" in page.all("#tehty")[0].get_text()
    note = ProgressNote.objects.filter(action__serial=cast.serial).latest("noted_on", "revision")
    assert (note.text, note.on_behalf) == ({"fi": "Kurssit alkoivat."}, False)
    assert Entry.objects.latest("revision").actor == cast["responsible"].pk


@pytest.mark.database
def test_no_change_is_one_press(page_client: PageClient, kauhava: Town, cast: Cast) -> None:
    page_client.sign_in(cast["deputy"])
    form = sent(page_client.get(OWN), cast.serial, do="no_change")
    page_client.redirect(row(cast), form)
    note = ProgressNote.objects.filter(action__serial=cast.serial).latest("noted_on", "revision")
    assert note.text == {"fi": "Ei muutosta.", "sv": "Ingen förändring."} | (
        {"en": "No change."} if "en" in note.text else {}
    )
    page_client.redirect(row(cast), form)
    assert Entry.objects.filter(actor=cast["deputy"].pk).count() == 1


def test_what_is_wrong_is_told_in_the_row_and_what_was_typed_is_kept(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["responsible"])
    form = sent(page_client.get(OWN), cast.serial, do="report", why="Säilyykö?" + "x" * 600)
    page = page_client.post(row(cast), form, 422)
    card = page.all(f"#toimenpide-{cast.serial}")[0]
    assert "Säilyykö?" in card.get_text()
    assert card.select("[aria-invalid=true]")
    assert not Entry.objects.filter(actor=cast["responsible"].pk).exists()


def test_a_late_action_is_not_left_without_a_reason(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    action = kauhava.action("1.6")
    type(action).objects.filter(pk=action.pk).update(reason={})
    page_client.sign_in(cast["responsible"])
    form = sent(page_client.get(OWN), cast.serial, do="no_change")
    page = page_client.post(row(cast), form, 422)
    assert page.all(f"#t{cast.serial}-why-error")
    page_client.redirect(row(cast), {**form, "do": "report", "why": "Toimittaja myöhästyi."})
    assert kauhava.action("1.6").reason["fi"] == "Toimittaja myöhästyi."


def test_an_assignment_is_accepted_objected_to_and_the_objection_taken_back(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    action = kauhava.action("1.6")
    person = action.person_id
    for id in (None, person):
        services.name_person(
            ledger_id=kauhava.ledger_id, intent=intent(), action_id=action.pk, person_id=id
        )
    page_client.sign_in(cast["responsible"])
    page = page_client.get(OWN)
    assert "23.12.2026" in page.all(f"#toimenpide-{cast.serial}")[0].get_text()
    form = sent(page, cast.serial)
    page_client.post(row(cast), {**form, "do": "object", "objection": ""}, 422)
    page_client.redirect(row(cast), {**form, "do": "object", "objection": "Ei kuulu meille."})
    assert kauhava.action("1.6").objection == {"fi": "Ei kuulu meille."}
    again = sent(page_client.get(OWN), cast.serial, do="withdraw")
    page_client.redirect(row(cast), again)
    page_client.redirect(row(cast), sent(page_client.get(OWN), cast.serial, do="accept"))
    after = kauhava.action("1.6")
    assert (after.accepted_on, after.objection) == (NOW.date(), {})


def test_the_sector_names_a_person_for_what_has_none(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    action = kauhava.action("1.6")
    services.name_person(
        ledger_id=kauhava.ledger_id, intent=intent(), action_id=action.pk, person_id=None
    )
    page_client.sign_in(cast["head"])
    page = page_client.get(OWN)
    person = Person.objects.get(name="deputy")
    form = sent(page, cast.serial, do="person", person=str(person.pk))
    page_client.redirect(row(cast), form)
    assert kauhava.action("1.6").person == person


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"responsible", "deputy", "team", "head"}))
def test_nobody_writes_to_what_is_not_hers(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast["responsible"])
    form = sent(page_client.get(OWN), cast.serial, do="no_change")
    page_client.sign_in(cast[name])
    page_client.post(row(cast), form, 404)


def test_nonsense_is_refused(page_client: PageClient, kauhava: Town, cast: Cast) -> None:
    page_client.sign_in(cast["responsible"])
    form = sent(page_client.get(OWN), cast.serial)
    page_client.post(row(cast), {**form, "do": "delete"}, 400)
    page_client.post(row(cast), {"do": "accept"}, 400)
    assert page_client.redirect(row(cast)) == OWN
