"""One change to many actions: what would change is shown first, one write, one undo."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps.bulk_rules import Bulk, BulkKind, Stands, changes_something, fault_of
from digitiekartta.roadmaps.rules import Rule, Status
from tests.cast import NAMES, Cast
from tests.fixtures import PageClient
from tests.kauhava import Town
from tests.pages import Page

from .edit_cases import document, party, values

PERIOD = Span(HalfYear(2024, 1), HalfYear(2027, 2))


def stands(**more: Any) -> Stands:
    first = {
        "span": Span(HalfYear(2025, 1), HalfYear(2026, 1)),
        "period": PERIOD,
        "status": Status.ONGOING,
        "cancelled": False,
        "responsible_id": None,
        "goal_id": None,
        "audience": Audience.PUBLIC,
    }
    return Stands(**{**first, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bulk", "more", "fault"),
    [
        (Bulk(BulkKind.MOVE, steps=3), {}, None),
        (Bulk(BulkKind.MOVE, steps=4), {}, Rule.OUTSIDE_THE_PERIOD),
        (Bulk(BulkKind.MOVE, steps=-2), {}, None),
        (Bulk(BulkKind.MOVE, steps=-3), {}, Rule.OUTSIDE_THE_PERIOD),
        (Bulk(BulkKind.CANCEL), {"cancelled": True}, Rule.ENDED_ALREADY),
        (Bulk(BulkKind.PAUSE), {"status": Status.DONE}, Rule.DONE_ALREADY),
        (Bulk(BulkKind.SHOW), {"cancelled": True}, None),
    ],
)
def test_what_a_change_can_not_be_made_to(
    bulk: Bulk, more: dict[str, Any], fault: Rule | None
) -> None:
    assert fault_of(bulk, stands(**more)) is fault


def test_what_stands_so_already_does_not_change() -> None:
    assert not changes_something(Bulk(BulkKind.PAUSE), stands(status=Status.PAUSED))
    assert not changes_something(Bulk(BulkKind.SHOW), stands())
    assert changes_something(Bulk(BulkKind.SHOW, audience=Audience.TEAM), stands())


def chosen(town: Town, *numbers: str) -> str:
    rows = "&".join(f"rivi={town.action(one).serial}" for one in numbers)
    return f"/kauhava/toimenpiteet/muuta/?{rows}"


def sent(page: Page, **typed: Any) -> dict[str, Any]:
    form = values(page)
    form["rivi"] = [str(one["value"]) for one in page.all("form.edit input[name=rivi]")]
    return {**form, **typed}


@pytest.mark.parametrize("name", NAMES)
def test_only_those_who_keep_the_roadmap_may_change_many(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    may = name in ("coordinator", "team")
    refused = 404 if name == "stranger" else 403
    page_client.get(chosen(kauhava, "1.6"), 200 if may else refused)
    listed = page_client.get("/kauhava/toimenpiteet/?nakyma=lista")
    assert bool(listed.all("#lista input[name=rivi]")) is may


def test_many_are_moved_after_a_look_and_taken_back_by_one_press(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    before = document(kauhava)
    where = "/kauhava/toimenpiteet/muuta/"
    late = next(
        one for one in kauhava.plan().actions if one.span.last == kauhava.plan().roadmap.period.last
    )
    page = page_client.get(f"{chosen(kauhava, '1.6')}&rivi={late.serial}")
    typed = {"kind": "siirto", "steps": "1", "reason": "Budjetti"}
    look = page_client.post(where, {**sent(page), **typed, "vaihe": "esikatselu"})
    assert document(kauhava) == before
    told = [row.get_text(" ", strip=True) for row in look.all(".preview tbody tr")]
    assert len(told) == 2
    assert sum("kauden ulkopuolella" in one for one in told) == 1
    back = page_client.redirect(where, {**sent(look), "vaihe": "tallenna"})
    first = kauhava.action("1.6")
    entry = Entry.objects.filter(ledger_id=kauhava.ledger_id).latest("revision")
    assert (entry.kind, entry.reason, entry.actor) == (
        "change_actions",
        "Budjetti",
        cast["team"].pk,
    )
    assert str(first.first) != before.of("action")[str(first.pk)]["first"]
    done = page_client.get(back)
    undo = done.all(".notice.done form")[0]
    hidden = {one["name"]: one["value"] for one in undo.select("input") if one.get("name")}
    page_client.get(page_client.redirect(str(undo["action"]), hidden))
    assert document(kauhava) == before


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ({"kind": "tauko"}, "status", "paused"),
        ({"kind": "peruminen"}, "cancelled", True),
        ({"kind": "nakyvyys", "audience": "members"}, "audience", "members"),
        ({"kind": "tavoite", "goal": ""}, "goal_id", None),
    ],
)
def test_each_change_is_made_to_all_that_were_ticked(
    page_client: PageClient,
    kauhava: Town,
    cast: Cast,
    typed: dict[str, str],
    field: str,
    value: object,
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(chosen(kauhava, "1.6", "2.1"))
    form = {**sent(page), **typed, "reason": "Yhteinen syy", "vaihe": "tallenna"}
    possible = page_client.post(
        "/kauhava/toimenpiteet/muuta/", {**form, "vaihe": "esikatselu"}
    ).all(".preview tbody td b")
    page_client.redirect("/kauhava/toimenpiteet/muuta/", form)
    changed = [getattr(kauhava.action(one), field) for one in ("1.6", "2.1")]
    assert changed.count(value) == len(possible) > 0


def test_handing_many_over_lets_go_of_their_people(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    to = party("johtoryhma")(kauhava)
    page = page_client.get(chosen(kauhava, "1.6", "2.1"))
    typed = {"kind": "vastuu", "party": str(to.pk), "reason": "Syy", "vaihe": "tallenna"}
    page_client.redirect("/kauhava/toimenpiteet/muuta/", {**sent(page), **typed})
    assert kauhava.action("1.6").responsible_id == kauhava.action("2.1").responsible_id == to.pk
    assert kauhava.action("1.6").person is None


def test_without_a_reason_or_a_choice_nothing_is_saved(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(chosen(kauhava, "1.6"))
    before = document(kauhava)
    for typed in ({"kind": "tauko", "reason": ""}, {"kind": "siirto", "reason": "Syy"}, {}):
        form = {**sent(page), **typed, "vaihe": "tallenna"}
        page_client.post("/kauhava/toimenpiteet/muuta/", form, 422)
    assert document(kauhava) == before
    empty = page_client.get("/kauhava/toimenpiteet/muuta/")
    assert not empty.all("form.edit")
