"""The shape of the code. There is no list of exceptions: what breaks a rule is changed."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "digitiekartta"
FILE_LINES, FUNCTION_LINES = 400, 40
VAGUE = {"util", "utils", "helper", "helpers", "common", "core", "manager", "managers", "misc"}
CLOCK = PACKAGE / "ui" / "clock.py"
READS_CLOCK = {"now", "utcnow", "today", "localdate"}


def _python_files(*, with_tests: bool = True) -> list[Path]:
    folders = ["digitiekartta", "tests", "tools", "bench"] if with_tests else ["digitiekartta"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    if not with_tests:
        found = [path for path in found if "tests" not in path.parts]
    return sorted(path for path in found if "migrations" not in path.parts)


def _module_order() -> list[str]:
    """The modules, lowest first, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(reversed(settings["tool"]["importlinter"]["contracts"][0]["layers"]))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_foreign_key_points_to_the_same_module_or_one_below_it() -> None:
    order = {name: place for place, name in enumerate(_module_order())}
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in order
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and order.get(field.related_model._meta.app_label, -1) > order[model._meta.app_label]
    ]
    assert upwards == []


def test_every_module_has_its_place_in_the_order_and_says_what_it_answers_for() -> None:
    modules = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    assert modules == set(_module_order())
    silent = [
        name
        for name in sorted(modules)
        if not ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text()))
    ]
    assert silent == []


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {_name(path): len(path.read_text().splitlines()) for path in _python_files()}
    assert {name: length for name, length in lengths.items() if length > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{_name(path)}:{node.lineno} {node.name}": length
        for path in _python_files()
        for node in _functions(ast.parse(path.read_text()))
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        _name(path)
        for path in PACKAGE.rglob("*")
        if path.stem in VAGUE and (path.suffix == ".py" or path.is_dir())
    ]
    assert vague == []


def _explained_files() -> list[Path]:
    return sorted([*PACKAGE.glob("*/rules.py"), *PACKAGE.glob("documents/*.py")])


@pytest.mark.parametrize("path", _explained_files(), ids=_name)
def test_every_public_rule_and_document_function_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text())
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []
    assert ast.get_docstring(tree)


def _clock_reads(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in READS_CLOCK:
            owner = ast.unparse(node.value)
            if owner.split(".")[-1] in {"datetime", "date", "timezone"}:
                yield f"{_name(path)}:{node.lineno} {owner}.{node.attr}"


def test_the_clock_is_read_in_one_place() -> None:
    reads = [
        one
        for path in _python_files(with_tests=False)
        if path != CLOCK
        for one in _clock_reads(path)
    ]
    assert reads == []


def test_nothing_hangs_on_saving_a_row() -> None:
    """Writes go through services and the log; a signal or an overridden save() would hide one."""
    hidden = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in PACKAGE.glob("*/models.py")
        for node in _functions(ast.parse(path.read_text()))
        if node.name in {"save", "delete"}
    ]
    signals = [
        _name(path)
        for path in _python_files(with_tests=False)
        if "django.db.models.signals" in path.read_text()
    ]
    assert hidden + signals == []
