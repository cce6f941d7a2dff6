"""The example's cast: a way in to every side of the work, which goes with the example."""

from __future__ import annotations

import pytest
from django.test import Client

from digitiekartta.accounts.models import Person, User
from digitiekartta.config.example import remove_example
from digitiekartta.config.people import FIRST, cast_links, first_link
from digitiekartta.municipalities.models import Membership
from digitiekartta.municipalities.permissions import member_by_account
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.permissions import actions_of, standings_to_action
from digitiekartta.roadmaps.rights import Standing
from tests.kauhava import NOW, Town, add_action, small_town

pytestmark = pytest.mark.database
SITE = "http://localhost:8000"


def test_each_of_the_cast_signs_in_once_and_is_somebody(kauhava: Town) -> None:
    first_link(site=SITE, at=NOW)
    links = dict(cast_links(site=SITE, at=NOW))
    assert list(links) == [
        "coordinator",
        "team member",
        "head of a sector",
        "management team",
        "board's secretary",
        "responsible person",
        "deputy",
        "staff",
    ]
    for link in links.values():
        client = Client()
        assert client.post(link.removeprefix(SITE)).status_code == 302
        account = User.objects.get(pk=client.session["_auth_user_id"])
        assert member_by_account(account.pk, kauhava.ledger_id) is not None
        assert Client().post(link.removeprefix(SITE)).status_code == 404
    roles = Membership.objects.filter(ledger_id=kauhava.ledger_id).values_list("role", flat=True)
    assert set(roles) == set(Role)


def test_the_responsible_person_and_the_deputy_have_actions_of_the_example(kauhava: Town) -> None:
    cast_links(site=SITE, at=NOW)
    for key, standing in (
        ("vastuuhenkilo", Standing.RESPONSIBLE),
        ("varahenkilo", Standing.DEPUTY),
    ):
        account = User.objects.get(email__startswith=key)
        member = member_by_account(account.pk, kauhava.ledger_id)
        assert member is not None
        own = list(actions_of(member))
        assert len(own) >= 3
        assert all(standing in standings_to_action(member, one) for one in own)


def test_the_cast_is_made_once_and_gets_new_links(kauhava: Town) -> None:
    first = cast_links(site=SITE, at=NOW)
    people, roles = Person.objects.count(), Membership.objects.count()
    again = cast_links(site=SITE, at=NOW)
    assert (Person.objects.count(), Membership.objects.count()) == (people, roles)
    assert {link for _, link in first}.isdisjoint(link for _, link in again)


def test_the_cast_goes_with_the_example_and_the_coordinator_stays(kauhava: Town) -> None:
    first_link(site=SITE, at=NOW)
    cast_links(site=SITE, at=NOW)
    own = Action.objects.get(pk=add_action(kauhava, "99"))
    person = Person.objects.filter(ledger_id=kauhava.ledger_id, example=True).first()
    assert person is not None
    Action.objects.filter(pk=own.pk).update(person=person, deputies=[str(person.pk)])
    remove_example(NOW)
    assert [one.email for one in User.objects.all()] == [FIRST]
    assert not Person.objects.exists()
    assert list(Membership.objects.values_list("role", flat=True)) == [Role.COORDINATOR]
    own.refresh_from_db()
    assert (own.person, own.deputies) == (None, [])
    assert cast_links(site=SITE, at=NOW) == []


def test_there_is_no_cast_without_the_example() -> None:
    small_town("lappajarvi", "Lappajärvi")
    assert cast_links(site=SITE, at=NOW) == []
