"""Counting the days of an open round, closing and publishing it, and what is left after it."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from digitiekartta.documents.document import canonical, sha256
from digitiekartta.history.queries import current, document_at, from_tables, revision_of
from digitiekartta.municipalities.models import Framework
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Codes, DailyCount, Result, Round, Tally
from digitiekartta.surveys.queries import response_counts
from digitiekartta.surveys.results import Cell, results_of
from digitiekartta.surveys.rules import (
    Broken,
    RoundState,
    Way,
    hashed_code,
)
from digitiekartta.surveys.services import closing, remains
from tests.kauhava import TODAY, intent

from .rounds import (
    AFTER,
    broken,
    new_round,
    settings,
    staged,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


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


def test_of_the_counts_the_latest_is_told_and_none_of_a_group_under_the_least_size() -> None:
    stage = staged(staff={"a": 40, "b": 5, "c": 4})
    codes = stage.codes("a")
    stage.open()
    services.count_today(day=TODAY)
    stage.answer("a", codes[0], 4)
    services.count_today(day=TODAY + DAY)
    told = response_counts(stage.round_id)
    assert {id: (one.day, one.respondents) for id, one in told.items()} == {
        stage.unit("a").pk: (TODAY + DAY, 1),
        stage.unit("b").pk: (TODAY + DAY, 0),
    }


def test_a_round_closed_early_ends_on_that_day_and_one_in_time_keeps_its_last_day() -> None:
    early, in_time = staged(), staged("alajarvi")
    for stage in (early, in_time):
        stage.open()
    services.close_round(
        ledger_id=early.ledger_id, intent=intent(), round_id=early.round_id, early=True
    )
    last = Round.objects.get(pk=in_time.round_id).closes_on
    services.close_round(
        ledger_id=in_time.ledger_id, intent=intent(at=AFTER), round_id=in_time.round_id
    )
    assert last is not None
    assert last > TODAY
    assert Round.objects.get(pk=early.round_id).closes_on == TODAY
    assert Round.objects.get(pk=in_time.round_id).closes_on == last


def test_counting_writes_nothing_into_the_log() -> None:
    stage = staged()
    stage.open()
    before = revision_of(stage.ledger_id)
    services.count_today(day=TODAY)
    assert revision_of(stage.ledger_id) == before


def test_closing_freezes_the_results_and_leaves_no_tally_and_no_code() -> None:
    stage = staged()
    codes = stage.codes("a")
    stage.open()
    for code in codes[:6]:
        stage.answer("a", code, 4)
    stage.close()
    result = Result.objects.get(round=stage.round_id)
    shown = results_of(result.content).group(str(stage.unit("a").pk))
    assert shown is not None
    assert (shown.headcount, shown.respondents) == (40, 6)
    assert [isinstance(one, Cell) and one.mean.number for one in shown.cells] == [4.0] * 11
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

    monkeypatch.setattr("digitiekartta.surveys.services.closing.frozen_results", fail)
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


def test_an_answer_that_comes_while_the_results_are_computed_is_in_them(monkeypatch: Any) -> None:
    stage = staged()
    codes = stage.codes("a")
    stage.open()
    for code in codes[:6]:
        stage.answer("a", code, 4)
    compute, late = closing.frozen_results, [codes[6]]

    def slow(*arguments: Any) -> dict[str, Any]:
        results = compute(*arguments)
        while late:
            stage.answer("a", late.pop(), 4)
        return results

    monkeypatch.setattr(closing, "frozen_results", slow)
    stage.close()
    shown = results_of(Result.objects.get().content).group(str(stage.unit("a").pk))
    assert shown is not None
    assert shown.respondents == 7


@pytest.mark.django_db(transaction=True)
def test_a_closed_round_leaves_neither_counts_nor_codes_in_the_database_s_files() -> None:
    """Nor where somebody else's transaction, in another database of the server, has not ended."""
    stage, other = staged(), staged("alajarvi")
    codes, others = stage.codes("a"), other.codes("a")
    stage.open()
    other.open()
    other.answer("a", others[0], 4)
    for code in codes[:30]:
        stage.answer("a", code, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5)
    hashes = [hashed_code(one, bytes(stage.round.salt)) for one in codes]
    counts = bytes(stage.tally("a").counts)
    remains.empty_the_journal()
    assert all(one in _bytes_of_the_database() for one in (*hashes, counts))
    with _somebody_at_work_in_another_database():
        stage.close()
        left = _bytes_of_the_database()
    assert not any(one in left for one in (*hashes, counts))
    assert other.answer("a", others[1], 4).name == "COUNTED"
    assert other.answer("a", others[0], 4).name == "ANSWERED_BEFORE"
    assert other.counted("a") == (2, [(0, 0, 0, 2, 0)] * 11)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
def test_sqlite_erases_what_it_frees() -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


@contextlib.contextmanager
def _somebody_at_work_in_another_database() -> Iterator[None]:
    """A transaction that has begun and not ended, where the database is one of a server's."""
    if connection.vendor == "sqlite":
        yield
        return
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with psycopg.connect(address) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        yield


def _bytes_of_the_database() -> bytes:
    """SQLite's files, and of PostgreSQL the pages of the tables that answers are in."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relname IN ('surveys_tally', 'surveys_codes')"
            " OR oid IN (SELECT reltoastrelid FROM pg_class"
            " WHERE relname IN ('surveys_tally', 'surveys_codes'))"
        )
        return b"".join(bytes(content) for (content,) in cursor.fetchall())
