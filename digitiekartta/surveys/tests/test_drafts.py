"""A draft can be deleted, its groups answer as one where that is wished, and a round is copied."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

import pytest

from digitiekartta.history.queries import document_at, from_tables, revision_of
from digitiekartta.history.rules import ConflictError
from digitiekartta.municipalities.models import Party
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes, Round, RoundUnit
from digitiekartta.surveys.queries import announced_round
from digitiekartta.surveys.rules import Broken, Way, closes_at, opens_at
from digitiekartta.surveys.services.units import Group
from digitiekartta.surveys.wording import wording_of
from tests.kauhava import NOW, TODAY, intent

from .rounds import CLOSES, Stage, broken, new_party, party, settings, staged

pytestmark = pytest.mark.django_db
SMALL = {"fi": "Pienet toimialat", "sv": "Små sektorer"}


def of(stage: Stage, **more: Any) -> dict[str, Any]:
    return {"ledger_id": stage.ledger_id, "intent": intent(**more)}


def merged(stage: Stage, *slugs: str, way: Way = Way.PAPER) -> RoundUnit:
    """The group that others became."""
    ids = [stage.unit(slug).pk for slug in slugs]
    receipt = services.merge_units(
        **of(stage), round_id=stage.round_id, unit_ids=ids, name=SMALL, way=way
    )
    return RoundUnit.objects.get(pk=receipt.entity_id)


def as_chosen(round_id: UUID) -> list[tuple[Any, ...]]:
    """A round's groups without what is made anew for each."""
    units = RoundUnit.objects.filter(round=round_id).select_related("party", "parent__party")
    return [
        (
            unit.party.slug,
            unit.parent.party.slug if unit.parent is not None else None,
            unit.headcount,
            unit.way,
            unit.name,
            len(unit.merged),
        )
        for unit in units.order_by("rank")
    ]


def test_a_draft_is_deleted_with_its_groups_and_codes_and_the_log_keeps_that_it_was() -> None:
    stage, other = staged(), staged("alajarvi")
    above = new_party(stage.ledger_id, "d", parent_id=party(stage.ledger_id, "a").pk)
    groups = [Group(party(stage.ledger_id, "a").pk, 40), Group(above, 10)]
    services.set_units(**of(stage), round_id=stage.round_id, groups=groups)
    stage.codes("a")
    before = revision_of(stage.ledger_id)
    receipt = services.remove_round(**of(stage), round_id=stage.round_id)
    assert receipt.entity_id == stage.round_id
    assert list(Round.objects.values_list("pk", flat=True)) == [other.round_id]
    assert not RoundUnit.objects.filter(ledger_id=stage.ledger_id).exists()
    assert not Codes.objects.exists()
    assert str(stage.round_id) in document_at(stage.ledger_id, before).document.of("round")
    now = document_at(stage.ledger_id, revision_of(stage.ledger_id))
    assert now == from_tables(stage.ledger_id)
    assert not now.document.of("round")


def test_an_opened_round_is_never_deleted() -> None:
    stage = staged()
    stage.open()
    with broken(Broken.NOT_DRAFT):
        services.remove_round(**of(stage), round_id=stage.round_id)
    assert stage.round.state == "open"


def test_a_draft_that_somebody_changed_meanwhile_is_not_deleted_unseen() -> None:
    stage = staged()
    seen = revision_of(stage.ledger_id)
    services.change_round(**of(stage), round_id=stage.round_id, settings=settings(k_mean=7))
    with pytest.raises(ConflictError):
        services.remove_round(**of(stage, expected_revision=seen), round_id=stage.round_id)
    assert stage.round.k_mean == 7


def test_merged_groups_answer_as_one_under_their_own_name_with_their_staff_together() -> None:
    stage = staged()
    stage.codes("b")
    one = merged(stage, "b", "c")
    assert (one.called, one.headcount, one.way, one.code_count) == (SMALL, 20, "paper", 0)
    assert not Codes.objects.exists()
    codes = stage.codes("b")
    assert len(codes) == 22
    stage.open()
    units = wording_of(stage.round.wording).units
    assert [(unit.name["fi"], unit.headcount) for unit in units] == [("A", 40), (SMALL["fi"], 20)]
    stage.answer("b", codes[0], 4)
    assert stage.counted("b")[0] == 1


def test_a_merged_group_can_be_merged_further_and_is_taken_apart_as_it_was() -> None:
    stage = staged(ways={"c": Way.OPEN_LINK})
    before = as_chosen(stage.round_id)
    merged(stage, "b", "c")
    one = merged(stage, "a", "b")
    assert (one.headcount, len(one.merged)) == (60, 3)
    services.take_apart(**of(stage), unit_id=one.pk)
    assert as_chosen(stage.round_id) == before
    assert stage.unit("c").link
    ledger_id = stage.ledger_id
    assert document_at(ledger_id, revision_of(ledger_id)) == from_tables(ledger_id)


