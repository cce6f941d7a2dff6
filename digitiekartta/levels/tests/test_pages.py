"""The coordinator's pages of levels: what they record, and what they say when they can't."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from digitiekartta.history.queries import current
from digitiekartta.levels import urls
from digitiekartta.levels.models import Priority, Series, Target
from digitiekartta.levels.rules import SeriesKind
from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys.tests.desk import member
from tests.fixtures import PageClient
from tests.kauhava import Town
from tests.pages import Page

HERE = "/kauhava/tasot/"
TARGETS, RANKING, IMPORTANCE = f"{HERE}tavoitteet/", f"{HERE}karjet/", f"{HERE}tarkeys/"
BASELINE, ESTIMATE = f"{HERE}lahtotaso/", f"{HERE}arvio/"


@pytest.fixture
def coordinator(page_client: PageClient, kauhava: Town) -> PageClient:
    page_client.sign_in(member(kauhava.ledger_id, Role.COORDINATOR, "k@example.test"))
    return page_client


def filled(page: Page, **changed: Any) -> dict[str, Any]:
    """What a page's form sends when nothing but ``changed`` is written anew."""
    values: dict[str, Any] = {}
    for one in page.all("main input[name], main textarea[name], main select[name]"):
        name = str(one["name"])
        if one.name == "textarea":
            values[name] = one.get_text().lstrip("\n")
        elif one.name == "select":
            values[name] = str((one.select("option[selected]") or one.select("option"))[0]["value"])
        elif one.get("type") not in ("radio", "checkbox") or one.has_attr("checked"):
            values[name] = str(one.get("value", ""))
    return values | changed


def test_every_page_opens_in_every_language(coordinator: PageClient) -> None:
    for path in (TARGETS, RANKING, BASELINE, ESTIMATE, IMPORTANCE, f"{BASELINE}uusi/"):
        coordinator.get(path)
    for path in (f"{TARGETS}1/", f"{RANKING}2/", f"{RANKING}1/poista/"):
        for prefix in ("", "/sv", "/en"):
            coordinator.get(prefix + path)


def test_the_ways_to_the_pages_are_shown_to_the_coordinator_alone(
    coordinator: PageClient, client: Client
) -> None:
    assert TARGETS in coordinator.get(HERE).links
    anybody = Client().get(HERE)
    assert TARGETS not in anybody.content.decode()
    assert "Cookie" not in anybody.headers.get("Vary", "")


def test_one_target_is_changed_among_eleven_and_everybody_sees_it_at_once(
    coordinator: PageClient, kauhava: Town
) -> None:
    page = coordinator.get(TARGETS)
    sent = filled(page, **{"level-4": "3,5", "reason-4": "Tarvitaan enemmän.", "reference": "§ 7"})
    assert coordinator.redirect(TARGETS, sent) == f"{HERE}#luvut"
    (changed,) = Target.objects.filter(example=False)
    assert float(changed.level) == 3.5
    assert changed.reason["fi"] == "Tarvitaan enemmän."
    assert changed.reason["sv"]
    assert changed.decision is not None
    assert (changed.decision.reference, changed.decision.body.slug) == ("§ 7", "johtoryhma")
    target = next(one.target for one in kauhava.plan().perspectives if one.number == 4)
    assert target is not None
    assert target.level == 3.5


def test_the_form_sent_twice_is_recorded_once(coordinator: PageClient, kauhava: Town) -> None:
    sent = filled(coordinator.get(TARGETS), **{"level-4": "3,5"})
    for _twice in range(2):
        coordinator.redirect(TARGETS, sent)
        revision = current(kauhava.ledger_id).revision
    assert current(kauhava.ledger_id).revision == revision
    assert Target.objects.filter(example=False).count() == 1


def test_nothing_is_recorded_where_nothing_was_changed(
    coordinator: PageClient, kauhava: Town
) -> None:
    before = current(kauhava.ledger_id).revision
    coordinator.redirect(TARGETS, filled(coordinator.get(TARGETS)))
    assert current(kauhava.ledger_id).revision == before


def test_two_coordinators_who_change_different_targets_both_succeed_and_the_same_is_shown(
    coordinator: PageClient,
) -> None:
    first, second, third = (filled(coordinator.get(TARGETS)) for _ in range(3))
    coordinator.redirect(TARGETS, first | {"level-4": "3,5"})
    coordinator.redirect(TARGETS, second | {"level-5": "5"})
    page = coordinator.post(TARGETS, third | {"level-4": "2"}, status=409)
    assert [page.texts("main td")[0], page.texts("main td")[1]] == ["2", "3,5"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("level-4", "6", "kirjoita taso väliltä 1–5"),
        ("level-4", "kolme", "kirjoita taso väliltä 1–5"),
        ("level-4", "3,55", "kirjoita taso väliltä 1–5"),
        ("level-4", "", "ei voi tyhjentää"),
        ("decided_on", "2027-01-01", "Päivä on tulevaisuudessa."),
        ("body", str(UUID(int=1)), "Valitse päättäjä."),
    ],
)
def test_an_error_keeps_everything_that_was_typed(
    coordinator: PageClient, field: str, value: str, says: str
) -> None:
    sent = filled(coordinator.get(TARGETS), **{"reason-9": "Uusi perustelu.", field: value})
    page = coordinator.post(TARGETS, sent, status=422)
    assert says in page.text(".error-summary")
    assert page.text("[name=reason-9]") == "Uusi perustelu."
    assert not Target.objects.filter(example=False).exists()


