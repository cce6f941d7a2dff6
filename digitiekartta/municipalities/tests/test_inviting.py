"""Invitations, demands on signing in, and accounts that the coordinator sees to."""

from __future__ import annotations

import datetime
import json
import re
from uuid import UUID

import pytest
from django.apps import apps
from django.core import mail
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.test import Client

from digitiekartta.accounts import services as accounts
from digitiekartta.accounts.models import Person, User
from digitiekartta.accounts.rules import INVITATION_LIVES, LinkError
from digitiekartta.accounts.tests.test_account import add_app
from digitiekartta.history import queries as history
from digitiekartta.history.models import Entry
from digitiekartta.history.rules import Intent
from digitiekartta.municipalities import services
from digitiekartta.municipalities.models import Invitation, Membership, Party
from digitiekartta.municipalities.permissions import NotAllowedError, member_by_account
from digitiekartta.municipalities.rules import Role, SettingError
from digitiekartta.municipalities.services import erasing, inviting
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent

pytestmark = pytest.mark.database
EMAIL = "kutsuttu@example.org"
PAGE = "/lappajarvi/asetukset/kutsut/"
INSIDE = "/lappajarvi/asetukset/kutsut/"
NAME = "Koehenkilö"


def member(town: Town, role: Role | None, email: str = "koordinaattori@example.org") -> User:
    account = accounts.ensure_account(email=email)
    if role is not None:
        services.grant_role(
            ledger_id=town.ledger_id, intent=intent(), account_id=account.pk, role=role
        )
    return account


def sign_in(client: Client, account: User) -> str:
    token = accounts.make_sign_in_link(account=account, at=NOW)
    return str(client.post(f"/k/{token}/")["Location"])


