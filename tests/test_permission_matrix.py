"""Every address × every method × everybody: what each may open and send, and what outsiders learn.

The expectations are those of a few groups of addresses (``tests.permissions``); an address that
belongs to none fails until somebody decides whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.template.backends.jinja2 import Template
from django.test import Client
from django.urls import URLPattern, get_resolver

from digitiekartta.accounts.models import Person
from digitiekartta.history.models import Entry
from digitiekartta.ideas.models import Idea
from digitiekartta.ideas.services import Proposal, propose_idea
from digitiekartta.municipalities.models import Gate, Party
from digitiekartta.roadmaps.models import Funding, Indicator
from digitiekartta.roadmaps.rights import RIGHTS, Standing
from digitiekartta.roadmaps.views import errors
from digitiekartta.roadmaps.views.edits import EDITS
from digitiekartta.surveys.models import Round, RoundUnit
from tests.cast import Cast
from tests.kauhava import Town, intent, small_town
from tests.permissions import ANONYMOUS, EVERYBODY, GROUP_OF, MEMBERS, OUTSIDERS, OWN_ACCOUNT, Group

SAFE = ("GET", "HEAD")
NEVER = ("PUT", "PATCH", "DELETE", "OPTIONS")
OTHERS = ("HEAD", *NEVER)
"""Of these one for each person and address, taking turns: what they lead to tells them apart
nowhere, and each is tried at every address by two."""
UNKNOWN = {
    "slug": "olematon",
    "serial": 999_999,
    "number": 999,
    "revision": 999_999,
    "party": "olematon",
    "token": "olematon",
    "digest": "olematon",
    "name": "olematon.png",
    "part": "olematon",
    "provider_id": "olematon",
    "factor_id": 999_999,
}
"""By the name of an address's part: what is not there. Ids are made up."""
BESIDE_PUBLIC = {"ideas:idea", "municipalities:logo"}
"""Public rooms of which some things are hidden: those are answered as what is not there."""
NOT_NOW = {
    "rounds:unit_codes": "the example's round is closed: codes are made of an open one",
    "rounds:poster": "the same",
    "ideas:moderate": "nothing waits in the queue",
    "ideas:support": "an idea of one's own, or none that can be supported",
    "roadmaps:undo": "nobody of the cast has written anything",
}
"""Where those who may are answered 404 too, and why."""
STAMP = {"revision": "1", "key": "6f1de2a8-3a52-4c38-9d5b-0d5e2a7f8c11"}
SENT = {
    "roadmaps:order_actions": {**STAMP, "siirto": "6 ennen 5"},
    "roadmaps:bulk": {**STAMP},
}
"""What is sent where a form has to make sense before anybody is asked who she is."""
WITHOUT_TOKEN = {
    "surveys:form": "opening the form changes nothing, and a cookie would join visits",
    "surveys:answer": "whoever holds a code may answer; taken before Django is asked",
    "notices:reminders": "mail programs stop in one press (RFC 8058) and send no cookie",
    "notices:follows": "mail programs stop in one press (RFC 8058) and send no cookie",
}
"""Addresses that take a form without Django's token against forged ones, and why."""


@dataclass(frozen=True)
class Place:
    """One address of the resolver."""

    name: str
    route: str
    view: URLPattern

    @property
    def group(self) -> Group:
        return GROUP_OF[self.name]

    @property
    def inside(self) -> bool:
        """Whether it belongs to a municipality and not to everybody."""
        inside = "<slug:slug>" in self.route and not self.group.opens & OUTSIDERS
        return inside and self.name not in BESIDE_PUBLIC

    def at(self, held: Mapping[str, Any]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(held[part[1]]), self.route)


def _places(resolver: Any = None, before: str = "", room: str = "") -> Iterator[Place]:
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield Place(f"{room}:{one.name}", route, one)
        else:
            yield from _places(one, route, one.namespace or room)


PLACES = tuple(place for place in _places() if place.name in GROUP_OF)


