"""What tests ask for by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages import Page, faults

hypothesis.settings.register_profile(
    "quick", max_examples=30, deadline=None, derandomize=True, database=None
)
hypothesis.settings.register_profile("thorough", max_examples=1000, deadline=None, database=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

_USES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_site", "start_site"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches the database, so that it can run on the other database too.

    Tests of what stands on a page are marked ``page``: they run on one database, because on the
    other one test opens every page. What is marked ``database`` by hand runs on both.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "page_client" in fixtures and not item.get_closest_marker("database"):
            item.add_marker(pytest.mark.page)
        if item.get_closest_marker("django_db") or fixtures & _USES_DATABASE:
            item.add_marker(pytest.mark.database)


class _AsCommitted:
    """The connection as the platform's memory looks at it in a test.

    A test that is rolled back at its end runs inside a transaction, in which the platform keeps
    nothing in memory. Here the test's own transaction does not count, so that pages are as cheap
    as they are in service; any transaction inside it does.
    """

    def __init__(self) -> None:
        self._depth = len(connection.savepoint_ids)

    @property
    def in_atomic_block(self) -> bool:
        return connection.in_atomic_block and len(connection.savepoint_ids) > self._depth


@pytest.fixture(autouse=True)
def _memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Documents and plans kept in the process belong to the rows of one test alone."""
    from digitiekartta.history import kept  # noqa: PLC0415 -- after Django is set up
    from digitiekartta.history import queries as history  # noqa: PLC0415
    from digitiekartta.roadmaps import queries as roadmaps  # noqa: PLC0415

    if request.node.get_closest_marker("database"):
        request.getfixturevalue("db")
        monkeypatch.setattr(kept, "connection", _AsCommitted())
    history.forget()
    roadmaps.forget()
    yield
    history.forget()
    roadmaps.forget()


@dataclass
class PageClient:
    """Opens pages as a reader does and checks every one of them.

    ``visited`` are the addresses opened so far, ``seen`` those that their pages lead to.
    """

    client: Client
    visited: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def get(self, path: str, status: int = 200, **headers: str) -> Page:
        """The page at an address, after checking its status and all that holds for every page."""
        return self._page(path, status, self.client.get(path, headers=headers or None))

    def post(self, path: str, data: dict[str, Any], status: int = 200) -> Page:
        """The page that a form leads to at the same address: errors, as a rule."""
        return self._page(path, status, self.client.post(path, data))

    def redirect(self, path: str, data: dict[str, Any] | None = None, status: int = 302) -> str:
        """Where an address, or a form sent to it, leads on to."""
        response = self.client.get(path) if data is None else self.client.post(path, data)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return str(response.headers["Location"])

    def answer(self, path: str, status: int = 200, **headers: str) -> HttpResponseBase:
        """An answer that is no page: JSON, a fragment, a file."""
        response = self.client.get(path, headers=headers or None)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return response

    def sign_in(self, user: AbstractBaseUser) -> None:
        self.client.force_login(user)  # type: ignore[arg-type]

    def _page(self, path: str, status: int, response: Any) -> Page:
        assert response.status_code == status, f"{path}: {response.status_code}, not {status}"
        content = response.content.decode()
        page = Page(path, response.status_code, response.headers, content)
        self.visited.add(path)
        self.seen.update(page.links)
        found = faults(page)
        assert not found, "\n  ".join([f"{path}:", *found])
        return page


@pytest.fixture
def page_client(client: Client, db: None) -> PageClient:
    """Pages on the tests' database, each of them checked."""
    return PageClient(client)


@pytest.fixture
def queries_of(db: None) -> Callable[[Callable[[], Any]], list[str]]:
    """The database queries that something takes: compare the counts at n rows and at 2n.

    ``assert len(queries_of(show)) == len(queries_of(show_twice_as_much))``
    """

    def queries(do: Callable[[], Any]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            do()
        return [one["sql"] for one in captured.captured_queries]

    return queries
