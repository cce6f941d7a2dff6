"""Who may open and send what of the coordinator's pages: every address, method and person."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys import rounds_urls
from digitiekartta.surveys import urls as respondents
from digitiekartta.surveys.models import Codes, Round
from digitiekartta.surveys.rules import Way
from tests.kauhava import intent, text

from .desk import member
from .rounds import Stage, staged

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "post", "put", "patch", "delete")
_OF_DRAFTS = {"settings", "remove", "groups", "merge", "apart", "paste", "open", "results"}
FILES = {"slips", "code_list"}
"""Addresses that only answer what a page sends; opened by hand they lead back to the codes."""


def _names() -> list[str]:
    desk = [f"rounds:{one.name}" for one in rounds_urls.urlpatterns]
    inside = [
        f"surveys:{one.name}" for one in respondents.urlpatterns if "/kyselyt/" in str(one.pattern)
    ]
    return [*desk, *inside]


every_page = pytest.mark.parametrize("name", _names())


@pytest.fixture
def stage() -> Stage:
    """An open round whose group c has an open link."""
    made = staged(ways={"c": Way.OPEN_LINK})
    made.open()
    return made


def _address(name: str, stage: Stage) -> str:
    pattern = next(
        one
        for one in (*rounds_urls.urlpatterns, *respondents.urlpatterns)
        if name.endswith(f":{one.name}") and "/kyselyt/" in str(one.pattern)
    )
    held = {
        "slug": stage.slug,
        "round_id": stage.round_id,
        "unit_id": stage.unit("c" if "poster" in name else "a").pk,
    }
    wanted = set(pattern.pattern.converters)
    return reverse(name, kwargs={key: value for key, value in held.items() if key in wanted})


def _strangers(stage: Stage) -> Iterator[tuple[str, Client]]:
    """Everybody who may not look."""
    other, _ = municipalities.create_municipality(
        intent=intent(), slug="evijarvi", name=text("E"), genitive=text("E"), languages=["fi"]
    )
    people = {
        "nobody": None,
        "without a role": member(stage.ledger_id, None, "a@example.test"),
        "staff": member(stage.ledger_id, Role.STAFF, "b@example.test"),
        "management": member(stage.ledger_id, Role.MANAGEMENT, "c@example.test"),
        "another municipality's coordinator": member(other, Role.COORDINATOR, "d@example.test"),
    }
    for who, account in people.items():
        client = Client()
        if account is not None:
            client.force_login(account)
        yield who, client


@every_page
def test_who_may_not_look_is_answered_as_by_an_address_that_is_not(name: str, stage: Stage) -> None:
    address = _address(name, stage)
    for who, client in _strangers(stage):
        for method in METHODS:
            answer = getattr(client, method)(address)
            assert answer.status_code in (404, 405), f"{who}: {method} {answer.status_code}"
            if method == "get":
                nowhere = client.get(address + "ei/ole/")
                assert answer.status_code == nowhere.status_code == 404
                assert _plain(answer.content) == _plain(nowhere.content), who


def _plain(content: bytes) -> bytes:
    """A page without the token of its sign-out form."""
    return b"\n".join(line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line)


@every_page
def test_the_digital_team_looks_and_sends_nothing(name: str, stage: Stage) -> None:
    client = Client()
    client.force_login(member(stage.ledger_id, Role.TEAM, "t@example.test"))
    before = Round.objects.get(), Codes.objects.count()
    answer = client.get(_address(name, stage))
    assert answer.status_code in _looked(name), answer.status_code
    assert client.post(_address(name, stage)).status_code in (403, 405)
    assert (Round.objects.get(), Codes.objects.count()) == before


def _looked(name: str) -> tuple[int, ...]:
    """What looking gives: a draft's pages of an open round say that it is no draft any more."""
    short = name.partition(":")[2]
    if short in FILES:
        return (302,)
    return (422,) if short in _OF_DRAFTS else (200,)


@every_page
def test_the_coordinator_looks_and_a_form_without_its_stamp_changes_nothing(
    name: str, stage: Stage
) -> None:
    client = Client()
    client.force_login(member(stage.ledger_id, Role.COORDINATOR, "k@example.test"))
    before = Round.objects.get(), Codes.objects.count()
    assert client.get(_address(name, stage)).status_code in _looked(name)
    assert client.post(_address(name, stage)).status_code in (200, 400, 405, 422)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(_address(name, stage)).status_code == 405
    assert (Round.objects.get(), Codes.objects.count()) == before


@every_page
def test_a_form_from_another_site_is_refused(name: str, stage: Stage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member(stage.ledger_id, Role.COORDINATOR, "k@example.test"))
    assert client.post(_address(name, stage)).status_code in (403, 405)


@every_page
def test_another_municipalitys_round_is_not_found_at_ones_own_desk(name: str, stage: Stage) -> None:
    own = staged("evijarvi")
    client = Client()
    client.force_login(member(own.ledger_id, Role.COORDINATOR, "k@example.test"))
    address = _address(name, stage).replace("/lappajarvi/", "/evijarvi/")
    if str(stage.round_id) in address:
        assert client.get(address).status_code == 404
        assert client.post(address, {"revision": 1, "key": uuid4()}).status_code in (404, 405)


def test_a_page_that_is_the_same_for_everybody_stays_so_for_who_has_no_session(
    stage: Stage,
) -> None:
    municipalities.publish_municipality(ledger_id=stage.ledger_id, intent=intent(), published=True)
    answer = Client().get("/lappajarvi/kysely/")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
