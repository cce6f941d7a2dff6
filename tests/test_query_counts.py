"""A page takes as many database queries with twice the content: nothing is fetched row by row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from digitiekartta.history import queries as history
from digitiekartta.roadmaps import queries as roadmaps
from tests.kauhava import Town, add_action

MOST = 48
PAGES = (
    *("", "tasot/", "toimenpiteet/", "toimenpiteet/?nakyma=lista", "toimenpiteet/?nakyma=taulu"),
    *("toimenpiteet/1/", "tavoitteet/", "muutokset/", "toimintamalli/", "haku/?q=toimenpide"),
    *("digitiekartta.json", "muutokset/syote.atom"),
)


def _first_time(client: Client, address: str) -> Callable[[], None]:
    """Opens a page as a process does that remembers nothing."""

    def open_it() -> None:
        history.forget()
        roadmaps.forget()
        assert client.get(address).status_code == 200

    return open_it


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_queries_for_twice_the_actions(
    client: Client,
    transactional_db: None,
    lappajarvi: Town,
    queries_of: Callable[[Callable[[], object]], list[str]],
    page: str,
) -> None:
    address = f"/{lappajarvi.slug}/{page}"
    for number in range(2, 5):
        add_action(lappajarvi, str(number))
    few = queries_of(_first_time(client, address))
    for number in range(5, 9):
        add_action(lappajarvi, str(number))
    many = queries_of(_first_time(client, address))
    assert len(few) == len(many) <= MOST


def test_a_page_shown_again_asks_only_whether_anything_changed(
    client: Client,
    transactional_db: None,
    lappajarvi: Town,
    queries_of: Callable[[Callable[[], object]], list[str]],
) -> None:
    address = f"/{lappajarvi.slug}/toimenpiteet/"
    client.get(address)
    assert len(queries_of(lambda: client.get(address))) <= 4
