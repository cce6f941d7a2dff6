"""Codes: made for groups, told once, kept as hashes."""

from __future__ import annotations

import datetime

import pytest

from digitiekartta.history.models import Entry
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes
from digitiekartta.surveys.rules import (
    Broken,
    Way,
    code_count,
    hashed_code,
    most_codes,
    unsealed,
)
from digitiekartta.surveys.services.answers import Outcome
from tests.kauhava import intent

from .rounds import (
    broken,
    staged,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


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