def test_only_groups_beside_each_other_without_groups_of_their_own_are_merged() -> None:
    stage = staged()
    b = party(stage.ledger_id, "b").pk
    below = new_party(stage.ledger_id, "b1", parent_id=b)
    groups = [Group(party(stage.ledger_id, one).pk, 10) for one in "abc"]
    services.set_units(**of(stage), round_id=stage.round_id, groups=[*groups, Group(below, 4)])
    for slugs, rule in (
        (("a",), Broken.TOO_FEW_TO_MERGE),
        ((), Broken.TOO_FEW_TO_MERGE),
        (("a", "b"), Broken.NOT_BESIDE),
        (("a", "b1"), Broken.NOT_BESIDE),
    ):
        with broken(rule):
            merged(stage, *slugs)
    other = staged("alajarvi")
    ids = [stage.unit("c").pk, other.unit("c").pk]
    more = {"round_id": stage.round_id, "unit_ids": ids, "name": SMALL, "way": Way.EMAIL}
    with pytest.raises(RoundUnit.DoesNotExist):
        services.merge_units(**of(stage), **more)


def test_choosing_groups_anew_leaves_merged_ones_alone_and_their_members_are_not_chosen() -> None:
    stage = staged()
    one = merged(stage, "b", "c")
    a, c = (party(stage.ledger_id, slug).pk for slug in "ac")
    with broken(Broken.MERGED_ALREADY):
        groups = [Group(a, 40), Group(c, 8)]
        services.set_units(**of(stage), round_id=stage.round_id, groups=groups)
    services.set_units(**of(stage), round_id=stage.round_id, groups=[Group(a, 41)])
    assert as_chosen(stage.round_id)[0][2] == 41
    assert RoundUnit.objects.get(pk=one.pk).headcount == 20


def test_an_opened_round_s_groups_are_neither_merged_nor_taken_apart() -> None:
    stage = staged()
    one = merged(stage, "b", "c")
    stage.open()
    with broken(Broken.NOT_DRAFT):
        merged(stage, "a", "b")
    with broken(Broken.NOT_DRAFT):
        services.take_apart(**of(stage), unit_id=one.pk)


def test_a_copy_asks_the_same_of_the_same_groups_and_has_nothing_of_the_answers() -> None:
    stage = staged(ways={"a": Way.OPEN_LINK})
    below = new_party(stage.ledger_id, "a1", parent_id=party(stage.ledger_id, "a").pk)
    groups = [Group(party(stage.ledger_id, one).pk, 12) for one in "abc"]
    groups[0] = Group(groups[0].party_id, 40, Way.OPEN_LINK)
    services.set_units(**of(stage), round_id=stage.round_id, groups=[*groups, Group(below, 9)])
    merged(stage, "b", "c")
    codes = stage.codes("b")
    stage.open()
    stage.answer("b", codes[0], 4)
    later = settings(name={"fi": "Toinen"}, opens_on=None, closes_on=None, k_mean=6)
    receipt = services.copy_round(**of(stage), round_id=stage.round_id, settings=later)
    copy = Round.objects.get(pk=receipt.entity_id)
    assert (copy.state, copy.name, copy.k_mean, copy.wording) == ("draft", {"fi": "Toinen"}, 6, {})
    assert copy.framework_id == stage.round.framework_id
    assert copy.salt != stage.round.salt
    assert as_chosen(copy.pk) == as_chosen(stage.round_id)
    links = {unit.link for unit in RoundUnit.objects.exclude(link="")}
    assert len(links) == 2
    assert not Codes.objects.filter(unit__round=copy).exists()
    assert not RoundUnit.objects.filter(round=copy, code_count__gt=0).exists()


def test_of_a_sector_that_has_ended_no_group_is_copied_and_its_units_go_up() -> None:
    stage = staged()
    below = new_party(stage.ledger_id, "a1", parent_id=party(stage.ledger_id, "a").pk)
    groups = [Group(party(stage.ledger_id, "a").pk, 40), Group(below, 9)]
    services.set_units(**of(stage), round_id=stage.round_id, groups=groups)
    Party.objects.filter(slug="a").update(ended_on=TODAY)
    receipt = services.copy_round(**of(stage), round_id=stage.round_id, settings=settings())
    assert receipt.entity_id is not None
    assert as_chosen(receipt.entity_id) == [("a1", None, 9, "email", {}, 0)]


def test_the_home_page_is_told_of_an_open_round_on_its_days_and_only_where_it_is_set_so() -> None:
    stage, silent = staged(public_link=True), staged("alajarvi")
    assert announced_round(stage.slug, NOW) is None
    stage.open()
    silent.open()
    second = datetime.timedelta(seconds=1)
    told = announced_round(stage.slug, NOW)
    assert told is not None
    assert told.closes_on == CLOSES
    assert announced_round(silent.slug, NOW) is None
    assert announced_round(stage.slug, opens_at(TODAY) - second) is None
    assert announced_round(stage.slug, opens_at(TODAY)) is not None
    assert announced_round(stage.slug, closes_at(CLOSES) - second) is not None
    assert announced_round(stage.slug, closes_at(CLOSES)) is None
    stage.close(early=True, at=NOW)
    assert announced_round(stage.slug, NOW) is None
