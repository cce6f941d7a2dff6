"""Muutokset: versions, drift, moved and ended actions, and the difference between two dates."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from digitiekartta.config.example import remove_example
from digitiekartta.decisions import services as decisions
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import comparing, services
from digitiekartta.roadmaps.change_kinds import ChangeKind
from digitiekartta.roadmaps.pages.changes import ChangesPage, Period, Record, changes_page
from digitiekartta.roadmaps.pages.difference import DateFault, parse_day, read_dates
from digitiekartta.roadmaps.services.actions import NewAction
from tests.fixtures import PageClient
from tests.kauhava import NOW, TODAY, Town, intent, text

BEGINS = datetime.date(2024, 12, 2)
PERIOD = Period(BEGINS, TODAY)
ADDRESS = "/kauhava/muutokset/"
SECRET = "salainen-suunnitelma"


def _page(town: Town, language: str = "fi") -> ChangesPage:
    plan = town.plan()
    record = Record(
        approved=comparing.public_versions(town.ledger_id, plan.versions),
        today=comparing.public_today(town.ledger_id, plan.roadmap.id),
        since=comparing.public_since(town.ledger_id, plan.roadmap.id),
        moves=comparing.schedule_changes(
            town.ledger_id, {one.id: one.span for one in plan.actions}
        ),
    )
    return changes_page(plan, record, language)


def _approve(town: Town, on: datetime.date = TODAY) -> None:
    body = Party.objects.filter(ledger_id=town.ledger_id).earliest("rank")
    receipt = decisions.record_decision(
        ledger_id=town.ledger_id,
        intent=intent(),
        kind=DecisionKind.ROADMAP,
        body_id=body.pk,
        decided_on=on,
        summary=text("Digitiekartta hyväksyttiin."),
    )
    assert receipt.entity_id is not None
    decisions.approve_version(
        ledger_id=town.ledger_id,
        intent=intent(),
        subject_kind="roadmap",
        subject_id=town.roadmap_id,
        decision_id=receipt.entity_id,
    )


# The page's values.


def test_the_yearly_changes_of_the_example_are_what_its_decision_says(kauhava: Town) -> None:
    second, first = _page(kauhava).versions
    assert second.changed is not None
    assert {group.kind: len(group) for group in second.changed.plan} == {
        ChangeKind.NEW: 1,
        ChangeKind.MOVED: 4,
        ChangeKind.CANCELLED: 1,
    }
    assert second.superseded == first.version
    assert first.changed is None


def test_the_decision_that_approved_a_version_is_not_one_of_its_changes(kauhava: Town) -> None:
    second = _page(kauhava).versions[0]
    assert second.changed is not None
    told = [item.subject.id for group in second.changed.groups for item in group.items]
    assert second.version.decision.id not in told


def test_every_move_has_the_reason_that_was_given(kauhava: Town) -> None:
    page = _page(kauhava)
    assert [one.action.number for one in page.moved] == ["2.4", "3.4", "3.5", "4.5"]
    assert all(any(one.reason.values()) for one in page.moved)
    assert page.versions[0].changed is not None
    (moved,) = (one for one in page.versions[0].changed.groups if one.kind is ChangeKind.MOVED)
    assert all(item.reason for item in moved.items)


def test_what_the_team_changed_after_a_decision_is_drift(lappajarvi: Town) -> None:
    _approve(lappajarvi)
    assert _page(lappajarvi).drift is not None
    assert _page(lappajarvi).drift.groups == ()  # type: ignore[union-attr]
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent("Työ on arvioitua suurempi."),
        action_id=lappajarvi.action("1").pk,
        span=Span(HalfYear(2027, 1), HalfYear(2027, 2)),
    )
    drift = _page(lappajarvi).drift
    assert drift is not None
    assert [group.kind for group in drift.plan] == [ChangeKind.MOVED]
    assert drift.groups[0].items[0].reason == "Työ on arvioitua suurempi."


def test_without_a_version_there_is_no_drift(lappajarvi: Town) -> None:
    page = _page(lappajarvi)
    assert (page.versions, page.drift) == ((), None)


def test_a_merged_action_tells_into_which(lappajarvi: Town) -> None:
    second = services.add_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        roadmap_id=lappajarvi.roadmap_id,
        action=NewAction(
            number="2",
            texts={"title": text("Toinen")},
            span=Span(HalfYear(2026, 2), HalfYear(2026, 2)),
        ),
    )
    assert second.entity_id is not None
    services.merge_actions(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        into_id=second.entity_id,
        reason=text("Sama työ."),
    )
    (ended,) = _page(lappajarvi).ended
    assert ended.into is not None
    assert (ended.action.number, ended.into.number) == ("1", "2")


def test_dates_to_compare_are_offered_only_within_the_history(
    kauhava: Town, lappajarvi: Town
) -> None:
    offered = {one.name: (one.first, one.last) for one in _page(kauhava).shortcuts}
    assert offered["versions"] == (datetime.date(2024, 12, 16), datetime.date(2026, 6, 12))
    assert offered["since_version"] == (datetime.date(2026, 6, 12), TODAY)
    assert set(offered) == {"versions", "since_version", "recent", "new_year"}
    assert _page(lappajarvi).shortcuts == ()


# The asked dates.


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-06-12", datetime.date(2026, 6, 12)),
        ("12.6.2026", datetime.date(2026, 6, 12)),
        (" 1.1.2025 ", datetime.date(2025, 1, 1)),
        ("2026-13-01", None),
        ("30.2.2026", None),
        ("20260612", None),
        ("2026-W24-5", None),
        ("٢٠٢٦-٠٦-١٢", None),
        ("0000-00-00", None),
        ("eilen", None),
        ("", None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_a_date_is_read_as_it_is_written_here(typed: str, day: datetime.date | None) -> None:
    assert parse_day(typed) == day


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        ("2025-01-01", "2026-06-12", {}),
        ("2025-01-01", "2025-01-01", {}),
        ("2025-01-01", "", {}),
        ("", "2026-06-12", {"alku": DateFault.MISSING}),
        ("x", "y", {"alku": DateFault.NOT_A_DATE, "loppu": DateFault.NOT_A_DATE}),
        ("2024-12-01", "2026-06-12", {"alku": DateFault.BEFORE_HISTORY}),
        ("2025-01-01", "2026-12-10", {"loppu": DateFault.IN_THE_FUTURE}),
        ("2026-06-12", "2025-01-01", {"loppu": DateFault.END_BEFORE_START}),
    ],
)
def test_what_is_wrong_with_the_dates(first: str, last: str, faults: dict[str, DateFault]) -> None:
    assert dict(read_dates(first, last, PERIOD).faults) == faults


# The pages.


@pytest.mark.parametrize(
    ("prefix", "heading", "version"),
    [
        ("", "Muutokset", "Versio 2"),
        ("/sv", "Ändringar", "Version 2"),
        ("/en", "Changes", "Version 2"),
    ],
)
def test_the_page_in_each_language(
    page_client: PageClient, kauhava: Town, prefix: str, heading: str, version: str
) -> None:
    page = page_client.get(prefix + ADDRESS)
    assert page.h1 == heading
    assert any(one.startswith(version) for one in page.texts("h3"))
    public = [one.public_sha256 for one in kauhava.plan().versions]
    assert page.texts("code") == public
    assert page.has(f'a[href="{prefix}/kauhava/versiot/2.json"]')
    assert page.has('link[type="application/atom+xml"]')


def test_an_action_leads_to_its_own_page(page_client: PageClient, kauhava: Town) -> None:
    page = page_client.get(ADDRESS)
    links = page.all(".change-subject a")
    assert links
    assert all("/kauhava/toimenpiteet/" in str(one["href"]) for one in links)


@pytest.mark.parametrize(
    ("prefix", "told"),
    [
        ("", "4 aikataulua muuttui"),
        ("/sv", "4 tidtabeller ändrades"),
        ("/en", "4 schedules changed"),
    ],
)
def test_the_difference_between_two_dates(
    page_client: PageClient, kauhava: Town, prefix: str, told: str
) -> None:
    page = page_client.get(f"{prefix}{ADDRESS}?alku=2025-01-01&loppu=2026-06-12")
    assert told in page.text(".difference")
    assert page.one("#alku")["value"] == "2025-01-01"
    assert page.one("#loppu")["value"] == "2026-06-12"


def test_between_a_day_and_the_same_day_nothing_changed(
    page_client: PageClient, kauhava: Town
) -> None:
    page = page_client.get(f"{ADDRESS}?alku=2025-01-01&loppu=2025-01-01")
    assert "mikään ei muuttunut" in page.text()


@pytest.mark.parametrize(
    ("query", "field", "kept"),
    [
        ("alku=2026-06-12&loppu=2025-01-01", "loppu", "2025-01-01"),
        ("alku=eilen&loppu=2026-06-12", "alku", "eilen"),
        ("alku=2000-01-01&loppu=2026-06-12", "alku", "2000-01-01"),
        ("alku=2025-01-01&loppu=2999-01-01", "loppu", "2999-01-01"),
        ("alku=&loppu=2026-06-12", "alku", ""),
        ("alku=%00%22%3E%3Cscript%3E&loppu=x", "loppu", "x"),
        ("loppu=2026-06-12", "alku", ""),
    ],
)
def test_dates_with_a_fault_are_kept_and_told(
    page_client: PageClient, kauhava: Town, query: str, field: str, kept: str
) -> None:
    page = page_client.get(f"{ADDRESS}?{query}", status=400)
    assert page.has("#virheet")
    assert page.one(f"#{field}")["value"] == kept
    assert page.one(f"#{field}")["aria-invalid"] == "true"
    assert page.has(f'#virheet a[href="#{field}"]')
    assert not page.has(".difference")


def test_a_very_long_date_is_cut(page_client: PageClient, kauhava: Town) -> None:
    page = page_client.get(f"{ADDRESS}?alku={'9' * 5000}&loppu=2026-01-01", status=400)
    assert len(str(page.one("#alku")["value"])) <= 20


def test_a_day_when_the_roadmap_was_not_public_can_not_be_compared(
    page_client: PageClient, kauhava: Town
) -> None:
    for published, day in ((False, 10), (True, 20)):
        at = datetime.datetime(2026, 3, day, 12, tzinfo=NOW.tzinfo)
        municipalities.publish_municipality(
            ledger_id=kauhava.ledger_id, intent=intent(at=at), published=published
        )
    page = page_client.get(f"{ADDRESS}?alku=2026-03-15&loppu=2026-06-12", status=400)
    assert "ei ollut julkinen" in page.text("#virheet")


def test_an_empty_page_tells_what_belongs_there(page_client: PageClient, lappajarvi: Town) -> None:
    page = page_client.get("/lappajarvi/muutokset/")
    assert "Yhtään versiota" in page.text() or page.has(".empty")
    assert "syote.atom" in page.text("#syote")


def test_removed_example_content_is_not_in_any_difference(
    page_client: PageClient, kauhava: Town
) -> None:
    remove_example(NOW)
    assert page_client.get(ADDRESS).has(".empty")
    page = page_client.get(f"{ADDRESS}?alku=2025-01-01&loppu=2026-12-09")
    assert "Intranet" not in page.text()


# What has been withdrawn.


def _secret_town(town: Town) -> None:
    """The first action is withdrawn after a version and a change that named it."""
    action = town.action("1").pk
    for words in (f"{SECRET} yksi", f"{SECRET} kaksi"):
        services.reword_action(
            ledger_id=town.ledger_id,
            intent=intent(),
            action_id=action,
            texts={"title": text(words), "statement": text(words)},
        )
        _approve(town)
    services.reschedule_action(
        ledger_id=town.ledger_id,
        intent=intent(f"{SECRET} syy"),
        action_id=action,
        span=Span(HalfYear(2027, 1), HalfYear(2027, 2)),
    )


PLACES = ("", "?alku=2026-12-09&loppu=2026-12-09", "syote.atom")


@pytest.mark.parametrize("place", PLACES)
def test_what_is_withdrawn_is_in_no_version_difference_or_feed(
    client: Client, lappajarvi: Town, place: str
) -> None:
    _secret_town(lappajarvi)
    address = f"/lappajarvi/muutokset/{place}"
    services.set_visibility(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        audience=Audience.TEAM,
        restricted={},
    )
    assert SECRET not in client.get(address).content.decode()


def test_a_withdrawn_field_is_not_told_from_the_past(client: Client, lappajarvi: Town) -> None:
    _secret_town(lappajarvi)
    assert SECRET in client.get("/lappajarvi/muutokset/").content.decode()
    services.set_visibility(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        audience=Audience.PUBLIC,
        restricted={"title": "team", "statement": "team", "reason": "team"},
    )
    for place in PLACES:
        assert SECRET not in client.get(f"/lappajarvi/muutokset/{place}").content.decode()


def test_people_are_named_in_no_difference(client: Client, kauhava: Town) -> None:
    for document in comparing.public_versions(kauhava.ledger_id, kauhava.plan().versions).values():
        assert not document.of("person")
    assert not comparing.public_today(kauhava.ledger_id, str(kauhava.roadmap_id)).of("person")


# Other municipalities and size.


def test_the_versions_of_another_municipality_are_not_here(
    page_client: PageClient, kauhava: Town, lappajarvi: Town
) -> None:
    assert "Intranet" not in page_client.get("/lappajarvi/muutokset/").text()


def test_twice_the_versions_take_as_many_queries(
    client: Client,
    transactional_db: None,
    lappajarvi: Town,
    queries_of: Callable[[Callable[[], Any]], list[str]],
) -> None:
    def show() -> None:
        client.get("/lappajarvi/muutokset/")

    counts = []
    for _ in range(2):
        for _ in range(2):
            _approve(lappajarvi)
        show()
        counts.append(len(queries_of(show)))
    assert counts[0] == counts[1]


def test_a_difference_of_hundreds_of_changes_folds(page_client: PageClient, kauhava: Town) -> None:
    page = page_client.get(f"{ADDRESS}?alku=2024-12-02&loppu=2026-12-09")
    for group in page.all(".difference .change-items"):
        if len(group.find_all("li", recursive=False)) > 12:
            assert group.find_parent("details") is not None
