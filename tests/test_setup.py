"""The set-up itself: locked requirements, licences, and the outcome of the other database."""

from __future__ import annotations

import os
import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ("run.txt", "test.txt")
FORBIDDEN = re.compile(r"\b(AGPL|GPL|GNU (Affero )?General Public)", re.IGNORECASE)
ALLOWED = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)


def _names(requirements: str) -> set[str]:
    content = (ROOT / "requirements" / requirements).read_text()
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", content, re.MULTILINE)}


@pytest.mark.parametrize("requirements", REQUIREMENTS)
def test_every_requirement_is_pinned_and_hashed_and_names_no_address(requirements: str) -> None:
    content = (ROOT / "requirements" / requirements).read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", content) if block.strip()]
    assert blocks
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    assert "://" not in content
    assert "index" not in content


def test_what_running_needs_is_locked_for_the_tests_in_the_same_versions() -> None:
    pinned = re.compile(r"^\S+==\S+", re.MULTILINE)
    run, test = (
        set(pinned.findall((ROOT / "requirements" / name).read_text())) for name in REQUIREMENTS
    )
    assert run <= test


def _licence(name: str) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the text."""
    told = metadata.metadata(name)
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith("License")]
    named = told["License"].partition("\n")[0] if "License" in told else ""
    stated = " ".join([*classifiers, named]).strip()
    return stated or _first_line_of_licence_file(name)


def _first_line_of_licence_file(name: str) -> str:
    for file in metadata.files(name) or []:
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            return file.read_text().strip().partition("\n")[0]
    return ""


def test_no_locked_package_is_under_gpl_or_agpl() -> None:
    installed = {
        name for name in _names("test.txt") if any(True for _ in metadata.distributions(name=name))
    }
    assert len(installed) > 50
    licences = {name: _licence(name) for name in sorted(installed)}
    assert [name for name, licence in licences.items() if not licence] == []
    assert {
        name: licence
        for name, licence in licences.items()
        if FORBIDDEN.search(ALLOWED.sub("", licence))
    } == {}


def test_the_suite_passed_on_postgresql_just_before() -> None:
    outcome = os.environ.get("SUITE_ON_POSTGRESQL")
    if outcome is None:
        pytest.skip("told by make test alone")
    assert outcome == "passed", "the same suite failed on PostgreSQL: see above"


def test_the_day_of_the_tests_is_fixed() -> None:
    from digitiekartta.ui import clock  # noqa: PLC0415 -- the clock reads the settings

    assert clock.now().isoformat() == "2026-12-09T10:00:00+02:00"
