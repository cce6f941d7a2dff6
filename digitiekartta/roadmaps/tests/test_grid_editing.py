"""The grid for those who work on it: handles, order, load; and the edits that split an action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from digitiekartta.history.models import Entry
from digitiekartta.roadmaps.forms.splitting import next_number
from digitiekartta.roadmaps.models import Action, Dependency, WorkEstimate
from tests.cast import Cast
from tests.fixtures import PageClient
from tests.kauhava import Town, add_action
from tests.pages import Page

from .test_editing import stamped

GRID = "/kauhava/toimenpiteet/"
ORDER = f"{GRID}jarjesta/"


def sent_by(page: Page) -> dict[str, Any]:
    """What the form of the order carries along."""
    return {str(one["name"]): one["value"] for one in page.all("#jarjestys input")}


def split_address(kauhava: Town, number: str) -> str:
    return f"{GRID}{kauhava.action(number).serial}/muokkaa/jaa/"


@pytest.mark.parametrize("name", ["coordinator", "team"])
def test_who_may_reschedule_has_a_handle_on_every_bar_that_goes_on(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    page = page_client.get(GRID)
    rows, handles = page.all("#aikajana tbody tr"), page.all("#aikajana a.move")
    cancelled = Action.objects.filter(ledger_id=kauhava.ledger_id, cancelled=True).count()
    assert len(handles) == len(rows) - cancelled > 20
    row = page.all(f"tr[data-live-key=action-{cast.serial}]")[0]
    assert row.select("a.move")[0]["href"] == f"{GRID}{cast.serial}/muokkaa/aikataulu/"
    assert row.select("a.move")[0]["aria-label"].endswith(": 1.6")


@pytest.mark.parametrize("name", [None, "staff", "responsible", "management", "stranger"])
def test_nobody_else_has_handles_or_an_order(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str | None
) -> None:
    if name is not None:
        page_client.sign_in(cast[name])
    page = page_client.get(f"{GRID}?jarjesta=1")
    assert not page.all("a.move, .steps, #jarjestys")
    own = cast.serial
    refused = 404 if name in (None, "stranger") else 403
    page_client.get(f"{GRID}{own}/kuorma/", refused)
    sent = {"revision": "1", "key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    other = kauhava.action("1.5").serial
    page_client.post(ORDER, {**sent, "siirto": f"{own} ennen {other}"}, refused)


def test_the_valid_plan_is_looked_at_and_not_moved(page_client: PageClient, cast: Cast) -> None:
    page_client.sign_in(cast["coordinator"])
    assert not page_client.get(f"{GRID}?suunnitelma=voimassa").all("a.move, .grid-tools")


def test_the_load_of_each_party_stands_under_the_grid(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(GRID)
    rows = {one.th.text: [cell.text for cell in one("td")] for one in page.all(".load tbody tr")}
    party = kauhava.action("2.4").responsible
    estimates = WorkEstimate.objects.filter(
        ledger_id=kauhava.ledger_id, action__responsible=party, action__cancelled=False
    )
    whole = sum(one.person_days for one in estimates)
    assert rows[party.name["fi"]][-1] == str(whole)
    assert page.all(".load .heaviest")
    without = Action.objects.filter(
        ledger_id=kauhava.ledger_id, cancelled=False, work__isnull=True
    ).exclude(status="done")
    assert f"{without.count()} keskeneräisen toimenpiteen" in page.text()


def test_the_load_before_and_after_a_move_is_told(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    address = f"{GRID}{kauhava.action('2.4').serial}/kuorma/"
    standing = page_client.get(address)
    assert "Kuorma ei muutu" in standing.text()
    later = page_client.get(f"{address}?first=2026-H2&last=2027-H2")
    halves = [one.text for one in later.all(".load-halves li")]
    assert any("heinä–joulu" in one and "→" in one for one in halves)


def test_an_action_goes_down_and_up_again_by_the_buttons(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(f"{GRID}?jarjesta=1&karki=1")
    hidden = sent_by(page)
    down = page.all("button[data-way=down]")[0]["value"]
    there = page_client.redirect(ORDER, {**hidden, "siirto": down})
    assert there.startswith(f"{GRID}?karki=1&jarjesta=1&tehty=")
    page = page_client.get(there.partition("#")[0])
    numbers = [one.text for one in page.all("tbody .no")]
    assert numbers[:2] == ["1.2", "1.1"]
    up = page.all(f"{'#' + there.partition('#')[2]} [data-way=up]")[0]["value"]
    hidden = sent_by(page)
    page_client.redirect(ORDER, {**hidden, "siirto": up})
    page = page_client.get(f"{GRID}?karki=1")
    assert [one.text for one in page.all("tbody .no")][:2] == ["1.1", "1.2"]


def test_who_was_second_to_order_the_same_action_is_told(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    move = f"{kauhava.action('1.1').serial} jalkeen {kauhava.action('1.3').serial}"
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(f"{GRID}?jarjesta=1")
    hidden = sent_by(page)
    page_client.sign_in(cast["team"])
    other = page_client.get(f"{GRID}?jarjesta=1")
    theirs = sent_by(other)
    page_client.redirect(ORDER, {**theirs, "siirto": move})
    page_client.sign_in(cast["coordinator"])
    again = page_client.post(ORDER, {**hidden, "siirto": move}, 409)
    assert "Järjestys ei muuttunut" in again.text()


MOST_QUERIES = 12


def test_the_grid_of_a_member_takes_as_many_queries_for_twice_the_actions(
    client: Client,
    kauhava: Town,
    cast: Cast,
    queries_of: Callable[[Callable[[], object]], list[str]],
) -> None:
    client.force_login(cast["coordinator"])

    def taken() -> int:
        assert client.get(GRID).status_code == 200
        return len(queries_of(lambda: client.get(GRID)))

    few = taken()
    for number in range(33):
        add_action(kauhava, f"9.{number}")
    assert few == taken() <= MOST_QUERIES


def test_what_is_made_for_a_member_is_sent_compressed(client: Client, cast: Cast) -> None:
    client.force_login(cast["coordinator"])
    answer = client.get(GRID, headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(client.get(GRID).content) / 4


@pytest.mark.parametrize("written", ["", "1", "1 yli 2", "a ennen b", "1 ennen"])
def test_an_order_that_makes_no_sense_is_refused(
    page_client: PageClient, cast: Cast, written: str
) -> None:
    page_client.sign_in(cast["coordinator"])
    page_client.post(ORDER, {"siirto": written}, 400)


def test_a_split_is_saved_and_taken_back_whole(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    before = kauhava.action("2.4")
    estimates = set(
        WorkEstimate.objects.filter(action=before).values_list("half_year", "person_days")
    )
    page_client.sign_in(cast["coordinator"])
    address = split_address(kauhava, "2.4")
    page = page_client.get(address)
    assert page.all("[name=number]")[0]["value"] == "2.4b"
    form = stamped(page, last="2026-H1", number="2.4b", reason="Rahaa on vain alkuun.")
    done = page_client.get(page_client.redirect(address, form).partition("#")[0])
    rest = kauhava.action("2.4b")
    assert (str(kauhava.action("2.4").last), str(rest.first)) == ("2026-H1", "2026-H2")
    assert Dependency.objects.filter(action=rest, depends_on=before).exists()
    undo = done.all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.redirect(str(undo["action"]), hidden)
    assert not Action.objects.filter(ledger_id=kauhava.ledger_id, number="2.4b").exists()
    assert kauhava.action("2.4").last == before.last
    back = WorkEstimate.objects.filter(action=before).values_list("half_year", "person_days")
    assert set(back) == estimates


def test_a_split_without_a_reason_keeps_what_was_typed(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    address = split_address(kauhava, "2.4")
    form = stamped(page_client.get(address), last="2026-H2", number="2.4 jatko", reason="")
    page = page_client.post(address, form, 422)
    assert page.all("[name=number]")[0]["value"] == "2.4 jatko"
    assert not Entry.objects.filter(actor=cast["team"].pk).exists()


def test_a_move_is_taken_back_with_the_estimates_of_its_work(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    action = kauhava.action("2.4")
    held = WorkEstimate.objects.filter(action=action)
    before = set(held.values_list("half_year", "person_days"))
    page_client.sign_in(cast["team"])
    address = f"{GRID}{action.serial}/muokkaa/aikataulu/"
    form = stamped(page_client.get(address), first="2025-H1", last="2025-H1", reason="Aiemmin")
    done = page_client.get(page_client.redirect(address, form).partition("#")[0])
    assert set(held.values_list("half_year", "person_days")) != before
    undo = done.all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.redirect(str(undo["action"]), hidden)
    assert set(held.values_list("half_year", "person_days")) == before


@pytest.mark.parametrize(
    ("number", "taken", "then"),
    [
        ("3.4", {"3.4"}, "3.4b"),
        ("3.4", {"3.4", "3.4b"}, "3.4c"),
        ("3.4b", {"3.4b"}, "3.4c"),
        ("", set(), ""),
    ],
)
def test_the_part_that_goes_on_gets_the_next_letter(
    number: str, taken: set[str], then: str
) -> None:
    assert next_number(number, taken) == then