@pytest.fixture
def held(kauhava: Town, cast: Cast, client: Client) -> dict[str, Any]:
    """What stands in the addresses of what Kauhava has."""
    here = {"ledger_id": kauhava.ledger_id}
    proposal = Proposal(language="fi", title="Palaute", proposal="Sähköinen palaute kaikille.")
    proposed = propose_idea(**here, intent=intent(), proposal=proposal)
    digest = re.search(r"teema-(\w+)\.css", client.get("/kauhava/").content.decode())
    of: dict[str, Any] = {
        "slug": kauhava.slug,
        "serial": cast.serial,
        "number": 1,
        "part": "aikataulu",
        "piece": Funding.objects.filter(action__serial=cast.serial, **here).first(),
        "revision": 1,
        "party": cast.sector.slug,
        "party_id": Party.objects.filter(**here, kind="body").first(),
        "gate_id": Gate.objects.filter(**here).first(),
        "person_id": Person.objects.filter(**here).first(),
        "round_id": Round.objects.filter(**here).first(),
        "unit_id": RoundUnit.objects.filter(**here).first(),
        "account_id": cast["staff"],
        "indicator": Indicator.objects.filter(goal__number=1, **here).first(),
        "digest": digest[1] if digest else "",
    }
    rows = {name: value.pk for name, value in of.items() if hasattr(value, "pk")}
    ids = {"received_id": uuid4(), "idea": Idea.objects.get(pk=proposed.entity_id).number}
    return {**UNKNOWN, **of, **rows, **ids}


def _address(place: Place, held: Mapping[str, Any]) -> str:
    """The address of what is there, with a part that its own kind of thing has."""
    parts = {
        "roadmaps:edit_roadmap": {"part": "visio"},
        "roadmaps:edit_goal": {"part": "tavoite"},
        "roadmaps:edit_action_piece": {"part": "rahoitusrivi"},
        "roadmaps:edit_goal_piece": {"part": "mittari", "piece": held["indicator"]},
    }
    more = {"number": held["idea"]} if place.name.startswith("ideas:") else parts.get(place.name)
    return place.at({**held, **(more or {})})


def _client(cast: Cast, who: str, **options: Any) -> Client:
    client = Client(**options)
    if who != ANONYMOUS:
        client.force_login(cast[who])  # type: ignore[arg-type]
    return client


def _told(answer: HttpResponseBase) -> str:
    """What an answer says in a word."""
    words = {403: "refused", 404: "nowhere", 405: "no such method", 503: "let"}
    return words.get(answer.status_code, "let" if answer.status_code < 500 else "fault")


def _expected(place: Place, who: str, method: str) -> set[str]:
    group = place.group
    if group is OWN_ACCOUNT:
        return _of_own_account(who, method)
    may = group.opens if method in SAFE else group.sends
    refused = "refused" if who in MEMBERS and group.others == 403 else "nowhere"
    if method in NEVER:
        page = {"let"} if group.opens == EVERYBODY else set()
        return {"no such method", refused, "nowhere"} | page
    if who in may:
        return {"let", "no such method"} | ({"nowhere"} if place.name in NOT_NOW else set())
    if who in group.opens and not group.sends:
        return {"let", "no such method"}  # the page itself: nothing is sent there
    if who in group.opens:
        return {"refused", "nowhere"}
    return {refused, "no such method"}


