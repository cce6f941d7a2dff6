"""Editing an action in place: who may, what is saved, what is refused, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.history.models import Entry
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Funding
from digitiekartta.roadmaps.views.edits import EDITS
from tests.cast import NAMES, Cast
from tests.fixtures import PageClient
from tests.kauhava import Town, intent
from tests.pages import Page

KEEPERS = {"coordinator", "team"}
SECTOR = {"team", "head"}
OWN = {"responsible", "deputy"}
MAY = {
    "aikataulu": KEEPERS,
    "jaa": KEEPERS,
    "sanamuoto": KEEPERS,
    "vastuu": KEEPERS,
    "henkilo": KEEPERS | SECTOR,
    "hyvaksynta": SECTOR | OWN,
    "vastalause": SECTOR | OWN,
    "vastalauseen-peruminen": SECTOR | OWN,
    "eteneminen": {"coordinator"} | SECTOR | OWN,
    "tauolle": {"coordinator"} | SECTOR | OWN,
    "jatka": {"coordinator"} | SECTOR | OWN,
    "rahoitus": KEEPERS,
    "rahoitusrivi": KEEPERS,
    "linkit": KEEPERS | OWN,
    "riippuvuudet": KEEPERS,
    "vaikutukset": KEEPERS | OWN,
    "tyomaara": KEEPERS | OWN | SECTOR,
    "paikka": KEEPERS,
    "nakyvyys": KEEPERS,
    "muistiinpano": KEEPERS,
    "yhdista": KEEPERS,
    "peru": KEEPERS,
    "palauta": KEEPERS,
}
"""Who may make which edit of an action that is hers or her sector's."""
NOT_NOW = {"jaa", "vastalauseen-peruminen", "jatka", "palauta"}
"""What makes no sense for the action as it stands in the example."""
OF_ROADMAP = {
    "muokkaa/visio": KEEPERS,
    "muokkaa/saatesanat": KEEPERS,
    "muokkaa/toimintamalli": KEEPERS,
    "muokkaa/uusi-tavoite": KEEPERS,
    "toimenpiteet/uusi": KEEPERS | {"head"},
    "tavoitteet/1/muokkaa/tavoite": KEEPERS,
    "tavoitteet/1/muokkaa/uusi-mittari": KEEPERS,
    "paatokset": KEEPERS | SECTOR | OWN | {"management", "secretary"},
}
"""Who may open what belongs to the roadmap as a whole."""


def stamped(page: Page, **fields: Any) -> dict[str, Any]:
    """What a page's form carries along, with what is filled in."""
    form = page.all("main form")[0]
    hidden = {name: form.select(f"input[name={name}]")[0]["value"] for name in ("revision", "key")}
    return {**hidden, **fields}


def address(cast: Cast, part: str = "aikataulu") -> str:
    return f"/kauhava/toimenpiteet/{cast.serial}/muokkaa/{part}/"


