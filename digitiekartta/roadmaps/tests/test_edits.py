"""Every edit: what is typed is saved, one press takes it back, and two people at once never
overwrite each other."""

from __future__ import annotations

import pytest

from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Funding, Link, WorkEstimate
from digitiekartta.roadmaps.views.edits import EDITS, GOAL_EDITS, ROADMAP_EDITS
from tests.cast import Cast
from tests.fixtures import PageClient
from tests.kauhava import Town

from .edit_cases import CASES, Case, act, case_of, document, of_action, reworded, values

BY_PART = pytest.mark.parametrize("case", CASES, ids=lambda case: case.part)


def test_every_edit_is_in_the_table() -> None:
    assert {one.part for one in CASES} == {*EDITS, *ROADMAP_EDITS, *GOAL_EDITS}


@BY_PART
def test_what_is_typed_is_saved_and_one_press_takes_it_back(
    page_client: PageClient, kauhava: Town, cast: Cast, case: Case
) -> None:
    case.before(kauhava)
    before = document(kauhava)
    page_client.sign_in(cast[case.by])
    where = case.address(kauhava)
    form = {**values(page_client.get(where)), **case.filled(kauhava)}
    done = page_client.get(page_client.redirect(where, form).partition("#")[0])
    assert document(kauhava) != before
    undo = done.all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.get(page_client.redirect(str(undo["action"]), hidden))
    assert document(kauhava) == before


@BY_PART
def test_two_people_at_once_never_overwrite_each_other(
    page_client: PageClient, kauhava: Town, cast: Cast, case: Case
) -> None:
    case.before(kauhava)
    page_client.sign_in(cast[case.by])
    where = case.address(kauhava)
    form = {**values(page_client.get(where)), **case.filled(kauhava)}
    case.other(kauhava)
    theirs = document(kauhava)
    if not case.clashes:
        page_client.redirect(where, form)
        assert document(kauhava) != theirs
        return
    page = page_client.post(where, form, 409)
    assert document(kauhava) == theirs
    assert page.all(".conflict")
    again = values(page)
    chosen = [name for name in again if name.startswith("valinta-")]
    assert all(again[name] == ["oma"] for name in chosen)
    page_client.redirect(where, again)
    mine = document(kauhava)
    assert mine != theirs


@pytest.mark.parametrize("part", ["aikataulu", "sanamuoto", "paikka", "muistiinpano", "visio"])
def test_the_other_persons_value_may_be_chosen_without_scripts(
    page_client: PageClient, kauhava: Town, cast: Cast, part: str
) -> None:
    case = case_of(part)
    page_client.sign_in(cast["team"])
    where = case.address(kauhava)
    form = {**values(page_client.get(where)), **case.filled(kauhava)}
    case.other(kauhava)
    theirs = document(kauhava)
    again = values(page_client.post(where, form, 409))
    chosen = {name: "toisen" for name in again if name.startswith("valinta-")}
    assert chosen
    page_client.redirect(where, {**again, **chosen})
    assert document(kauhava) == theirs


def test_what_one_did_not_touch_is_as_the_other_left_it(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    """Also after a conflict about something else, when the form is sent for the second time."""
    page_client.sign_in(cast["coordinator"])
    case = case_of("sanamuoto")
    where = case.address(kauhava)
    form = {**values(page_client.get(where)), "statement_fi": "Minun tekstini"}
    reworded("title", "Toisen nimi")(kauhava)
    reworded("statement", "Toisen teksti")(kauhava)
    page_client.redirect(where, values(page_client.post(where, form, 409)))
    assert act(kauhava).title["fi"] == "Toisen nimi"
    assert act(kauhava).statement["fi"] == "Minun tekstini"


WRONG = [
    ("linkit", {"url": "javascript:alert(1)"}, "url"),
    ("linkit", {"url": "ftp://kauhava.fi/x"}, "url"),
    ("linkit", {"url": ""}, "url"),
    ("rahoitus", {"state": "proposed", "amount": ""}, "amount"),
    ("rahoitus", {"state": "none_needed", "amount": "5"}, "amount"),
    ("rahoitus", {"amount": "-5"}, "amount"),
    ("rahoitus", {"amount": "viisi"}, "amount"),
    ("vastuu", {"responsible": ""}, "responsible"),
    ("vastalause", {"objection": " "}, "objection"),
    ("peru", {"reason": ""}, "reason"),
    ("yhdista", {"reason": "Sama"}, "merged_into"),
    ("nakyvyys", {"audience": "members"}, "reason"),
    ("vaikutukset", {"text_fi": ""}, "text_fi"),
    ("tyomaara", {"days_2025-H1": "-1"}, "days_2025-H1"),
    ("uusi-toimenpide", {"title_fi": "", "first": "2026-H1", "last": "2026-H2"}, "title_fi"),
    ("uusi-toimenpide", {"title_fi": "X", "first": "2026-H2", "last": "2026-H1"}, "last"),
    ("uusi-tavoite", {"title_fi": "X", "number": "1"}, "number"),
    ("arvo", {"value": "kolme", "measured_on": "2026-12-09"}, "value"),
    ("arvo", {"value": "3", "measured_on": "2027-12-09"}, "measured_on"),
]


@pytest.mark.parametrize(("part", "typed", "at"), WRONG)
def test_what_is_wrong_is_told_beside_its_field(
    page_client: PageClient, kauhava: Town, cast: Cast, part: str, typed: dict[str, str], at: str
) -> None:
    case = case_of(part)
    case.before(kauhava)
    before = document(kauhava)
    page_client.sign_in(cast["team" if part in ("linkit", "vastuu") else case.by])
    where = case.address(kauhava)
    if part == "tyomaara":
        typed = {f"days_{act(kauhava).first}": "-1"}
        at = next(iter(typed))
    page = page_client.post(where, {**values(page_client.get(where)), **typed}, 422)
    assert page.one(f"[id='id_{at}-error']")
    assert document(kauhava) == before


def test_links_money_and_work_are_removed_again(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    of_action(services.change_links, add=services.NewLink("https://muu.fi", {}))(kauhava)
    of_action(services.estimate_half_years, days={act(kauhava).first: 5})(kauhava)
    links = [str(one.pk) for one in Link.objects.filter(action=act(kauhava))]
    first = f"days_{act(kauhava).first}"
    for part, typed in (
        ("linkit", {"remove": links}),
        ("tyomaara", {first: ""}),
        ("rahoitusrivi", {"remove": "on", "reason": "Erehdys"}),
    ):
        where = case_of(part).address(kauhava)
        page_client.redirect(where, {**values(page_client.get(where)), **typed})
    assert not Link.objects.filter(action=act(kauhava)).exists()
    assert not Funding.objects.filter(action=act(kauhava)).exists()
    estimates = WorkEstimate.objects.filter(action=act(kauhava), half_year=act(kauhava).first)
    assert not estimates.exists()


def test_work_that_was_paused_does_not_pass_the_money_gate(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    """Pausing and resuming is no way around an appropriation."""
    page_client.sign_in(cast["coordinator"])
    number = next(
        one.number for one in kauhava.plan().actions if one.situation == "waiting_for_money"
    )
    serial = kauhava.action(number).serial
    pause, go_on = (
        f"/kauhava/toimenpiteet/{serial}/muokkaa/{one}/" for one in ("tauolle", "jatka")
    )
    page_client.redirect(pause, {**values(page_client.get(pause)), "reason": "Odottaa"})
    typed = {**values(page_client.get(go_on)), "status": "ongoing"}
    page = page_client.post(go_on, typed, 422)
    assert "määräraha" in page.text()