def _of_own_account(who: str, method: str) -> set[str]:
    if method in NEVER:
        return {"no such method"}
    return {"let", "no such method", *({"refused"} if who != ANONYMOUS else ())}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_gets_to_what_is_theirs_and_to_nothing_else(
    cast: Cast, held: dict[str, Any], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pages(monkeypatch)
    client, entries = _client(cast, who), Entry.objects.count()
    wrong = []
    for turn, place in enumerate(PLACES, sorted(EVERYBODY).index(who)):
        address = _address(place, held)
        for method in ("GET", "POST", OTHERS[turn % len(OTHERS)]):
            told = _told(_asked(client, place, method, address, who))
            if told not in _expected(place, who, method):
                wrong.append(f"{method} {place.name} {address}: {told}")
    assert not wrong, "\n".join([who, *wrong])
    assert Entry.objects.count() == entries


def _without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are as always, but nothing is written on their pages: that takes most of the time."""
    monkeypatch.setattr(Template, "render", lambda *_given, **_more: "")
    bare = lambda _request, status, _message="": HttpResponse(status=status)  # noqa: E731
    monkeypatch.setattr(errors, "_answer", bare)


def _asked(client: Client, place: Place, method: str, address: str, who: str) -> HttpResponseBase:
    """What is answered; what somebody did who may is undone, so that the next one finds it all."""
    if method != "POST":
        return client.generic(method, address)
    form = SENT.get(place.name, {})
    if who not in place.group.sends:
        return client.post(address, form)
    cookies: Any = client.cookies.copy()
    with transaction.atomic():
        answer = client.post(address, form)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def test_every_address_is_somebodys() -> None:
    names = {place.name for place in _places()}
    assert not names - GROUP_OF.keys(), "whose are these? decide it in tests/permissions.py"
    assert not GROUP_OF.keys() - names, "these are no more"
    assert not (NOT_NOW.keys() | WITHOUT_TOKEN.keys()) - names


OF_ACTION = {
    "coordinator": {Standing.COORDINATOR},
    "team": {Standing.TEAM, Standing.SECTOR_TEAM},
    "head": {Standing.SECTOR_HEAD},
    "management": {Standing.MANAGEMENT},
    "secretary": {Standing.SECRETARY},
    "staff": {Standing.STAFF},
    "responsible": {Standing.RESPONSIBLE},
    "deputy": {Standing.DEPUTY},
}
"""What each of the cast is to the action that is theirs."""
OWN = {*map(Standing, ("sector_team", "sector_head", "responsible", "deputy"))}
"""What somebody is to her own action, and to no other."""


@pytest.mark.parametrize("who", sorted(OF_ACTION))
def test_an_edit_is_taken_from_those_whom_the_table_of_rights_names(
    cast: Cast, kauhava: Town, held: dict[str, Any], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pages(monkeypatch)
    client, other = _client(cast, who), kauhava.action("2.1").serial
    wrong = []
    for part, edit in EDITS.items():
        piece = f"{held['piece']}/" if edit.piece else ""
        for serial, standings in ((cast.serial, OF_ACTION[who]), (other, OF_ACTION[who] - OWN)):
            if piece and serial == other:
                continue
            told = client.post(f"/kauhava/toimenpiteet/{serial}/muokkaa/{part}/{piece}")
            # Without a stamp nothing is saved: that is told to those alone who may.
            expected = 403 if RIGHTS[edit.deed].isdisjoint(standings) else 400
            if told.status_code != expected:
                wrong.append(f"{part} of {serial}: {told.status_code}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", sorted(OUTSIDERS))
def test_outsiders_are_answered_as_by_an_address_that_is_nowhere(
    cast: Cast, held: dict[str, Any], who: str
) -> None:
    client = _client(cast, who)
    nowhere = _facts(client.get("/kauhava/ei-ole/"))
    made_up = {name: uuid4() for name in held} | UNKNOWN | {"slug": "kauhava"}
    told = [
        f"{place.name} {address}"
        for place in PLACES
        if place.inside
        for address in {_address(place, held), place.at(made_up)}
        if (answer := client.get(address)).status_code != 405 and _facts(answer) != nowhere
    ]
    for place in (one for one in PLACES if one.name in BESIDE_PUBLIC):
        addresses = _address(place, held), place.at(made_up)
        hidden, none = (
            re.sub(rb"\d+", b"N", _facts(client.get(address))[2]) for address in addresses
        )
        if hidden != none:
            told.append(place.name)
    assert not told, "\n".join(told)


def test_a_municipality_that_is_not_published_is_as_one_that_does_not_exist(
    cast: Cast, held: dict[str, Any]
) -> None:
    small_town("evijarvi", "Evijärvi", published=False)
    told = []
    for who in ("coordinator", ANONYMOUS):
        client = _client(cast, who)
        for place in PLACES:
            if "<slug:slug>" not in place.route:
                continue
            hidden, none = (place.at({**held, "slug": slug}) for slug in ("evijarvi", "olematon"))
            if _facts(client.get(hidden)) != _facts(client.get(none)):
                told.append(f"{who}: {hidden}")
    assert not told, "\n".join(told)


def test_nobody_gets_anywhere_by_a_token_that_does_not_work(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pages(monkeypatch)
    wrong = [
        f"{method} {place.name}: {status}"
        for place in PLACES
        if "token>" in place.route
        for method in ("GET", "POST")
        for token in ("olematon", "A" * 43, "W10:1abcde:" + "a" * 43)
        if (status := client.generic(method, place.at({**UNKNOWN, "token": token})).status_code)
        != 404
    ]
    assert not wrong, "\n".join(wrong)


def _facts(answer: Any) -> tuple[int, dict[str, str], bytes]:
    """All that an answer tells, but for the address where it repeats that, the time of day and the
    token of its form of signing out."""
    path = answer.wsgi_request.path
    slug = path.split("/")[1]
    body = answer.content.replace(path.encode(), b"").replace(f"/{slug}/".encode(), b"/")
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)
    changing = ("Content-Length", "Expires", "Date")
    headers = {name: value for name, value in answer.headers.items() if name not in changing}
    return answer.status_code, headers, body


def test_a_form_without_its_token_is_refused_everywhere(
    cast: Cast, held: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_pages(monkeypatch)
    client, entries = _client(cast, "coordinator", enforce_csrf_checks=True), Entry.objects.count()
    taken = {
        place.name
        for place in PLACES
        if place.name not in WITHOUT_TOKEN
        and client.post(_address(place, held), SENT.get(place.name)).status_code != 403
    }
    assert not taken
    assert Entry.objects.count() == entries
    exempt = {one.name for one in PLACES if getattr(one.view.callback, "csrf_exempt", False)}
    assert exempt == set(WITHOUT_TOKEN)
