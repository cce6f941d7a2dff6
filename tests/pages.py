"""A page as its readers and a validator see it, and what must hold for every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve
from django.utils import translation
from html5lib.constants import E as MESSAGES

from digitiekartta.ui.language import language_of

_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_OUTSIDE_DJANGO = re.compile(r"^/(healthz|readyz|metrics|((sv|en)/)?[^/]+/live)$")
_LINKS = (("a", "href"), ("form", "action"), ("link", "href"), ("script", "src"), ("img", "src"))
_FETCHED = ("hx-get", "hx-post", "data-live", "data-url")
_ID_REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "for",
    "list",
)


def words(text: str) -> str:
    """A text as it is read: one space between words, no soft hyphens."""
    return _SPACE.sub(" ", text.replace("\u00ad", "")).strip()


class _Parser(HTML5TreeBuilder):
    """Parses as browsers do, and keeps what a validator would complain of."""

    faults: list[tuple[tuple[int, int], str, dict[str, Any]]]

    def feed(self, markup: Any) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser  # type: ignore[union-attr]
        parser.parse(markup).original_encoding = None
        self.faults = parser.errors


@dataclass(frozen=True)
class Page:
    """An answer that holds a page, and small words to ask it."""

    path: str
    status: int
    headers: Mapping[str, str]
    html: str

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, builder=_Parser())

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def h1(self) -> str:
        return self.text("h1")

    def all(self, selector: str) -> list[Tag]:
        """Every element that a CSS selector finds, in the order of the page."""
        return list(self.soup.select(selector))

    def one(self, selector: str) -> Tag:
        """The only element that a CSS selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{self.path}: {len(found)} × {selector}"
        return found[0]

    def has(self, selector: str) -> bool:
        return bool(self.all(selector))

    def text(self, selector: str = "main") -> str:
        """The words of the only element that a CSS selector finds."""
        return words(self.one(selector).get_text())

    def texts(self, selector: str) -> list[str]:
        """The words of every element that a CSS selector finds."""
        return [words(found.get_text()) for found in self.all(selector)]

    def link(self, text: str) -> str:
        """The address of the only link with these words."""
        found = {str(a["href"]) for a in self.all("a[href]") if words(a.get_text()) == text}
        assert len(found) == 1, f"{self.path}: {len(found)} links {text!r}"
        return found.pop()

    @cached_property
    def links(self) -> list[str]:
        """The addresses of this site that the page leads to, as absolute paths with their query."""
        return sorted(
            {address for one in self.all("a[href]") if (address := self.inside(str(one["href"])))}
        )

    def inside(self, address: str) -> str | None:
        """An address as an absolute path of this site; None for another site's."""
        parts = urlsplit(urljoin(f"http://testserver{self.path}", address))
        if parts.netloc != "testserver" or parts.scheme not in ("http", "https"):
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")


_ADDRESSES = frozenset({"action", "data", "formaction", "href", "src", "xlink:href"})
"""Attributes whose value is followed; in any other it is only text."""


def faults(page: Page) -> list[str]:
    """Everything about a page that breaks a rule of all pages, in words. Empty for a good page."""
    return [fault for check in CHECKS for fault in check(page)]


def _valid_html(page: Page) -> Iterator[str]:
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype"
    parser = page.soup.builder
    assert isinstance(parser, _Parser)
    for (line, column), code, data in parser.faults:
        yield f"invalid HTML at line {line}, column {column}: {MESSAGES.get(code, code) % data}"


def _headings(page: Page) -> Iterator[str]:
    headings = page.texts("h1")
    if len(headings) != 1:
        yield f"{len(headings)} first-level headings"
        return
    titles = page.texts("head > title")
    if len(titles) != 1 or headings[0] not in titles[0]:
        yield f"the title {titles} does not hold the heading {headings[0]!r}"
    levels = [int(one.name[1]) for one in page.all("h1, h2, h3, h4, h5, h6")]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} right under level {above}"


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(str(one["id"]) for one in page.all("[id]"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for attribute in _ID_REFERENCES:
        for one in page.all(f"[{attribute}]"):
            for name in str(one[attribute]).split():
                if name not in ids:
                    yield f"{attribute}={name!r} points to nothing"
    for one in page.all('a[href^="#"]'):
        name = str(one["href"])[1:]
        if name and name not in ids:
            yield f"the link #{name} points to nothing"


def _language(page: Page) -> Iterator[str]:
    expected = language_of(page.path)
    told = str(page.one("html").get("lang", ""))
    if told != expected:
        yield f"the page says it is in {told!r}, its address says {expected!r}"
    if page.headers.get("Content-Language") != expected:
        yield f"Content-Language is {page.headers.get('Content-Language')!r}"


def _nothing_inline(page: Page) -> Iterator[str]:
    if page.has("[style]") or page.has("style"):
        yield "inline style"
    if page.has("script:not([src])"):
        yield "inline script"
    for one in page.soup.find_all(True):
        for name, value in one.attrs.items():
            if name.lower().startswith("on"):
                yield f"inline event handler {name} of {one.name}"
            if name in _ADDRESSES and str(value).strip().lower().startswith("javascript:"):
                yield f"a script as the address of {one.name}"


def _alternatives(page: Page) -> Iterator[str]:
    yield from (f"no alt text: {one}" for one in page.all("img:not([alt])"))
    for one in page.all("a[href], button:not([hidden])"):
        named = one.get("aria-label") or one.get("aria-labelledby") or one.select("img[alt], title")
        if not words(one.get_text()) and not named:
            yield f"nothing to read out: {one}"
    for one in page.all("input:not([type=hidden], [type=submit]), select, textarea"):
        labelled = one.get("aria-label") or one.get("aria-labelledby") or one.find_parent("label")
        if not labelled and not page.has(f'label[for="{one.get("id")}"]'):
            yield f"a field without a label: {one}"
    for one in page.all("a a, a button, button a, button button, label label"):
        yield f"a control inside another: {one}"


def _addresses(page: Page) -> Iterator[str]:
    found = {str(one[name]) for tag, name in _LINKS for one in page.all(f"{tag}[{name}]")}
    found |= {str(one[name]) for name in _FETCHED for one in page.all(f"[{name}]")}
    for address in sorted(found):
        inside = page.inside(address)
        within = address.startswith("#")  # of the page itself, which may be a missing one
        if inside is not None and not within and not leads_somewhere(inside):
            yield f"the link {address} leads nowhere"


def leads_somewhere(address: str) -> bool:
    """Whether a path of this site is a static file or a known address."""
    path = urlsplit(address).path
    if path.startswith("/static/"):
        return finders.find(path.removeprefix("/static/")) is not None
    if _OUTSIDE_DJANGO.match(path):
        return True
    with translation.override(language_of(path)):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True


def _headers(page: Page) -> Iterator[str]:
    policy = page.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy: {policy!r}"
    expected = {
        "Content-Type": "text/html; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    for name, value in expected.items():
        if page.headers.get(name) != value:
            yield f"{name} is {page.headers.get(name)!r}, not {value!r}"


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    _valid_html,
    _headings,
    _ids,
    _language,
    _nothing_inline,
    _alternatives,
    _addresses,
    _headers,
)
