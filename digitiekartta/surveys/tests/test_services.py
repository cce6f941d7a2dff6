"""A round's life: who may do what when, and what is left after it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.documents.document import canonical, sha256
from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import current, document_at, from_tables, revision_of
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.models import Framework, Party
from digitiekartta.municipalities.rules import PartyKind
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes, DailyCount, Result, RoundUnit, Tally
from digitiekartta.surveys.rules import (
    Broken,
    RoundError,
    RoundState,
    Way,
    code_count,
    hashed_code,
    most_codes,
    unsealed,
)
from digitiekartta.surveys.services.answers import Outcome
from digitiekartta.surveys.services.units import Group
from digitiekartta.surveys.wording import wording_of
from tests.kauhava import TODAY, intent, text

from .rounds import AFTER, CLOSES, STAFF, new_party, new_round, party, settings, staged

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def broken(rule: Broken) -> Any:
    """Expects the rule to be broken."""
    return pytest.raises(RoundError, match=f"^{rule}$")


# ---- making


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


# ---- groups


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


# ---- codes


def test_a_group_gets_a_code_for_each_and_some_to_spare_and_only_hashes_are_kept() -> None:
    stage = staged()
    codes = stage.codes("a")
    assert len(set(codes)) == len(codes) == code_count(40) == 44
    salt = bytes(stage.round.salt)
    kept = unsealed(bytes(Codes.objects.get(unit=stage.unit("a")).given))
    assert kept == sorted(hashed_code(one, salt) for one in codes)
    assert list(codes) != sorted(codes, key=lambda one: hashed_code(one, salt))


def test_codes_stand_in_no_entry_of_the_log() -> None:
    stage = staged()
    codes = stage.codes("a")
    log = str(list(Entry.objects.values_list("changes", "reason", "kind")))
    assert not any(one in log for one in codes)
    assert "make_codes" in log


def test_a_repeat_of_the_same_request_tells_no_code_again() -> None:
    stage = staged()
    request = {"ledger_id": stage.ledger_id, "unit_id": stage.unit("a").pk}
    first = services.make_codes(**request, intent=intent(key="one"))
    again = services.make_codes(**request, intent=intent(key="one"))
    assert (len(first.codes), again.codes, again.receipt.repeated) == (44, (), True)
    assert stage.unit("a").code_count == 44


def test_spare_codes_are_made_while_the_round_is_open_and_used_ones_stay_used() -> None:
    stage = staged()
    first = stage.codes("a")
    stage.open()
    assert stage.answer("a", first[0], 3) is Outcome.COUNTED
    spare = stage.codes("a")
    assert len(spare) == 4
    assert stage.tally("a").codes == 48
    assert stage.answer("a", first[0], 3) is Outcome.ANSWERED_BEFORE
    assert {stage.answer("a", one, 3) for one in (*first[1:], *spare)} == {Outcome.COUNTED}
    assert stage.counted("a")[0] == 48


def test_a_group_gets_at_most_twice_the_codes_of_the_first_time() -> None:
    stage = staged()
    for _ in range(2):
        stage.codes("c", 10)
    assert stage.unit("c").code_count == most_codes(8) == 20
    for count in (1, 0, -1):
        with broken(Broken.TOO_MANY_CODES):
            stage.codes("c", count)


def test_a_group_with_an_open_link_gets_no_codes_and_a_closed_round_none_either() -> None:
    stage = staged(ways={"c": Way.OPEN_LINK})
    with broken(Broken.NO_CODES_HERE):
        stage.codes("c")
    stage.open()
    stage.close()
    with broken(Broken.NOT_OPEN):
        stage.codes("a")


# ---- opening


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


# ---- counting


def test_the_day_is_counted_once_and_only_for_open_rounds() -> None:
    stage, _ = staged(), staged("alajarvi")
    codes = stage.codes("a")
    stage.open()
    stage.answer("a", codes[0], 4)
    assert services.count_today(day=TODAY) == 3
    stage.answer("a", codes[1], 4)
    assert services.count_today(day=TODAY) == 0
    assert services.count_today(day=TODAY + DAY) == 3
    counts = DailyCount.objects.filter(unit=stage.unit("a")).order_by("day")
    assert list(counts.values_list("respondents", flat=True)) == [1, 2]


def test_counting_writes_nothing_into_the_log() -> None:
    stage = staged()
    stage.open()
    before = revision_of(stage.ledger_id)
    services.count_today(day=TODAY)
    assert revision_of(stage.ledger_id) == before


# ---- closing and publishing


def test_closing_freezes_the_results_and_leaves_no_tally_and_no_code() -> None:
    stage = staged()
    codes = stage.codes("a")
    stage.open()
    for code in codes[:6]:
        stage.answer("a", code, 4)
    stage.close()
    result = Result.objects.get(round=stage.round_id)
    assert result.sha256 == sha256(canonical(result.content))
    assert (stage.round.state, result.published, result.audience) == ("closed", False, "team")
    assert not Tally.objects.exists()
    assert not Codes.objects.exists()


def test_a_round_closes_after_its_last_day_or_early_if_so_asked() -> None:
    stage = staged()
    stage.open()
    with broken(Broken.NOT_OVER):
        stage.close(at=AFTER - 2 * datetime.timedelta(minutes=1))
    stage.close(at=AFTER - DAY, early=True)
    assert stage.round.state == RoundState.CLOSED


def test_nothing_is_deleted_where_the_results_can_not_be_frozen(monkeypatch: Any) -> None:
    stage = staged()
    codes = stage.codes("a")
    stage.open()
    stage.answer("a", codes[0], 4)

    def fail(*_: Any) -> None:
        raise ArithmeticError

    monkeypatch.setattr("digitiekartta.surveys.services.closing.results_of", fail)
    with pytest.raises(ArithmeticError):
        stage.close()
    assert stage.round.state == RoundState.OPEN
    assert stage.counted("a")[0] == 1


def test_publishing_gives_everybody_what_was_frozen_and_adds_nothing() -> None:
    stage = staged()
    stage.open()
    publish = {"ledger_id": stage.ledger_id, "intent": intent(), "round_id": stage.round_id}
    with broken(Broken.NOT_CLOSED):
        services.publish_results(**publish)
    stage.close()
    before = Result.objects.values_list("content", "sha256").get()
    services.publish_results(**publish)
    result = Result.objects.get()
    assert (result.content, result.sha256) == before
    assert (result.published, result.audience, stage.round.state) == (True, "", "published")
    with broken(Broken.NOT_CLOSED):
        services.publish_results(**publish)


@pytest.mark.parametrize("step", ["open", "close", "publish"])
def test_a_round_moves_only_forward(step: str) -> None:
    stage = staged()
    if step != "open":
        with broken(Broken.NOT_OPEN):
            stage.close()
    stage.open()
    stage.close()
    with broken(Broken.NOT_OPEN):
        stage.close()
    with broken(Broken.NOT_DRAFT):
        stage.open()


def test_what_is_recorded_of_a_round_is_rebuilt_from_the_log() -> None:
    stage = staged(ways={"c": Way.OPEN_LINK})
    codes = stage.codes("a")
    stage.open()
    stage.answer("a", codes[0], 4)
    stage.close()
    services.publish_results(ledger_id=stage.ledger_id, intent=intent(), round_id=stage.round_id)
    ledger_id = stage.ledger_id
    assert document_at(ledger_id, revision_of(ledger_id)) == from_tables(ledger_id)
    assert current(ledger_id).document.of("round").keys() == {str(stage.round_id)}


def test_another_municipality_s_round_is_not_found() -> None:
    stage, other = staged(), staged("alajarvi")
    with pytest.raises(Framework.DoesNotExist):
        services.make_round(
            ledger_id=other.ledger_id,
            intent=intent(),
            framework_id=stage.round.framework_id,
            settings=settings(),
        )
    with pytest.raises(type(stage.round).DoesNotExist):
        services.open_round(ledger_id=other.ledger_id, intent=intent(), round_id=stage.round_id)


def test_several_rounds_may_ask_the_same_framework() -> None:
    stage = staged()
    assert new_round(stage.ledger_id) != stage.round_id
