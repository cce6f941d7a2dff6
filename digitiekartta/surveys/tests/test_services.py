"""A round before it opens and as it opens: who may set what, and what is frozen."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import PartyKind
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes, RoundUnit
from digitiekartta.surveys.rules import (
    Broken,
    RoundState,
    Way,
    code_count,
)
from digitiekartta.surveys.services.units import Group
from digitiekartta.surveys.wording import wording_of
from tests.kauhava import TODAY, intent, text

from .rounds import (
    CLOSES,
    STAFF,
    broken,
    new_party,
    party,
    settings,
    staged,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"k_mean": 4}, Broken.K_TOO_SMALL),
        ({"k_distribution": 9}, Broken.K_TOO_SMALL),
        ({"k_mean": 12, "k_distribution": 10}, Broken.K_TOO_SMALL),
        ({"closes_on": TODAY}, Broken.CLOSES_BEFORE_IT_OPENS),
        ({"closes_on": TODAY - DAY}, Broken.CLOSES_BEFORE_IT_OPENS),
    ],
)
def test_a_round_is_never_set_below_the_method(values: dict[str, Any], rule: Broken) -> None:
    with broken(rule):
        settings(**values)


@pytest.mark.parametrize("values", [{"k_mean": 5}, {"k_mean": 10}, {"k_distribution": 20}])
def test_a_municipality_may_raise_the_smallest_group(values: dict[str, int]) -> None:
    stage = staged(**values)
    assert {name: getattr(stage.round, name) for name in values} == values


def test_a_draft_is_for_the_team_and_an_open_round_for_everybody() -> None:
    stage = staged()
    assert stage.round.audience == Audience.TEAM
    stage.open()
    assert stage.round.audience == ""


def test_a_draft_can_be_set_anew_and_an_open_round_can_not() -> None:
    stage = staged()
    change = {"ledger_id": stage.ledger_id, "intent": intent(), "round_id": stage.round_id}
    services.change_round(**change, settings=settings(name=text("Toinen"), k_mean=8))
    assert (stage.round.name, stage.round.k_mean) == (text("Toinen"), 8)
    stage.open()
    with broken(Broken.NOT_DRAFT):
        services.change_round(**change, settings=settings(k_mean=20, k_distribution=20))
    assert stage.round.k_mean == 8


def test_an_open_round_can_be_given_more_days_and_never_fewer() -> None:
    stage = staged()
    change = {"ledger_id": stage.ledger_id, "intent": intent(), "round_id": stage.round_id}
    with broken(Broken.NOT_OPEN):
        services.extend_round(**change, closes_on=CLOSES + DAY)
    stage.open()
    for day in (CLOSES, CLOSES - DAY):
        with broken(Broken.ONLY_LATER):
            services.extend_round(**change, closes_on=day)
    services.extend_round(**change, closes_on=CLOSES + DAY)
    assert stage.round.closes_on == CLOSES + DAY


def test_groups_follow_the_tree_of_the_parties_past_those_that_are_not_asked() -> None:
    stage = staged()
    middle = new_party(
        stage.ledger_id, "b1", kind=PartyKind.UNIT, parent_id=party(stage.ledger_id, "b").pk
    )
    leaf = new_party(stage.ledger_id, "b11", kind=PartyKind.UNIT, parent_id=middle)
    top = party(stage.ledger_id, "b").pk
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        groups=[Group(leaf, 9), Group(top, 0)],
    )
    assert stage.unit("b11").parent == stage.unit("b")
    assert stage.unit("b").parent is None
    assert RoundUnit.objects.filter(round=stage.round_id).count() == 2


def test_groups_can_be_put_under_each_other_by_hand() -> None:
    stage = staged()
    a, b, c = (party(stage.ledger_id, one).pk for one in "abc")
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        groups=[Group(a, 5), Group(b, 5), Group(c, 5)],
        parents={a: b, b: c},
    )
    assert stage.unit("a").parent == stage.unit("b")
    assert stage.unit("b").parent == stage.unit("c")
    assert stage.unit("c").parent is None


@pytest.mark.parametrize("parents", [("a", "a"), ("b", "ab"), ("b", "x")])
def test_what_is_no_tree_of_the_groups_is_refused(parents: tuple[str, str]) -> None:
    stage = staged()
    new_party(stage.ledger_id, "x")
    a, b = (party(stage.ledger_id, one).pk for one in "ab")
    above = {"a": a, "b": b, "x": party(stage.ledger_id, "x").pk}
    tree = {a: b, b: a} if parents == ("b", "ab") else {a: above[parents[1]]}
    with broken(Broken.NOT_A_TREE):
        services.set_units(
            ledger_id=stage.ledger_id,
            intent=intent(),
            round_id=stage.round_id,
            groups=[Group(a, 5), Group(b, 5)],
            parents=tree,
        )


def test_a_party_is_asked_once_and_must_be_a_sector_or_a_unit_of_the_municipality() -> None:
    stage, other = staged(), staged("alajarvi")
    a = party(stage.ledger_id, "a").pk
    body = new_party(stage.ledger_id, "johtoryhma", kind=PartyKind.BODY)
    change = {"ledger_id": stage.ledger_id, "intent": intent(), "round_id": stage.round_id}
    with broken(Broken.UNIT_TWICE):
        services.set_units(**change, groups=[Group(a, 5), Group(a, 6)])
    for foreign in (body, party(other.ledger_id, "a").pk):
        with broken(Broken.NOT_STAFF):
            services.set_units(**change, groups=[Group(foreign, 5)])


def test_a_group_that_stays_keeps_its_codes_and_one_whose_way_changes_loses_them() -> None:
    stage = staged()
    stage.codes("a")
    stage.codes("b")
    a, b, c = (party(stage.ledger_id, one).pk for one in "abc")
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        groups=[Group(c, 8), Group(a, 45), Group(b, 12, Way.OPEN_LINK)],
    )
    assert stage.unit("a").code_count == code_count(40)
    assert (stage.unit("b").code_count, len(stage.unit("b").link)) == (0, 16)
    assert list(Codes.objects.values_list("unit__party__slug", flat=True)) == ["a"]
    assert [one.party.slug for one in RoundUnit.objects.order_by("rank")] == ["c", "a", "b"]


def test_groups_of_an_open_round_stay() -> None:
    stage = staged()
    stage.open()
    with broken(Broken.NOT_DRAFT):
        services.set_units(
            ledger_id=stage.ledger_id, intent=intent(), round_id=stage.round_id, groups=[]
        )


def test_a_round_opens_with_groups_questions_headcounts_and_days_alone() -> None:
    stage = staged()
    services.set_units(
        ledger_id=stage.ledger_id, intent=intent(), round_id=stage.round_id, groups=[]
    )
    with broken(Broken.NO_UNITS):
        stage.open()
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        groups=[Group(party(stage.ledger_id, "a").pk, 0)],
    )
    with broken(Broken.HEADCOUNT_NEEDED):
        stage.open()


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        ({"closes_on": None}, Broken.DATES_NEEDED),
        ({"opens_on": None, "closes_on": TODAY}, Broken.CLOSES_BEFORE_IT_OPENS),
        ({"opens_on": TODAY - 9 * DAY, "closes_on": TODAY - DAY}, Broken.OVER_ALREADY),
    ],
)
def test_a_round_opens_only_where_there_are_days_to_answer(days: Any, rule: Broken) -> None:
    stage = staged(**days)
    with broken(rule):
        stage.open()
    assert stage.round.state == RoundState.DRAFT


def test_a_framework_without_questions_can_not_be_asked() -> None:
    stage = staged()
    receipt = municipalities.add_framework(
        ledger_id=stage.ledger_id,
        intent=intent(),
        name=text("Tyhjä"),
        version=2,
        scale=[],
        perspectives=[],
    )
    assert receipt.entity_id is not None
    made = services.make_round(
        ledger_id=stage.ledger_id,
        intent=intent(),
        framework_id=receipt.entity_id,
        settings=settings(),
    )
    assert made.entity_id is not None
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=made.entity_id,
        groups=[Group(party(stage.ledger_id, "a").pk, 5)],
    )
    with broken(Broken.NO_QUESTIONS):
        services.open_round(ledger_id=stage.ledger_id, intent=intent(), round_id=made.entity_id)


def test_wording_groups_and_rules_are_frozen_whatever_is_renamed_later() -> None:
    stage = staged(k_mean=7)
    stage.open()
    Party.objects.filter(slug="a").update(name=text("Uusi nimi"))
    wording = wording_of(stage.round.wording)
    assert [one.number for one in wording.questions] == list(range(1, 12))
    assert wording.questions[0].question == {"fi": "Kysymys 1", "sv": "Fråga 1"}
    assert [one.group for one in wording.questions] == ["own_work"] * 4 + ["whole"] * 7
    assert [one["level"] for one in wording.scale] == [1, 2, 3, 4, 5]
    assert [(one.name, one.headcount) for one in wording.units] == [
        (text(slug.upper()), headcount) for slug, headcount in STAFF.items()
    ]
    assert (wording.k_mean, wording.k_distribution) == (7, 10)


def test_only_a_draft_opens_and_it_opens_once() -> None:
    stage = staged()
    stage.open()
    with broken(Broken.NOT_DRAFT):
        stage.open()
