"""Whose request reaches the stream: by her session, of her municipality, while it holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from digitiekartta.accounts.models import Person, Session, User
from digitiekartta.accounts.rules import Requirement, Way
from digitiekartta.accounts.services import ensure_account
from digitiekartta.accounts.sessions import WAYS
from digitiekartta.config.assembly import ledger_of
from digitiekartta.config.viewers import introduce, viewer_of
from digitiekartta.documents.registry import Audience
from digitiekartta.history.pen import Pen
from digitiekartta.history.services import commit
from digitiekartta.live.rules import Viewer, Who
from digitiekartta.live.stream import Access
from digitiekartta.municipalities.models import Membership, Municipality
from digitiekartta.municipalities.rules import Role
from tests.kauhava import Town, intent, small_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden() -> Town:
    return small_town("lappajarvi", "Lappajärvi", published=False)


def member(town: Town, role: Role) -> User:
    """An account with a role in a town."""
    account = ensure_account(email=f"{role}@example.test")
    add(town, Membership, role=role, account=account.pk)
    return account


def add(town: Town, table: type[Membership | Person], **values: object) -> None:
    def write(pen: Pen) -> Membership | Person:
        return pen.add(table, **values)

    commit(ledger_id=town.ledger_id, kind="try", intent=intent(), write=write)


def seen(client: Client, slug: str = "lappajarvi") -> Viewer | None:
    """Who the cookies of a client show."""
    return viewer_of({"headers": [(b"cookie", b"x=1"), (b"cookie", cookies(client))]}, slug)


def cookies(client: Client) -> bytes:
    return "; ".join(f"{name}={one.value}" for name, one in client.cookies.items()).encode()


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize(
    ("role", "audience"), [(Role.COORDINATOR, Audience.TEAM), (Role.STAFF, Audience.MEMBERS)]
)
def test_a_member_is_seen_also_where_nothing_is_published(
    hidden: Town, role: Role, audience: Audience
) -> None:
    account = member(hidden, role)
    assert seen(signed_in(account)) == Viewer(hidden.ledger_id, account.pk, audience)


def test_only_members_follow_what_is_not_published(hidden: Town, kauhava: Town) -> None:
    access = Access(ledger_of, viewer_of)
    anybody: dict[str, Any] = {"headers": []}
    assert access.enter(anybody, "lappajarvi") is None
    assert access.enter(anybody, "kauhava") == kauhava.ledger_id
    headers = {"headers": [(b"cookie", cookies(signed_in(member(hidden, Role.STAFF))))]}
    assert isinstance(access.enter(headers, "lappajarvi"), Viewer)
    assert access.enter(headers, "kauhava") == kauhava.ledger_id


def test_strangers_are_nobody(hidden: Town, kauhava: Town) -> None:
    client = signed_in(member(kauhava, Role.COORDINATOR))
    assert seen(client, "kauhava") is not None
    assert seen(client) is None
    assert seen(client, "ei-ole") is None
    assert seen(Client()) is None
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert seen(client, "kauhava") is None


def test_she_is_nobody_once_her_session_has_ended(hidden: Town) -> None:
    client = signed_in(member(hidden, Role.TEAM))
    assert seen(client) is not None
    Session.objects.all().delete()
    assert seen(client) is None


def test_who_has_not_shown_what_her_role_demands_is_nobody(hidden: Town) -> None:
    client = signed_in(member(hidden, Role.TEAM))
    Municipality.objects.filter(ledger_id=hidden.ledger_id).update(
        sign_in_rules={Role.TEAM: Requirement.SECOND_FACTOR}
    )
    assert seen(client) is None
    session = client.session
    session[WAYS] = [Way.APP]
    session.save()
    assert seen(client) is not None


def test_she_is_nobody_once_her_account_is_disabled(hidden: Town) -> None:
    account = member(hidden, Role.TEAM)
    client = signed_in(account)
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert seen(client) is None


def test_she_is_nobody_once_her_role_is_taken_away(hidden: Town) -> None:
    client = signed_in(member(hidden, Role.TEAM))
    assert seen(client) is not None

    def write(pen: Pen) -> None:
        pen.remove(pen.get(Membership, Membership.objects.values_list("pk", flat=True).get()))

    commit(ledger_id=hidden.ledger_id, kind="try", intent=intent(), write=write)
    assert seen(client) is None


def test_a_member_is_called_by_her_name_or_else_by_her_role(hidden: Town) -> None:
    def called(account: UUID) -> Who:
        return introduce(Viewer(hidden.ledger_id, account, Audience.MEMBERS))

    head, alone = member(hidden, Role.HEAD), uuid4()
    assert called(head.pk) == Who("head")
    add(hidden, Membership, role=Role.STAFF, account=head.pk)
    assert called(head.pk) == Who("head")
    add(hidden, Person, name="Sivistysjohtaja", account=head.pk)
    assert called(head.pk) == Who("head", "Sivistysjohtaja", Audience.MEMBERS)
    add(hidden, Person, name="Rehtori", account=alone, audience=Audience.TEAM)
    assert called(alone) == Who("responsible", "Rehtori", Audience.TEAM)
