"""What the handbook tells the reader to open, type or set is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from digitiekartta.config.commands import commands
from digitiekartta.live.stream import slug_of
from tests.kauhava import Town
from tools.pictures import FOLDER, MOST_BYTES, PICTURES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
HANDBOOK = DOCS / "kasikirja"
PAGES = sorted(HANDBOOK.glob("*.md"))
README = ROOT / "README.md"
CONFIG = ROOT / "digitiekartta" / "config"

_ADDRESS = re.compile(r"/(?:(?:sv|en)/)?(?:kauhava|<kunta>)/[^\s`|)]*")
_CODE = re.compile(r"^ *```\n(.*?)^ *```$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
_MESSAGE = re.compile(r"^\| `([^`]+)`(?: tai `([^`]+)`)? \|", re.MULTILINE)
_OF_THE_TEAM = re.compile(
    r"/oma/|/tilanne/|/toimialat/|/kyselyt/|/tasot/\w|/asetukset/|/kayttoonotto/|/ideat/jono/"
)
_SQLITE_SAYS = {"database or disk is full"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _code(path: Path) -> Iterator[str]:
    """The lines that are written as code: what the reader may type."""
    for block, inline in _CODE.findall(path.read_text()):
        yield from (block or inline).splitlines()


def _addresses(path: Path) -> set[str]:
    text = path.read_text().replace("$OSOITE/", "/kauhava/")
    return {one.replace("<kunta>", "kauhava") for one in _ADDRESS.findall(text)}


def _leads_somewhere(address: str) -> bool:
    path = re.sub(r"^/(sv|en)/", "/", address.partition("?")[0])
    try:
        resolve(path)
    except Resolver404:
        return slug_of(path) is not None
    return True


@pytest.mark.parametrize("path", [README, *sorted(DOCS.rglob("*.md"))], ids=_name)
def test_every_link_and_picture_of_the_documents_is_there(path: Path) -> None:
    targets = [one for one in _LINK.findall(path.read_text()) if "://" not in one]
    assert [one for one in targets if not (path.parent / one).exists()] == []


def test_the_contents_lead_to_every_page_of_the_handbook() -> None:
    contents = HANDBOOK / "README.md"
    linked = {one for one in _LINK.findall(contents.read_text()) if "/" not in one}
    assert linked == {path.name for path in PAGES if path != contents}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_address_that_the_handbook_names_is_one_of_the_project(path: Path) -> None:
    assert [one for one in sorted(_addresses(path)) if not _leads_somewhere(one)] == []


def test_every_address_that_the_handbook_names_opens_in_kauhava(
    kauhava: Town, client: Client
) -> None:
    """The digital team's own addresses are, for others, as if they were not there."""
    addresses = sorted(set[str]().union(*map(_addresses, PAGES)))
    assert len(addresses) > 20
    opened = {one: client.get(one).status_code for one in addresses if slug_of(one) is None}
    wrong = {
        one: status
        for one, status in opened.items()
        if status != (404 if _OF_THE_TEAM.search(one) else 200)
    }
    assert wrong == {}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_command_that_the_handbook_names_exists_with_its_options(path: Path) -> None:
    unknown = []
    for line in _code(path):
        for name, rest in re.findall(r"\bdigitiekartta ([a-z]+)([^`]*)", line):
            command = commands.commands.get(name, click.Command(None))
            options = {option for one in command.params for option in one.opts}
            asked = set(re.findall(r"--[a-z-]+", rest))
            if name not in commands.commands or not asked <= options:
                unknown.append(line)
    assert unknown == []


def test_the_handbook_shows_how_to_serve_back_up_and_restore() -> None:
    typed = "\n".join(_code(HANDBOOK / "yllapitaja.md"))
    needed = ("serve", "coordinator", "backup", "restore", "migrate", "demo")
    assert [name for name in needed if f"digitiekartta {name}" not in typed] == []


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_every_setting_that_the_handbook_names_is_documented(path: Path) -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (DOCS / "settings.md").read_text(), re.MULTILINE)
    named = set(re.findall(r"\bDIGITIEKARTTA_[A-Z_]*[A-Z]|\bDATABASE_URL\b", path.read_text()))
    assert named <= set(documented)


def test_the_messages_that_the_handbook_explains_are_those_of_the_commands() -> None:
    source = "\n".join(path.read_text() for path in CONFIG.glob("*.py"))
    found = _MESSAGE.findall((HANDBOOK / "yllapitaja.md").read_text())
    told = {one for pair in found for one in pair if " " in one}
    assert len(told) > 15
    strange = [
        message
        for message in sorted(told - _SQLITE_SAYS)
        if not any(
            " " in part and part.strip() in source for part in re.split(r"…|: | \(", message)
        )
    ]
    assert strange == []


def test_every_picture_can_be_made_anew_and_is_shown_somewhere() -> None:
    pages = [README, *DOCS.rglob("*.md")]
    shown = {
        one for path in pages for one in re.findall(r"pictures/([\w-]+)\.png", path.read_text())
    }
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES) == shown


def test_no_picture_is_heavy_and_each_is_told_in_words() -> None:
    heavy = [_name(path) for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES]
    silent = [_name(path) for path in PAGES if re.search(r"!\[\s*\]", path.read_text())]
    assert (heavy, silent) == ([], [])
