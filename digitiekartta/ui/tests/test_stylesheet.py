"""One stylesheet, small, whole, and at an address that changes with its text."""

import re
from pathlib import Path

import pytest

from digitiekartta.ui import stylesheet
from digitiekartta.ui.cache.encodings import BROTLI, compress
from digitiekartta.ui.charts.ink import ROLES
from digitiekartta.ui.stylesheet import minified, themed_stylesheet
from digitiekartta.ui.theme import dark, light

STATIC = Path(stylesheet.__file__).parent / "static" / "ui"


def test_the_digest_follows_the_text() -> None:
    one, same, other = (themed_stylesheet(colour) for colour in ("#0f4c5c", "#0f4c5c", "#7a1f5c"))
    assert one == same
    assert one.digest != other.digest
    assert re.fullmatch(r"[0-9a-f]{16}", one.digest)


def test_what_is_not_a_colour_gets_no_stylesheet() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        themed_stylesheet("#fff;}body{display:none")


def test_minifying_keeps_meaning() -> None:
    css = 'a > b , c :hover { color: red; content: "a ,  /**/ ; c" } /* x */ p{margin: 1px + 2px}'
    small = 'a>b,c :hover{color:red;content:"a ,  /**/ ; c"}p{margin:1px + 2px}'
    assert minified(css) == small


def test_every_custom_property_that_is_used_exists() -> None:
    css = themed_stylesheet("#0f4c5c").text
    defined = set(re.findall(r"(--[a-z0-9-]+):", css))
    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", css)) <= defined
    assert set(light()) == set(dark())
    assert all(
        value[1:] in light()
        for rules in ROLES.values()
        for value in rules.values()
        if value[0] == "@"
    )


def test_nothing_comes_from_elsewhere() -> None:
    css = themed_stylesheet("#0f4c5c").text
    assert all(address.startswith("/static/") for address in re.findall(r'url\("([^"#]+)"\)', css))
    assert "@import" not in css
    assert css.count("{") == css.count("}")


def test_the_first_view_is_light() -> None:
    css = themed_stylesheet("#0f4c5c").text.encode()
    assert len(compress(css, BROTLI)) <= 14 * 1024
    assert (STATIC / "fonts" / "hanken-grotesk.woff2").stat().st_size <= 42 * 1024
    assert sum(path.stat().st_size for path in (STATIC / "js").glob("*.js")) <= 15 * 1024
