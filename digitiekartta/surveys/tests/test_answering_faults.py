"""Days, guesses and faults at the endpoint: what is counted, and what is told."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import OperationalError, connection

from digitiekartta.surveys import services
from digitiekartta.surveys.rules import Way, new_code
from digitiekartta.surveys.services.answers import Outcome, Submission, UncertainCommitError, store
from digitiekartta.surveys.services.rounds import Settings
from digitiekartta.surveys.services.units import Group
from digitiekartta.ui.clock import HELSINKI
from tests.kauhava import TODAY, intent, text

from .rounds import Stage, opened, staged
from .sending import Desk, desk, form

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def counter() -> Iterator[Desk]:
    with desk() as one:
        yield one


@pytest.mark.parametrize(
    "closes_on",
    [
        TODAY + datetime.timedelta(days=14),
        datetime.date(2027, 3, 27),
        datetime.date(2027, 3, 28),
        datetime.date(2027, 10, 30),
        datetime.date(2027, 10, 31),
    ],
    ids=str,
)
def test_answering_ends_with_the_closing_day_also_when_the_clocks_are_set(
    counter: Desk, closes_on: datetime.date
) -> None:
    """The clocks are set on 28.3. and 31.10.2027: on the closing day or the night after it."""
    stage, codes = opened(closes_on=closes_on)
    midnight = datetime.datetime.combine(
        closes_on + datetime.timedelta(days=1), datetime.time(), HELSINKI
    ).astimezone(datetime.UTC)
    for moment, said in [(midnight - SECOND, "thanks"), (midnight, "closed")]:
        for zone in (HELSINKI, datetime.UTC):
            counter.clock.now = moment.astimezone(zone)
            assert counter.post(stage, form(stage, codes[0], 3)).said == said
    assert stage.counted("a")[0] == 1


def test_an_open_round_takes_answers_from_its_opening_day_on(counter: Desk) -> None:
    stage, codes = opened(opens_on=TODAY + datetime.timedelta(days=2))
    midnight = datetime.datetime.combine(
        TODAY + datetime.timedelta(days=2), datetime.time(), HELSINKI
    )
    counter.clock.now = midnight - SECOND
    assert counter.post(stage, form(stage, codes[0], 3)).said == "not_yet_open"
    counter.clock.now = midnight
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"


def test_a_closed_round_takes_no_answer_from_the_moment_it_is_closed(counter: Desk) -> None:
    stage, codes = opened()
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
    stage.close(early=True)
    for seconds in (0, 2):
        counter.clock.move(seconds)
        reply = counter.post(stage, form(stage, codes[1], 3))
        assert (reply.status, reply.said) == (410, "closed")


def test_more_days_are_known_within_a_second(counter: Desk) -> None:
    stage, codes = opened()
    counter.clock.now += datetime.timedelta(days=20)
    assert counter.post(stage, form(stage, codes[0], 3)).said == "closed"
    services.extend_round(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        closes_on=TODAY + datetime.timedelta(days=30),
    )
    counter.clock.move(1)
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"


def test_a_spare_code_and_a_new_round_are_good_at_once(counter: Desk) -> None:
    stage, codes = opened()
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
    spare = stage.codes("a")
    counter.clock.move(0.2)
    assert counter.post(stage, form(stage, spare[0], 3)).said == "thanks"
    assert counter.post(stage, form(stage, codes[1], 3)).said == "thanks"
    second = services.make_round(
        ledger_id=stage.ledger_id,
        intent=intent(),
        framework_id=stage.round.framework_id,
        settings=Settings(text("Toinen"), TODAY, TODAY + datetime.timedelta(days=3)),
    )
    assert second.entity_id is not None
    again = Stage(stage.ledger_id, stage.slug, second.entity_id)
    services.set_units(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=again.round_id,
        groups=[Group(stage.unit("a").party_id, 9)],
    )
    new = again.codes("a")
    again.open()
    counter.clock.move(0.2)
    assert counter.post(again, form(again, codes[2], 3)).said == "wrong_code"
    assert counter.post(again, form(again, new[0], 3)).said == "thanks"


def linked() -> tuple[Stage, str]:
    stage = staged(ways={"c": Way.OPEN_LINK})
    stage.open()
    return stage, stage.unit("c").link


def test_an_open_link_counts_everybody_who_answers_and_one_form_once(counter: Desk) -> None:
    stage, link = linked()
    send = partial(form, stage, "", 4, link=link)
    assert counter.post(stage, send(nonce="a" * 16)).said == "thanks"
    assert counter.post(stage, send(nonce="a" * 16)).said == "thanks"
    replies = counter.post_all([(stage, send(nonce="b" * 16))] * 20)
    assert {one.said for one in replies} == {"thanks"}
    assert counter.post(stage, send()).said == "thanks"
    assert stage.counted("c")[0] == 3


def test_a_wrong_link_and_that_of_a_group_with_codes_are_refused(counter: Desk) -> None:
    stage, _ = linked()
    for wrong in ("x" * 16, str(stage.unit("a").pk)):
        assert counter.post(stage, form(stage, "", 4, link=wrong)).said == "wrong_link"
    assert stage.counted("a")[0] == 0


def test_guessing_is_slowed_down_and_a_right_code_from_the_same_address_is_not(
    counter: Desk,
) -> None:
    stage, codes = opened()
    said = [counter.post(stage, form(stage, new_code(), 3)).said for _ in range(70)]
    assert said == ["wrong_code"] * 60 + ["too_many_wrong_codes"] * 10
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
    assert counter.post(stage, form(stage, new_code(), 3), client="192.0.2.9").said == "wrong_code"
    made = len(counter.problems)
    counter.post(stage, form(stage, new_code(), 3))
    assert len(counter.problems) == made
    counter.clock.move(20)
    assert counter.post(stage, form(stage, new_code(), 3)).said == "wrong_code"


def test_guessing_from_many_addresses_is_slowed_down_too(counter: Desk) -> None:
    stage, codes = opened()
    said = [
        counter.post(stage, form(stage, new_code(), 3), client=f"198.51.100.{n % 250}").said
        for n in range(610)
    ]
    assert said == ["wrong_code"] * 600 + ["too_many_wrong_codes"] * 10
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"


def test_what_could_not_be_stored_is_told_and_sent_again_counts_once() -> None:
    failing = [True]

    def unsteady(batch: Sequence[Submission]) -> list[Outcome]:
        if failing[0]:
            raise OperationalError("the database is away")
        return store(batch)

    with desk(unsteady) as counter:
        stage, codes = opened()
        logging.disable(logging.ERROR)
        try:
            reply = counter.post(stage, form(stage, codes[0], 3))
        finally:
            logging.disable(logging.NOTSET)
        assert (reply.status, reply.said) == (503, "not_stored")
        failing[0] = False
        assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
        assert stage.counted("a")[0] == 1


def test_a_lost_connection_is_made_anew_and_a_commit_nobody_knows_of_counts_once() -> None:
    fail: list[Exception] = []

    def unsteady(batch: Sequence[Submission]) -> list[Outcome]:
        outcomes = store(batch)
        if fail:
            raise fail.pop()
        return outcomes

    with desk(unsteady) as counter:
        stage = staged(ways={"c": Way.OPEN_LINK})
        codes = stage.codes("a")
        stage.open()
        fail.append(UncertainCommitError())
        assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
        assert stage.counted("a")[0] == 1
        fail.append(UncertainCommitError())
        open_form = form(stage, "", 3, link=stage.unit("c").link, nonce="n" * 16)
        assert counter.post(stage, open_form).said == "not_stored"
        assert stage.counted("c")[0] == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_connections_that_the_database_ended_are_made_anew_unnoticed(counter: Desk) -> None:
    stage, codes = opened()
    assert counter.post(stage, form(stage, codes[0], 3)).said == "thanks"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    counter.clock.move(5)
    assert counter.post(stage, form(stage, codes[1], 3)).said == "thanks"
    assert stage.counted("a")[0] == 2


def test_what_waits_when_the_server_stops_is_stored_first() -> None:
    stage, codes = opened()
    may_store = threading.Event()

    def slow(batch: Sequence[Submission]) -> list[Outcome]:
        may_store.wait(5)
        return store(batch)

    with ThreadPoolExecutor(1) as sender, desk(slow) as counter:
        forms = [(stage, form(stage, one, 3)) for one in codes[:30]]
        replies = sender.submit(counter.post_all, forms)
        while counter.waiting < 30:
            time.sleep(0.01)
        time.sleep(0.2)
        threading.Timer(0.1, may_store.set).start()
        counter.batcher.stop()
        assert {one.said for one in replies.result()} == {"thanks"}
    assert stage.counted("a")[0] == 30