def test_the_baseline_is_changed_only_with_a_reason(coordinator: PageClient) -> None:
    chosen = Series.objects.filter(kind=SeriesKind.SURVEY).order_by("-measured_on")[0]
    sent = filled(coordinator.get(BASELINE), what=f"kysely-{chosen.round_id}")
    page = coordinator.post(BASELINE, sent, status=422)
    assert "Kerro, miksi lähtötasoa muutetaan." in page.text(".error-summary")
    for _twice in range(2):
        coordinator.redirect(BASELINE, sent | {"reason": "Ensimmäinen kysely oli koe."})
    assert Series.objects.get(is_baseline=True) == chosen
    assert "nimettiin lähtötasoksi" in coordinator.get(HERE).text("[aria-labelledby=mittaaminen]")


def test_a_baseline_is_entered_by_hand_with_its_source(coordinator: PageClient) -> None:
    path = f"{BASELINE}uusi/"
    told = {"name": "Kysely 2023", "measured_on": "1.11.2023", "level-1": "2,4", "level-2": "3"}
    sent = filled(coordinator.get(path), decided_on="2026-12-01", **told)
    assert "Kerro, mistä luvut ovat." in coordinator.post(path, sent, 422).text(".error-summary")
    coordinator.redirect(path, sent | {"source": "Johtoryhmän muistio"})
    held = Series.objects.get(is_baseline=True)
    assert (held.kind, held.measurements.count()) == (SeriesKind.BY_HAND, 2)
    assert "Johtoryhmän muistio" in coordinator.get(HERE).text("[aria-labelledby=mittaaminen]")


def test_the_management_teams_estimate_is_recorded_without_seeing_the_staffs(
    coordinator: PageClient,
) -> None:
    page = coordinator.get(ESTIMATE)
    sent = filled(page, measured_on="2026-12-09", **{"level-1": "4,5", "level-2": ""})
    coordinator.redirect(ESTIMATE, sent)
    made = Series.objects.get(kind=SeriesKind.MANAGEMENT_ESTIMATE, measured_on="2026-12-09")
    assert made.measurements.count() == 10
    assert made.name["sv"] == "Ledningsgruppens bedömning 2026"
    told = coordinator.get(HERE).text("[aria-labelledby=johtoryhman-arvio]")
    assert "4,5" in told


def test_importance_is_a_forced_ranking_and_moves_the_order(coordinator: PageClient) -> None:
    page = coordinator.get(RANKING)
    assert page.texts(".ranking tbody th")[0].startswith("11")
    places = {f"place-{number}": number for number in range(1, 12)}
    form = filled(coordinator.get(IMPORTANCE))
    refused = coordinator.post(IMPORTANCE, form | places | {"place-2": 1}, status=422)
    assert "sija 1 on jo annettu" in refused.text(".error-summary")
    coordinator.redirect(IMPORTANCE, form | places)
    page = coordinator.get(RANKING)
    assert page.texts(".ranking tbody th")[0].startswith("1 ")
    assert len(page.all("[aria-labelledby=painot] tbody tr")) == 11


def test_a_priority_is_chosen_and_removed_with_reasons(coordinator: PageClient) -> None:
    choose = f"{RANKING}2/"
    form = filled(coordinator.get(choose))
    assert "Kerro perustelu." in coordinator.post(choose, form, 422).text(".error-summary")
    coordinator.redirect(choose, form | {"reason_fi": "Laitteet ovat käyttämättä."})
    assert Priority.objects.get(perspective__number=2).number == 6
    remove = f"{RANKING}2/poista/"
    form = filled(coordinator.get(remove), reason_fi="Ei ollutkaan ongelma.")
    for _twice in range(2):
        coordinator.redirect(remove, form)
    assert Priority.objects.get(perspective__number=2).removed
    told = coordinator.get(HERE).text("[aria-labelledby=karjet]")
    assert "Ei enää kärkiä" in told
    assert "Ei ollutkaan ongelma." in told


def _addresses() -> Iterator[str]:
    held = {"slug": "kauhava", "round_id": UUID(int=2), "number": 1}
    for one in urls.urlpatterns:
        wanted = {name: held[name] for name in one.pattern.converters}
        yield reverse(f"levels:{one.name}", kwargs=wanted)


@pytest.mark.parametrize("role", [None, *(one for one in Role if one is not Role.COORDINATOR)])
def test_whoever_is_not_the_coordinator_learns_of_no_page(kauhava: Town, role: Role | None) -> None:
    client = Client()
    client.force_login(member(kauhava.ledger_id, role, "x@example.test"))
    before = current(kauhava.ledger_id).revision
    for address in _addresses():
        for send in (client.get, client.post, Client().get, Client().post):
            assert send(address).status_code == 404, address
    assert current(kauhava.ledger_id).revision == before


def test_a_form_without_its_stamp_or_from_another_site_changes_nothing(kauhava: Town) -> None:
    coordinator = member(kauhava.ledger_id, Role.COORDINATOR, "k@example.test")
    before = current(kauhava.ledger_id).revision
    for client, statuses in (
        (Client(), (200, 400, 404, 422)),
        (Client(enforce_csrf_checks=True), (403,)),
    ):
        client.force_login(coordinator)
        for address in _addresses():
            assert client.post(address).status_code in statuses, address
    assert current(kauhava.ledger_id).revision == before
