"""What every template keeps to. These rules stand in for a template linter; see docs/decisions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from digitiekartta.ui.environment import environment

ROOT = Path(__file__).parent.parent
LINES = 120
HOLE = "\x00"
READ_ALOUD = re.compile(r"\b(?:aria-label|alt|title|placeholder|label)=\"([^\"]*)\"")
# Names that people do not read as words: of a file, an address, a place on the page, a standard.
NAME = re.compile(rf"\S+@\S+|\w+(?:\.\w+)+|#[\w-]+|{HOLE}-\w+|[A-Z]+-[0-9]+")
# A name that is the same in every language stands in an element marked translate="no".
NO_TEXT = re.compile(
    r"<!--.*?-->|<code>.*?</code>|<(\w+)[^>]*translate=\"no\"[^>]*>.*?</\1>|<[^>]*>", re.DOTALL
)
WORD = re.compile(r"[^\W\d_]{2,}")


def _templates() -> list[Path]:
    return sorted((ROOT / "digitiekartta").glob("*/jinja2/**/*.html"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "digitiekartta"))


@pytest.fixture(scope="module")
def env() -> jinja2.Environment:
    folders = [str(path) for path in (ROOT / "digitiekartta").glob("*/jinja2")]
    return environment(loader=jinja2.FileSystemLoader(folders))


every_template = pytest.mark.parametrize("path", _templates(), ids=_name)


@every_template
def test_a_template_compiles(path: Path, env: jinja2.Environment) -> None:
    env.get_template(str(path.relative_to(next(p for p in path.parents if p.name == "jinja2"))))


@every_template
def test_a_template_has_at_most_120_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LINES


@every_template
def test_a_template_has_nothing_inline_that_the_security_policy_forbids(path: Path) -> None:
    source = path.read_text()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|\shx-on", source) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", source) == []


@every_template
def test_a_template_leaves_escaping_on(path: Path) -> None:
    assert re.findall(r"\|\s*safe\b|autoescape", path.read_text()) == []


@every_template
def test_every_picture_has_an_alternative(path: Path) -> None:
    pictures = re.findall(r"<img\b[^>]*>", path.read_text())
    assert [one for one in pictures if "alt=" not in one] == []


@every_template
def test_a_template_opens_no_windows_and_fetches_nothing_from_elsewhere(path: Path) -> None:
    source = path.read_text()
    assert re.findall(r"\starget=|(?:src|action)=\"(?:https?:)?//", source) == []
    assert re.findall(r"<link\b[^>]*href=\"(?:https?:)?//", source) == []


def _outside_translations(source: str, env: jinja2.Environment) -> str:
    """The template's own markup and text: a hole where something is put in or translated."""
    kept: list[str] = []
    passing = False
    tokens = iter(env.lex(source))
    for _, kind, text in tokens:
        if kind == "block_begin":
            name, *rest = _block(tokens)
            if name == "trans" or (name == "block" and rest[0].endswith("_class")):
                passing = True
            elif name in ("endtrans", "endblock"):
                passing = False
        elif kind in ("variable_begin", "variable_end"):
            kept.append(HOLE)
        elif kind == "data" and not passing:
            kept.append(text)
    return "".join(kept)


def _block(tokens: Iterator[tuple[int, str, str]]) -> list[str]:
    """The words of a block."""
    words = itertools.takewhile(lambda token: token[1] != "block_end", tokens)
    return [text for _, kind, text in words if kind == "name"]


def _untranslated(source: str, env: jinja2.Environment) -> list[str]:
    markup = _outside_translations(source, env)
    aloud = [text for text in READ_ALOUD.findall(markup) if WORD.search(text)]
    text = re.sub(NO_TEXT, " ", markup)
    return aloud + WORD.findall(NAME.sub(" ", text))


@every_template
def test_every_text_of_a_template_is_translated(path: Path, env: jinja2.Environment) -> None:
    assert _untranslated(path.read_text(), env) == []


def test_text_outside_a_translation_is_noticed(env: jinja2.Environment) -> None:
    assert _untranslated('<p class="a">{{ _("Goal") }} Tavoite</p>', env) == ["Tavoite"]
    assert _untranslated('<a aria-label="Sulje" href="{{ x }}">{{ y }}</a>', env) == ["Sulje"]
    assert _untranslated("{% trans n=1 %}One <b>{{ n }}</b>{% endtrans %} → {{ n }}", env) == []
