"""What can be had by comparing published figures: over units, questions, rounds and exports."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from ..freezing import Answered, frozen
from ..protection import Group, Hidden
from ..results import Cell, as_data
from .answered import Survey, flat, leaks, questions, spread, survey, surveys
from .outsider import Outsider, total
from .test_attack import SLOW

PACKAGE = Path(__file__).parents[2]


def test_a_unit_is_not_the_difference_of_a_sector_and_its_other_units() -> None:
    one = survey(
        {"all": None, "s": "all", "a": "s", "b": "s", "c": "s", "t": "all"},
        {"a": "1 1 2", "b": "3 4 3 4 5 3", "c": "3 4 3 2 4 3 5 3 4 2", "t": "3 4 2 3 4 3 3 4"},
    )
    results = one.results()
    assert results.cell("a", "q1") is Hidden.FEW
    assert results.cell("b", "q1") is Hidden.SHIELD
    assert isinstance(results.cell("c", "q1"), Cell)
    assert leaks(one, one.content()) == []


def test_a_unit_is_not_had_through_questions_that_fewer_answered() -> None:
    """Unit a has opinions enough on the first question and too few on the second."""
    groups = tuple(
        Group(one, "all" if one != "all" else None, 0 if one == "all" else 9)
        for one in ("all", "a", "b", "c")
    )
    answered = {
        "a": Answered(6, (spread([3, 4, 3, 4, 2, 3]), spread([5, 5, 0, 0, 0, 0]))),
        "b": Answered(7, (spread([3, 4, 3, 4, 2, 3, 1]), spread([2, 4, 3, 4, 2, 3, 1]))),
        "c": Answered(
            9, (spread([3, 4, 3, 4, 2, 3, 1, 5, 4]), spread([3, 4, 3, 4, 2, 3, 2, 5, 4]))
        ),
    }
    one = Survey(groups, answered, 2)
    results = one.results()
    assert isinstance(results.cell("a", "q1"), Cell)
    assert results.cell("a", "q2") is Hidden.FEW_OPINIONS
    assert results.cell("b", "q2") is Hidden.SHIELD
    assert [leak for at in range(2) for leak in leaks(one, one.content(), at)] == []


def test_what_one_question_makes_hide_is_hidden_for_all_so_that_it_does_not_tell_which() -> None:
    alike = flat(a="5 5 5 5", b="5 5", c="3 2 4 3 5 2 3 4 3", d="3 4 3 2 4 3 2 4 3 3")
    plain = flat(a="2 3 4 3", b="3 4", c="3 2 4 3 5 2 3 4 3", d="3 4 3 2 4 3 2 4 3 3")
    both = {
        group: Answered(tally.respondents, (tally.answers[0], plain.answered[group].answers[0]))
        for group, tally in alike.answered.items()
    }
    together = Survey(alike.groups, both, 2).results()
    assert isinstance(plain.results().cell("c", "q1"), Cell)
    for group in together.groups:
        assert isinstance(group.cells[0], Hidden) is isinstance(group.cells[1], Hidden)
    assert together.cell("c", "q2") is Hidden.SHIELD


class TwoRounds:
    """An outsider with the results of two rounds. Nothing binds the answers of the one to those of
    the other: rounds are unpaired, and nobody is known to have answered in both, or alike.
    """

    def __init__(self, first: Survey, second: Survey) -> None:
        self.outsiders = [self._outsider(one) for one in (first, second)]
        both = self.outsiders[0]
        for values, low, high in self.outsiders[1].rows:
            both.rows.append(
                ({(f"2:{one}", level): x for (one, level), x in values.items()}, low, high)
            )
        both.names += [(f"2:{one}", level) for one, level in self.outsiders[1].names]

    @staticmethod
    def _outsider(one: Survey) -> Outsider:
        levels = {group.id: 0 for group in one.groups}
        levels |= {group: tally.answers[0].n for group, tally in one.answered.items()}
        return Outsider(one.content(), 0, levels)

    def width(self, group: str) -> float:
        both = self.outsiders[0]
        sums = total([group])
        opposite = {name: -value for name, value in sums.items()}
        return (-both.least(opposite) - both.least(sums)) / both.n([group])


def test_a_second_round_without_a_unit_tells_nothing_of_what_the_unit_answered() -> None:
    first = survey(
        {"all": None, "a": "all", "b": "all", "c": "all"},
        {"a": "1 1 2", "b": "3 4 3", "c": "3 4 3 2 4 3 5 3 4 2"},
    )
    second = survey(
        {"all": None, "b": "all", "c": "all"}, {"b": "3 4 3", "c": "3 4 3 2 4 3 5 3 4 2"}
    )
    alone = TwoRounds._outsider(first)
    assert TwoRounds(first, second).width("a") == alone.width(["a"]) >= 1


@settings(SLOW, max_examples=20)
@given(surveys(most=6))
def test_each_round_is_protected_by_itself_whatever_was_published_before(one: Survey) -> None:
    """A round with one unit less is frozen from its own answers alone, and is as safe."""
    leaves = {group.id for group in one.groups} - {group.parent for group in one.groups}
    left = sorted(leaves - {"g0"})[0]
    later = Survey(tuple(group for group in one.groups if group.id != left), one.answered)
    assert leaks(later, later.content()) == []


def test_the_same_tallies_are_frozen_alike_at_any_time_and_in_any_order() -> None:
    one = flat(a="3 4 3", b="3 4 2 3 4", c="4 4 3 2 3 3", d="3 4 3 2 3 3 4 5 2 3")
    turned: Mapping[str, Answered] = dict(sorted(one.answered.items(), reverse=True))
    assert as_data(frozen(one.groups, questions(1), turned)) == one.content()


def test_no_cell_of_the_frozen_set_holds_more_than_its_published_figures() -> None:
    """Whatever is exported comes from here: nothing is kept that is finer than what is shown."""
    allowed = {
        "n",
        "mean",
        "dont_know",
        "shares",
        "shares_hidden",
        "half_width",
        "agreement",
        "weighted",
        "design_effect",
    }
    one = flat(a="3 4 3", b="3 4 2 3 4", c="4 4 3 2 3 3", d="3 4 3 2 3 3 4 5 2 3" * 3)
    for group in one.content()["groups"]:
        for cell in group["cells"]:
            assert set(cell) == {"hidden"} or set(cell) <= allowed
            assert _decimals(cell.get("mean")) <= 1
            assert all(_decimals(share) == 0 for share in cell.get("shares", ()))


def _decimals(figure: Any) -> int:
    written = str(next(iter(figure.values()))) if figure else "0"
    return len(written.partition(".")[2])


def test_only_the_service_that_closes_a_round_reads_answers_to_show_them() -> None:
    """Tallies reach the freezing of results and nothing else: no page, export or query."""
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        if {"frozen", "distributions"} & _imported(path)
    }
    assert readers <= {"surveys/services/closing.py"}


def test_pages_and_levels_know_the_frozen_results_and_nothing_that_made_them() -> None:
    inside = {"attack", "audit", "freezing", "worlds"}
    makers = {f"surveys/{name}.py" for name in inside} | {"surveys/services/closing.py"}
    users = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and _modules(path) & inside
    }
    assert users <= makers


def _imports(path: Path) -> list[ast.ImportFrom]:
    return [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
    ]


def _imported(path: Path) -> set[str]:
    """Names imported from modules of the surveys."""
    near = "surveys" in path.parts
    return {
        name.name
        for node in _imports(path)
        if near or "surveys" in (node.module or "")
        for name in node.names
    }


def _modules(path: Path) -> set[str]:
    """Modules of the surveys that are imported, by their last name."""
    near = "surveys" in path.parts
    return {
        (node.module or "").split(".")[-1]
        for node in _imports(path)
        if "surveys" in (node.module or "") or (near and node.level)
    }
