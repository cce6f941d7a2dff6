"""Who may open and change which settings: every address, method and person."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from digitiekartta.accounts.models import Person, User
from digitiekartta.history.models import Entry, Ledger
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities import urls as municipality_urls
from digitiekartta.municipalities.models import Gate, Party
from digitiekartta.municipalities.rules import PartyKind, Role
from digitiekartta.roadmaps import settings_urls
from tests.fixtures import PageClient
from tests.kauhava import Town, intent, small_town, text

pytestmark = pytest.mark.database
METHODS = ("get", "head", "post", "put", "patch", "delete")
FOR_ALL_MEMBERS = {"settings:rights"}
OTHERS = {"municipalities:logo"}
"""A logo is public; see test_look.py."""


def _names() -> list[str]:
    names = [f"municipalities:{one.name}" for one in municipality_urls.urlpatterns]
    names += [f"settings:{one.name}" for one in settings_urls.urlpatterns]
    return [one for one in names if one not in OTHERS]


@pytest.fixture
def town(db: None) -> Town:
    """A municipality with something of everything that has an address."""
    made = small_town("evijarvi", "Evijärvi")
    body = {"kind": PartyKind.BODY, "name": text("Johtoryhmä"), "slug": "johtoryhma"}
    municipalities.add_party(ledger_id=made.ledger_id, intent=intent(), **body)
    municipalities.add_standard_bodies(ledger_id=made.ledger_id, intent=intent())
    municipalities.add_person(ledger_id=made.ledger_id, intent=intent(), name="Sihteeri")
    return made


def address(name: str, town: Town, slug: str = "") -> str:
    """The address of a page of settings, of something that is there."""
    patterns = {
        "municipalities": municipality_urls.urlpatterns,
        "settings": settings_urls.urlpatterns,
    }[name.partition(":")[0]]
    pattern = next(one for one in patterns if name.endswith(f":{one.name}"))
    here = {"ledger_id": town.ledger_id}
    held = {
        "slug": lambda: slug or town.slug,
        "party_id": lambda: Party.objects.filter(**here, kind=PartyKind.BODY).first().pk,
        "gate_id": lambda: Gate.objects.filter(**here).first().pk,
        "person_id": lambda: Person.objects.filter(**here).first().pk,
    }
    return reverse(name, kwargs={key: held[key]() for key in pattern.pattern.converters})


def member(town: Town, role: Role | None, email: str) -> User:
    """An account with a role."""
    account = User.objects.create_user(email=email)
    if role is not None:
        municipalities.grant_role(
            ledger_id=town.ledger_id, intent=intent(), account_id=account.pk, role=role
        )
    return account


def _strangers(town: Town) -> Iterator[tuple[str, Client]]:
    other, _ = municipalities.create_municipality(
        intent=intent(), slug="alajarvi", name=text("A"), genitive=text("A"), languages=["fi"]
    )
    another = Town(other, town.roadmap_id, "alajarvi")
    people = {
        "nobody": None,
        "without a role": member(town, None, "a@example.test"),
        "another municipality's coordinator": member(another, Role.COORDINATOR, "b@example.test"),
    }
    for who, account in people.items():
        client = Client()
        if account is not None:
            client.force_login(account)
        yield who, client


def _plain(content: bytes) -> bytes:
    """A page without the token of its sign-out form."""
    return b"\n".join(line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_a_stranger_is_answered_as_by_an_address_that_is_nowhere(town: Town) -> None:
    for who, client in _strangers(town):
        for name in _names():
            at = address(name, town)
            for method in METHODS:
                assert getattr(client, method)(at).status_code == 404, f"{who}: {method} {at}"
            there, nowhere = client.get(at), client.get(at + "ei/ole/")
            assert _plain(there.content) == _plain(nowhere.content), f"{who}: {at}"


@pytest.mark.parametrize("role", [Role.HEAD, Role.MANAGEMENT, Role.SECRETARY, Role.STAFF])
def test_other_members_read_their_rights_and_no_settings(role: Role, town: Town) -> None:
    client = Client()
    client.force_login(member(town, role, "m@example.test"))
    before = Ledger.objects.get(pk=town.ledger_id).revision
    for name in _names():
        open_to_her = name in FOR_ALL_MEMBERS
        at = address(name, town)
        assert client.get(at).status_code == (200 if open_to_her else 403), at
        stamp = {"revision": before, "key": uuid4()}
        assert client.post(at, stamp).status_code == (200 if open_to_her else 403), at
    assert Ledger.objects.get(pk=town.ledger_id).revision == before


def test_the_digital_team_reads_and_changes_nothing(town: Town, page_client: PageClient) -> None:
    page_client.sign_in(member(town, Role.TEAM, "t@example.test"))
    before = Ledger.objects.get(pk=town.ledger_id).revision
    for name in _names():
        at = address(name, town)
        if name == "municipalities:colour_sample":
            assert page_client.client.get(at + "?vari=%23aa3300").status_code == 200
        else:
            page = page_client.get(at)
            sends = [one for one in page.all("main form[method=post]") if one.select("button")]
            assert not sends, f"{at}: a button that she may not press"
        if name not in FOR_ALL_MEMBERS:
            stamp = {"revision": before, "key": uuid4()}
            assert page_client.client.post(at, stamp).status_code == 403, at
    assert Ledger.objects.get(pk=town.ledger_id).revision == before


def test_the_coordinator_opens_every_page_and_an_empty_form_breaks_nothing(
    town: Town, page_client: PageClient
) -> None:
    page_client.sign_in(member(town, Role.COORDINATOR, "k@example.test"))
    for name in _names():
        at = address(name, town)
        if name == "municipalities:colour_sample":
            continue
        page_client.get(at)
        entries = Entry.objects.count()
        answer = page_client.client.post(at, {})
        assert answer.status_code in (200, 400, 409, 422), f"{at}: {answer.status_code}"
        assert Entry.objects.count() == entries, f"{at}: a form without its stamp wrote something"
        for method in ("put", "patch", "delete"):
            assert getattr(page_client.client, method)(at).status_code == 405, f"{method} {at}"


def test_a_form_from_another_site_is_refused(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member(town, Role.COORDINATOR, "k@example.test"))
    for name in _names():
        assert client.post(address(name, town)).status_code == 403, name


@pytest.mark.parametrize(
    "name", ["municipalities:party", "municipalities:gate", "municipalities:person"]
)
def test_what_is_another_municipalitys_is_not_found_in_ones_own_settings(
    name: str, town: Town, lappajarvi: Town
) -> None:
    client = Client()
    client.force_login(member(lappajarvi, Role.COORDINATOR, "k@example.test"))
    at = address(name, town, slug=lappajarvi.slug)
    stamp = {"revision": 1, "key": uuid4()}
    assert client.get(at).status_code == 404
    assert client.post(at, stamp).status_code == 404
