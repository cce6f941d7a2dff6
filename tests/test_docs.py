"""The docs name everything that others rely on, and nothing that is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from digitiekartta.config.commands import commands
from digitiekartta.config.environment import PREFIX

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
READERS = {"read", "flag", "listed"}
# Read by the libraries that own them, not through environment.py.
CONVENTIONAL = {"DATABASE_URL"}


def _text(name: str) -> str:
    return (DOCS / name).read_text()


def _read_settings() -> Iterator[str]:
    """The settings that the code asks for: environment.read("X") and a click option's envvar."""
    for path in (ROOT / "digitiekartta").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                called_on = ast.unparse(node.func).rpartition(".")[0]
                if name in READERS and called_on in ("", "environment"):
                    yield PREFIX + str(node.args[0].value)


def _option_settings() -> Iterator[str]:
    for command in commands.commands.values():
        for parameter in command.params:
            yield from parameter.envvar or ()


def test_every_setting_is_documented_and_every_documented_setting_is_read() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", _text("settings.md"), re.MULTILINE))
    read = {*_read_settings(), *_option_settings(), *CONVENTIONAL}
    assert documented == read


def test_settings_are_read_in_one_place() -> None:
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "digitiekartta").rglob("*.py")
        if "tests" not in path.parts
        and path.name != "environment.py"
        and re.search(r"os\.(getenv|environ(?!\.setdefault\(\"DJANGO_SETTINGS))", path.read_text())
    ]
    assert elsewhere == []


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_documented_with_its_options_and_says_what_it_does(name: str) -> None:
    command = commands.commands[name]
    (line,) = [one for one in _text("commands.md").splitlines() if f"`digitiekartta {name}" in one]
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.opts[0] for one in options if f"`{one.opts[0]}`" not in line] == []
    assert command.help


def test_no_command_is_documented_that_does_not_exist() -> None:
    documented = re.findall(r"^\| `digitiekartta (\w+)", _text("commands.md"), re.MULTILINE)
    assert sorted(documented) == sorted(commands.commands)


def test_every_target_of_the_makefile_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(targets) > 5
    missing = [one for one in targets if f"`make {one}`" not in _text("commands.md")]
    assert missing == ["help"]


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        written = before + re.sub(r"<\w+:(\w+)>", r"<\1>", str(one.pattern))
        if isinstance(one, URLPattern):
            yield "/" + written
        else:
            yield from _routes(one, written)


def test_every_address_is_documented() -> None:
    text = _text("addresses.md")
    routes = list(_routes(get_resolver()))
    assert "/<slug>/" in routes
    outside = ["/healthz", "/readyz", "/<slug>/live"]
    assert [one for one in (*routes, *outside) if f"`{one}`" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text())
        if "://" not in target and not target.startswith("mailto:")
        if not (path.parent / target).exists()
    ]
    assert broken == []
