"""The example: what is Kauhava's own, what is made up, and that the latter can be removed."""

from __future__ import annotations

import csv
import datetime
import json
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from digitiekartta.config.example import load_example, remove_example
from digitiekartta.documents.registry import EXAMPLE
from digitiekartta.history.models import Entry
from digitiekartta.history.queries import current
from digitiekartta.levels.rules import SeriesKind
from digitiekartta.roadmaps.rules import Situation
from digitiekartta.surveys.models import Tally
from tests.kauhava import NOW, TODAY, Town

SOURCE = Path(__file__).parent / "data" / "example-actions.csv"
HALVES = {"H1": "-H1", "H2": "-H2"}


def test_the_actions_are_those_of_the_source_list(kauhava: Town) -> None:
    actions = {one.number: one for one in kauhava.plan().actions}
    with SOURCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(actions) == 33
    for row in rows:
        action = actions[row["tunnus"]]
        assert action.statement["fi"] == row["toimenpide"]
        assert str(action.span.first) == row["alkaa"].replace(" ", "-")
        assert str(action.span.last) == row["paattyy"].replace(" ", "-")
        assert action.responsible is not None
        assert action.responsible.name["fi"] == row["vastuutaho"]
        assert action.priority is not None
        assert action.priority.number == int(row["karki_nro"])
        assert action.priority.name["fi"] == row["kehittamisen_karki"]
        assert action.goal is not None
        assert action.goal.title["fi"] == row["tavoite"]


def test_every_action_counts_once_on_9_december_2026(kauhava: Town) -> None:
    counts = Counter(one.situation for one in kauhava.plan().actions)
    assert counts == {
        Situation.DONE: 11,
        Situation.ONGOING: 12,
        Situation.NOT_BEGUN: 2,
        Situation.WAITING_FOR_MONEY: 3,
        Situation.LATE: 3,
        Situation.PAUSED: 1,
        Situation.CANCELLED: 1,
    }


def test_the_late_ones_are_late_and_one_that_waits_for_money_is_late_by_it(kauhava: Town) -> None:
    actions = kauhava.plan().actions
    late = [one.number for one in actions if one.situation is Situation.LATE]
    assert late == ["1.6", "3.1", "5.3"]
    waiting_and_late = [one.number for one in actions if one.waiting and one.late]
    assert waiting_and_late == ["2.7"]


def test_every_late_paused_or_cancelled_action_tells_its_reason(kauhava: Town) -> None:
    for action in kauhava.plan().actions:
        if action.late or action.cancelled or action.situation is Situation.PAUSED:
            assert action.reason.get("fi"), action.number


def test_version_two_moved_four_added_one_and_cancelled_one(kauhava: Town) -> None:
    plan = kauhava.plan()
    assert [one.number for one in plan.versions] == [2, 1]
    assert len([one for one in plan.actions if one.moved]) == 4
    assert len([one for one in plan.actions if one.cancelled]) == 1


@pytest.mark.parametrize("day", ["2025-06-01", "2026-06-30", "2026-11-24"])
def test_nothing_in_the_example_happens_after_today(db: None, day: str) -> None:
    now = NOW.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]))
    load_example(now)
    assert all(entry.at <= now for entry in Entry.objects.all())
    dated = ("noted_on", "measured_on", "decided_on")
    for entry in Entry.objects.all():
        for _, _, field, _, new in entry.changes:
            record = new if field is None else {field: new}
            for name in dated:
                if record and record.get(name):
                    assert datetime.date.fromisoformat(record[name]) <= now.date()


def test_the_logs_time_never_goes_back(kauhava: Town) -> None:
    times = list(Entry.objects.order_by("revision").values_list("at", flat=True))
    assert times == sorted(times)


def test_the_survey_rounds_are_frozen_and_give_the_levels(kauhava: Town) -> None:
    plan = kauhava.plan()
    rated = [one for one in plan.series if one.kind is SeriesKind.SURVEY]
    assert [(one.respondents, one.headcount) for one in rated] == [(414, 960), (438, 960)]
    latest = [one.latest.value for one in plan.perspectives if one.latest is not None]
    assert latest == [3.2, 3.4, 2.9, 2.7, 2.6, 3.1, 2.4, 3.1, 3.0, 2.5, 2.8]
    assert not Tally.objects.exists()


def test_the_example_loads_once(kauhava: Town) -> None:
    revision = current(kauhava.ledger_id).revision
    assert load_example(NOW) is False
    assert current(kauhava.ledger_id).revision == revision


def test_removing_the_example_leaves_the_facts_and_nothing_else(kauhava: Town) -> None:
    assert remove_example(NOW) == 1
    document = current(kauhava.ledger_id).document
    assert not [id for _, id, record in document if record.get(EXAMPLE.name)]
    plan = kauhava.plan()
    assert plan.actions == plan.goals == plan.series == plan.versions == ()
    assert plan.roadmap.vision == {}
    assert len(plan.perspectives) == 11
    assert [one.number for one in plan.priorities] == [1, 2, 3, 4, 5]
    assert all(one.reason == {} for one in plan.priorities)
    assert plan.roadmap.foreword["fi"]
    assert [one.decided_on for one in plan.decisions] == [datetime.date(2024, 12, 16)]
    assert not plan.has_examples
    assert remove_example(NOW) == 0


def test_every_text_of_the_example_is_in_three_languages() -> None:
    folder = resources.files("digitiekartta.config.example")
    for name in ("kauhava.json", "example.json", "actions.json"):
        for place, text in _texts(json.loads(folder.joinpath(name).read_text("utf-8")), name):
            assert all(text.get(one) for one in ("fi", "sv", "en")), place


def _texts(value: object, place: str) -> list[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        if "fi" in value:
            return [(place, value)]
        return [found for key, one in value.items() for found in _texts(one, f"{place}.{key}")]
    if isinstance(value, list):
        return [found for i, one in enumerate(value) for found in _texts(one, f"{place}[{i}]")]
    return []


def test_today_is_the_tests_day(kauhava: Town) -> None:
    assert kauhava.plan().on == TODAY