LATER: dict[str, str] = {"first": "2026-H1", "last": "2027-H2", "reason": "Toimittaja myöhästyi."}


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_make_an_edit_is_refused_and_not_offered_it(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    refused = 404 if name == "stranger" else 403
    line = Funding.objects.get(action=kauhava.action("1.6")).pk
    for part, members in MAY.items():
        where = f"{address(cast, part)}{line}/" if part == "rahoitusrivi" else address(cast, part)
        allowed = 404 if part in NOT_NOW else 200
        page_client.get(where, allowed if name in members else refused)
    for path, members in OF_ROADMAP.items():
        page_client.get(f"/kauhava/{path}/", 200 if name in members else refused)
    action = page_client.get(f"/kauhava/toimenpiteet/{cast.serial}/")
    links = [str(link["href"]).split("/muokkaa/")[1] for link in action.all("a[data-edit]")]
    offered = {link.split("/")[0] for link in links}
    assert offered == {part for part, members in MAY.items() if name in members} - NOT_NOW


def test_every_edit_has_a_test_of_who_may() -> None:
    assert set(MAY) == set(EDITS)


def test_the_wording_changes_where_something_was_typed(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    before = kauhava.action("1.6")
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(address(cast, "sanamuoto"))
    typed = {one["name"]: one.get("value") or one.text for one in page.all("form.edit [name]")}
    typed["title_fi"] = "Digiperehdytys kaikille"
    page_client.redirect(address(cast, "sanamuoto"), typed)
    after = kauhava.action("1.6")
    assert after.title == {**before.title, "fi": "Digiperehdytys kaikille"}
    assert after.statement == before.statement


def test_handing_over_lets_go_of_the_person_and_cancelling_waits_for_a_decision(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    other = Party.objects.get(ledger_id=kauhava.ledger_id, slug="johtoryhma")
    form = stamped(page_client.get(address(cast, "vastuu")), reason="Uusi työnjako")
    page_client.redirect(address(cast, "vastuu"), {**form, "responsible": str(other.pk)})
    assert kauhava.action("1.6").person is None
    form = stamped(page_client.get(address(cast, "peru")), reason="Ei tarvita")
    page_client.redirect(address(cast, "peru"), form)
    assert kauhava.action("1.6").cancelled
    everybody = next(one for one in kauhava.plan().actions if one.serial == cast.serial)
    assert not everybody.cancelled


def test_the_responsible_person_reports_in_a_sentence(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["responsible"])
    page = page_client.get(address(cast, "eteneminen"))
    nothing = stamped(page, status="ongoing", text="", why="")
    page_client.redirect(address(cast, "eteneminen"), {**nothing, "status": "done"})
    assert kauhava.action("1.6").status == "done"


def test_nobody_outside_sees_that_there_is_a_form(page_client: PageClient, cast: Cast) -> None:
    page_client.get(address(cast), 404)
    assert not page_client.get(f"/kauhava/toimenpiteet/{cast.serial}/").all("a[data-edit]")


def test_a_new_schedule_is_saved_with_its_reason_and_can_be_taken_back(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    before = kauhava.action("1.6")
    page_client.sign_in(cast["team"])
    form = stamped(page_client.get(address(cast)), **LATER)
    done = page_client.get(page_client.redirect(address(cast), form).partition("#")[0])
    after = kauhava.action("1.6")
    assert (str(after.first), str(after.last)) == ("2026-H1", "2027-H2")
    entry = Entry.objects.filter(ledger_id=kauhava.ledger_id).latest("revision")
    assert (entry.kind, entry.reason) == ("reschedule_action", "Toimittaja myöhästyi.")
    assert entry.actor == cast["team"].pk
    undo = done.all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.redirect(str(undo["action"]), hidden)
    back = kauhava.action("1.6")
    assert (back.first, back.last) == (before.first, before.last)


def test_a_form_sent_twice_is_saved_once(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    form = stamped(page_client.get(address(cast)), **LATER)
    first = page_client.redirect(address(cast), form)
    assert page_client.redirect(address(cast), form) == first
    kinds = Entry.objects.filter(ledger_id=kauhava.ledger_id, actor=cast["coordinator"].pk)
    assert kinds.count() == 1


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    wrong = {"first": "2027-H2", "last": "2026-H1", "reason": "Säilyykö tämä?"}
    page = page_client.post(address(cast), stamped(page_client.get(address(cast)), **wrong), 422)
    assert "Säilyykö tämä?" in page.text()
    assert "päättyisi ennen kuin se alkaa" in page.text()
    without = {**LATER, "reason": ""}
    page = page_client.post(address(cast), stamped(page_client.get(address(cast)), **without), 422)
    assert page.all("#id_reason-error")
    assert not Entry.objects.filter(actor=cast["coordinator"].pk).exists()


def test_somebody_elses_change_is_never_overwritten(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    form = stamped(page_client.get(address(cast)), **LATER)
    services.reschedule_action(
        ledger_id=kauhava.ledger_id,
        intent=intent("Toinen ehti ensin"),
        action_id=kauhava.action("1.6").pk,
        span=Span(HalfYear(2026, 2), HalfYear(2027, 1)),
    )
    page = page_client.post(address(cast), form, 409)
    assert [row.get_text(" ", strip=True) for row in page.all(".conflict legend")] == [
        "Alkaa",
        "Päättyy",
    ]
    assert "heinä–joulu 2026" in page.text()
    assert str(kauhava.action("1.6").last) == "2027-H1"
    again = stamped(page, **LATER)
    page_client.redirect(address(cast), again)
    assert str(kauhava.action("1.6").last) == "2027-H2"


def test_only_ones_own_newest_change_can_be_taken_back(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    there = page_client.redirect(
        address(cast), stamped(page_client.get(address(cast)), **LATER)
    ).partition("#")[0]
    undo = page_client.get(there).all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.sign_in(cast["coordinator"])
    assert not page_client.get(there).all(".notice.done")
    page_client.post(str(undo["action"]), hidden, 403)
    page_client.sign_in(cast["team"])
    services.reschedule_action(
        ledger_id=kauhava.ledger_id,
        intent=intent("Toinen muutti"),
        action_id=kauhava.action("1.6").pk,
        span=Span(HalfYear(2025, 1), HalfYear(2025, 2)),
    )
    page_client.post(str(undo["action"]), hidden, 409)
    assert str(kauhava.action("1.6").last) == "2025-H2"