def shown(answer: HttpResponse) -> bytes:
    """A page without the mask of its form, which is another every time."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]*', rb"\1", answer.content)


@pytest.fixture
def coordinator(lappajarvi: Town) -> User:
    return member(lappajarvi, Role.COORDINATOR)


def invited(town: Town, by: User, **values: object) -> str:
    given = {"email": EMAIL, "language": "fi", "role": Role.STAFF, **values}
    return inviting.invite(ledger_id=town.ledger_id, by=by.pk, at=NOW, **given)


def test_a_coordinator_invites_and_the_link_makes_the_account_with_its_role(
    page_client: PageClient, lappajarvi: Town, coordinator: User
) -> None:
    sign_in(page_client.client, coordinator)
    page_client.get(PAGE)
    sector = Party.objects.get(ledger_id=lappajarvi.ledger_id)
    sent = {"email": EMAIL, "role": "head", "party": str(sector.pk), "language": "fi"}
    page = page_client.post(PAGE, sent)
    (message,) = mail.outbox
    link = re.search(r"http://testserver(/k/kutsu/\S+/)", str(message.body))
    assert link is not None
    assert link[0] in page.text()
    assert link[1] not in page_client.get(PAGE).text()
    newcomer = PageClient(Client())
    for _ in range(2):
        newcomer.get(link[1])
    assert not User.objects.filter(email=EMAIL).exists()
    assert newcomer.redirect(link[1], {}) == "/k/perille/"
    account = User.objects.get(email=EMAIL)
    held = Membership.objects.get(account=account.pk)
    assert (held.role, held.party) == (Role.HEAD, sector)
    entry = Entry.objects.filter(ledger_id=lappajarvi.ledger_id).latest("revision")
    assert (entry.actor, entry.cause) == (account.pk, coordinator.pk)
    assert EMAIL not in json.dumps(entry.changes)
    newcomer.get(link[1], 404)
    assert not Invitation.objects.exists()


def test_what_is_wrong_with_an_invitation_is_told_and_kept(
    page_client: PageClient, coordinator: User
) -> None:
    sign_in(page_client.client, coordinator)
    page = page_client.post(PAGE, {"email": EMAIL, "role": "head", "language": "fi"}, 422)
    assert page.one("[name=email]")["value"] == EMAIL
    assert page.has(".error-summary")
    page_client.post(PAGE, {"email": "x", "role": "", "language": "fi"}, 422)
    assert mail.outbox == []


def test_an_invited_person_is_the_account(lappajarvi: Town, coordinator: User) -> None:
    receipt = services.add_person(ledger_id=lappajarvi.ledger_id, intent=intent(), name=NAME)
    token = invited(lappajarvi, coordinator, role=None, person_id=receipt.entity_id)
    account = inviting.accept_invitation(token=token, at=NOW)
    found = member_by_account(account.pk, lappajarvi.ledger_id)
    assert found is not None
    assert (found.roles, found.people) == (frozenset(), {receipt.entity_id})


def test_an_invitation_grows_old_is_taken_back_and_replaced(
    lappajarvi: Town, coordinator: User
) -> None:
    token = invited(lappajarvi, coordinator)
    with pytest.raises(LinkError):
        inviting.invitation_of(token=token, at=NOW + INVITATION_LIVES)
    almost = NOW + INVITATION_LIVES - datetime.timedelta(seconds=1)
    assert inviting.invitation_of(token=token, at=almost)
    again = invited(lappajarvi, coordinator)
    with pytest.raises(LinkError):
        inviting.accept_invitation(token=token, at=NOW)
    (one,) = inviting.open_invitations(lappajarvi.ledger_id)
    assert token not in str(Invitation.objects.values())
    inviting.take_back_invitation(
        ledger_id=lappajarvi.ledger_id, by=coordinator.pk, invitation_id=one.pk
    )
    with pytest.raises(LinkError):
        inviting.accept_invitation(token=again, at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_nobody_but_a_coordinator_invites(
    page_client: PageClient, lappajarvi: Town, coordinator: User, role: Role
) -> None:
    other = member(lappajarvi, role, "toinen@example.org")
    with pytest.raises(NotAllowedError):
        invited(lappajarvi, other)
    sign_in(page_client.client, other)
    for address in (
        PAGE,
        "/lappajarvi/asetukset/kirjautuminen/",
        f"/lappajarvi/asetukset/tunnukset/{coordinator.pk}/",
    ):
        page_client.get(address, 403)


def test_a_stranger_meets_an_address_that_is_nowhere(
    client: Client, kauhava: Town, lappajarvi: Town, coordinator: User
) -> None:
    sign_in(client, member(kauhava, Role.COORDINATOR, "kauhava@example.org"))
    nowhere = shown(client.get("/lappajarvi/asetukset/ei-ole/"))
    for address in (
        PAGE,
        "/lappajarvi/asetukset/kirjautuminen/",
        f"/lappajarvi/asetukset/tunnukset/{coordinator.pk}/",
    ):
        for answer in (client.get(address), client.post(address, {"deed": "disable"})):
            assert answer.status_code == 404
            assert shown(answer) == nowhere


def test_a_party_of_another_municipality_is_not_given(
    kauhava: Town, lappajarvi: Town, coordinator: User
) -> None:
    theirs = Party.objects.filter(ledger_id=kauhava.ledger_id).first()
    assert theirs is not None
    with pytest.raises(Party.DoesNotExist):
        invited(lappajarvi, coordinator, party_id=theirs.pk)


def test_whoever_lacks_a_second_factor_sees_nothing_of_the_inside_before_setting_it_up(
    page_client: PageClient, lappajarvi: Town, coordinator: User
) -> None:
    inviting.set_sign_in_rules(
        ledger_id=lappajarvi.ledger_id, intent=intent(), rules={"coordinator": "second_factor"}
    )
    sign_in(page_client.client, coordinator)
    assert page_client.redirect("/k/perille/") == "/k/vaaditaan/"
    led = page_client.redirect(INSIDE)
    assert led == "/k/vaaditaan/?next=%2Flappajarvi%2Fasetukset%2Fkutsut%2F"
    assert "toisen tunnistustavan" in page_client.get(led, 403).text()
    page_client.get("/lappajarvi/kyselyt/", 404)
    assert not page_client.get("/lappajarvi/").has("a[href='/lappajarvi/kyselyt/']")
    add_app(page_client)
    page_client.get(INSIDE)
    page_client.get("/lappajarvi/kyselyt/")
    other = Client()
    assert sign_in(other, coordinator) == "/k/vahvistus/"


def test_a_demand_that_nobody_knows_is_met_by_nobody(
    client: Client, lappajarvi: Town, coordinator: User
) -> None:
    inviting.set_sign_in_rules(
        ledger_id=lappajarvi.ledger_id, intent=intent(), rules={"coordinator": "iris"}
    )
    sign_in(client, coordinator)
    assert client.get(INSIDE).status_code == 302


def test_a_coordinator_does_not_shut_herself_out(
    page_client: PageClient, lappajarvi: Town, coordinator: User
) -> None:
    address = "/lappajarvi/asetukset/kirjautuminen/"
    sign_in(page_client.client, coordinator)
    page = page_client.get(address)
    stamp = {name: str(page.one(f"[name={name}]")["value"]) for name in ("revision", "key")}
    own = {"coordinator": "second_factor", "staff": "second_factor", **stamp}
    page_client.post(address, own, 422)
    page_client.redirect(address, {**own, "coordinator": ""})
    assert page_client.get(address).one("[name=staff] [selected]")["value"] == "second_factor"
    page_client.get(INSIDE)


def test_a_coordinator_disables_enables_and_helps_a_member(
    page_client: PageClient, lappajarvi: Town, coordinator: User
) -> None:
    other = member(lappajarvi, Role.STAFF, EMAIL)
    theirs = PageClient(Client())
    sign_in(theirs.client, other)
    add_app(theirs)
    sign_in(page_client.client, coordinator)
    address = f"/lappajarvi/asetukset/tunnukset/{other.pk}/"
    page = page_client.get(address)
    stamp = {name: str(page.all(f"[name={name}]")[0]["value"]) for name in ("revision", "key")}
    page_client.get(page_client.redirect(address, {"deed": "forget", **stamp}))
    assert other.authenticator_set.count() == 0
    page_client.get(page_client.redirect(address, {"deed": "disable", **stamp}))
    assert theirs.client.get("/k/tili/").status_code == 302
    page_client.redirect(address, {"deed": "enable", **stamp})
    page_client.post(address, {"deed": "erase", **stamp}, 422)
    other.refresh_from_db()
    assert (other.is_active, other.email) == (True, EMAIL)
    page_client.redirect(address, {"deed": "erase", "sure": "1", **stamp})
    other.refresh_from_db()
    assert not other.is_active


def test_an_account_of_two_municipalities_is_neithers_to_close(
    lappajarvi: Town, kauhava: Town, coordinator: User
) -> None:
    other = member(lappajarvi, Role.STAFF, EMAIL)
    member(kauhava, Role.STAFF, EMAIL)
    place = {"ledger_id": lappajarvi.ledger_id, "by": coordinator.pk, "account_id": other.pk}
    for deed in (erasing.disable_member, erasing.enable_member, erasing.forget_factors):
        with pytest.raises(NotAllowedError):
            deed(**place)
    with pytest.raises(NotAllowedError):
        erasing.erase_member(
            ledger_id=lappajarvi.ledger_id,
            intent=intent_by(coordinator),
            account_id=other.pk,
        )


def test_the_last_coordinator_is_not_erased(lappajarvi: Town, coordinator: User) -> None:
    with pytest.raises(SettingError):
        erasing.erase_member(
            ledger_id=lappajarvi.ledger_id, intent=intent(), account_id=coordinator.pk
        )
    coordinator.refresh_from_db()
    assert coordinator.is_active


def intent_by(account: User) -> Intent:
    return Intent(actor=account.pk, at=NOW)


def everything() -> str:
    """All that the database holds, as text; sessions unpacked."""
    rows = [row for model in apps.get_models() for row in model._default_manager.values()]
    shown = json.dumps(rows, cls=_Encoder, ensure_ascii=False)
    store = apps.get_model("accounts", "Session")
    return shown + str([one.get_decoded() for one in store.objects.all()])


class _Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        if isinstance(o, bytes | memoryview):
            return bytes(o).decode("utf-8", "replace")
        if hasattr(o, "ordinal"):
            return str(o)
        return super().default(o)


def test_an_erased_name_is_nowhere_and_the_log_is_intact(
    page_client: PageClient, lappajarvi: Town, coordinator: User
) -> None:
    ledger = lappajarvi.ledger_id
    account = member(lappajarvi, Role.STAFF, EMAIL)
    added = services.add_person(
        ledger_id=ledger, intent=intent(), name="Koehenkilö K.", email=EMAIL, account_id=account.pk
    )
    person = UUID(str(added.entity_id))
    services.change_person(ledger_id=ledger, intent=intent(), person_id=person, name=NAME)
    history.take_snapshot(ledger, history.revision_of(ledger))
    sign_in(page_client.client, account)
    page_client.client.post("/k/kirjaudu/", {"email": EMAIL})
    invited(lappajarvi, coordinator)
    before = list(
        Entry.objects.filter(ledger_id=ledger).values_list("revision", "kind", "actor", "at")
    )
    assert history.current(ledger).document.get("person", str(person)) is not None
    for secret in (NAME, "Koehenkilö K.", EMAIL):
        assert secret in everything()
    erasing.erase_member(ledger_id=ledger, intent=intent(), account_id=account.pk)
    for secret in (NAME, "Koehenkilö K.", EMAIL):
        assert secret not in everything()
    kept = Person.objects.get(pk=person)
    assert (kept.name, kept.email, kept.account) == ("poistettu henkilö", "", None)
    entries = Entry.objects.filter(ledger_id=ledger)
    assert list(entries.values_list("revision", "kind", "actor", "at"))[: len(before)] == before
    assert entries.count() == len(before) + 1
    # What the process had kept is brought up to date, and every past can still be built.
    standing = history.current(ledger)
    assert standing.document == history.from_tables(ledger).document
    for revision in range(standing.revision + 1):
        assert NAME not in str(history.document_at(ledger, revision).document)
    assert history.document_at(ledger, standing.revision).document == standing.document


def test_a_person_without_an_account_is_erased_too(lappajarvi: Town) -> None:
    ledger = lappajarvi.ledger_id
    added = services.add_person(ledger_id=ledger, intent=intent(), name=NAME, email=EMAIL)
    erasing.erase_person(ledger_id=ledger, intent=intent(), person_id=added.entity_id)
    assert NAME not in everything()
    assert EMAIL not in everything()
