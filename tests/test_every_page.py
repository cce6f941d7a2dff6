"""Every page that a reader can reach, opened in the three languages and checked."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urlsplit

from digitiekartta.ui.language import language_of
from tests.fixtures import PageClient
from tests.kauhava import Town

# Of pages that differ by number or by filter alone, so many are opened.
ALIKE = 3
NOT_PAGES = re.compile(r"\.(json|atom|css|js|woff2|svg|png)$|/live$")
Shape = tuple[str, str, tuple[str, ...]]


def _shape(address: str) -> Shape:
    """What pages have in common that differ by number or by the value of a filter."""
    parts = urlsplit(address)
    names = tuple(sorted({one.partition("=")[0] for one in parts.query.split("&") if one}))
    return language_of(parts.path), re.sub(r"\d+", "N", parts.path), names


def _crawl(client: PageClient, start: list[str]) -> tuple[Counter[Shape], list[str]]:
    """Opens what links lead to: how many pages of each shape there are, and what is wrong."""
    shapes: Counter[Shape] = Counter()
    problems: list[str] = []
    waiting = deque(start)
    found = set(start)
    while waiting:
        address = waiting.popleft()
        shapes[_shape(address)] += 1
        if shapes[_shape(address)] > ALIKE:
            continue
        try:
            client.get(address)
        except AssertionError as problem:
            problems.append(str(problem).partition("\nassert")[0])
        except Exception as problem:  # the view's own: told with the rest, after all pages
            problems.append(f"{address}: {problem!r}")
        new = {one for one in client.seen - found if not NOT_PAGES.search(urlsplit(one).path)}
        waiting.extend(sorted(new))
        found |= new
    return shapes, problems


def test_every_page_that_a_link_leads_to_opens_and_keeps_the_rules(
    page_client: PageClient, kauhava: Town, lappajarvi: Town
) -> None:
    shapes, problems = _crawl(page_client, ["/", "/sv/", "/en/"])
    assert not problems, "\n".join(problems)
    # The other one offers Finnish alone.
    languages = Counter(language for language, path, _ in shapes if kauhava.slug in path)
    assert set(languages) == {"fi", "sv", "en"}
    assert len(set(languages.values())) == 1, f"not the same pages in every language: {languages}"
    paths = {path for language, path, _ in shapes if language == "fi"}
    pages = ("", "tasot/", "toimenpiteet/", "toimenpiteet/N/", "tavoitteet/", "muutokset/", "haku/")
    assert {f"/{kauhava.slug}/{page}" for page in pages} <= paths
