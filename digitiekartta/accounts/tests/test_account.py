"""My account: ways of signing in, devices, and the second factor."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from digitiekartta.accounts import services
from digitiekartta.accounts.models import Session, SignInCode, SignInLink, User
from digitiekartta.accounts.rules import device_of
from tests.fixtures import PageClient
from tests.kauhava import NOW

pytestmark = pytest.mark.database
EMAIL = "koordinaattori@example.org"
PASSWORD = "kolme hevosta ja silta"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def account(db: None) -> User:
    return services.ensure_account(email=EMAIL)


def sign_in(client: Client, account: User, **headers: str) -> str:
    """Signs in by a link; where it leads."""
    token = services.make_sign_in_link(account=account, at=NOW)
    return str(client.post(f"/k/{token}/", headers=headers or None)["Location"])


def app_code(secret: str) -> str:
    """What an authenticator app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value  # noqa: PLC0415

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def add_app(client: PageClient) -> tuple[str, list[str]]:
    """Sets up an app; its secret and the spare codes."""
    page = client.get("/k/tili/sovellus/")
    secret = page.one("main code").get_text().replace(" ", "")
    shown = client.post("/k/tili/sovellus/", {"code": app_code(secret)})
    return secret, shown.texts("main li code")


def test_a_stranger_is_led_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/k/tili/")
    assert (answer.status_code, answer["Location"]) == (302, "/k/kirjaudu/?next=%2Fk%2Ftili%2F")


def test_the_page_tells_how_and_where_one_is_signed_in(
    page_client: PageClient, account: User
) -> None:
    sign_in(Client(), account, **{"User-Agent": SAFARI})
    sign_in(page_client.client, account, **{"User-Agent": FIREFOX})
    page = page_client.get("/k/tili/")
    assert EMAIL in page.text()
    devices = page.texts("main li b")
    assert devices == ["Firefox, Windows", "Safari, iPhone"]
    for language in ("sv", "en"):
        page_client.get(f"/{language}/k/tili/")


@pytest.mark.parametrize(
    ("agent", "name"),
    [(FIREFOX, "Firefox, Windows"), (SAFARI, "Safari, iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_device_is_called_roughly_by_its_browser(agent: str, name: str) -> None:
    assert device_of(agent) == name


def test_one_ends_another_device_or_all_of_them(page_client: PageClient, account: User) -> None:
    phone, tablet = Client(), Client()
    for one in (phone, tablet, page_client.client):
        sign_in(one, account)
    page = page_client.get("/k/tili/")
    names = [str(one["value"]) for one in page.all("main li input[name=name]")]
    keys = {
        str(Session.objects.get(account=account.pk, pk=one.session.session_key).pk)
        for one in (phone, tablet)
    }
    assert not keys & set(names)
    page_client.redirect("/k/tili/istunnot/", {"name": names[1]})
    ended = [one for one in (phone, tablet) if one.get("/k/tili/").status_code == 302]
    assert len(ended) == 1
    sign_in(phone, account)
    page_client.redirect("/k/tili/istunnot/", {})
    assert [one.get("/k/tili/").status_code for one in (phone, tablet)] == [302, 302]
    page_client.get("/k/tili/")


def test_nobody_ends_the_session_of_another(client: Client, account: User) -> None:
    other, theirs = services.ensure_account(email="toinen@example.org"), Client()
    sign_in(theirs, other)
    sign_in(client, account)
    name = services.session_name(str(theirs.session.session_key))
    client.post("/k/tili/istunnot/", {"name": name})
    client.post("/k/tili/istunnot/", {})
    assert theirs.get("/k/tili/").status_code == 200


def test_reading_pages_writes_the_session_once_an_hour(
    client: Client, account: User, queries_of: Callable[..., list[str]], settings: Any
) -> None:
    sign_in(client, account)
    written = [
        one
        for one in queries_of(lambda: client.get("/k/tili/"))
        if not one.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert written == []
    later = NOW + datetime.timedelta(hours=2)
    settings.FIXED_NOW = later.isoformat()
    client.get("/k/tili/")
    session = Session.objects.get(account=account.pk)
    assert session.used_at == later
    assert session.signed_in_at == NOW


def test_a_new_password_signs_other_devices_out(page_client: PageClient, account: User) -> None:
    other = Client()
    sign_in(other, account)
    sign_in(page_client.client, account)
    page_client.get("/k/tili/salasana/")
    for bad in ("lyhyt", "123456789012", "koordinaattori@example.org"):
        page_client.post("/k/tili/salasana/", {"password": bad}, 400)
    done = page_client.redirect("/k/tili/salasana/", {"password": PASSWORD})
    assert "Salasana asetettiin" in page_client.get(done).text()
    assert other.get("/k/tili/").status_code == 302
    page_client.redirect("/k/tili/salasana/", {"remove": "1"})
    page_client.get("/k/tili/")
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_ways_of_signing_in_are_changed_soon_after_signing_in_alone(
    page_client: PageClient, account: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(page_client.client, account)
    session = page_client.client.session
    session["entered"] = time.time() - 3601
    session.save()
    for address in ("/k/tili/salasana/", "/k/tili/sovellus/", "/k/tili/avain/"):
        page = page_client.get(address, 403)
        assert page.one("main a.button")["href"] == f"/k/kirjaudu/?next={address}"
    page_client.post("/k/tili/salasana/", {"password": PASSWORD}, 403)
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_an_app_is_set_up_and_asked_for_from_then_on(
    page_client: PageClient, account: User
) -> None:
    sign_in(page_client.client, account)
    secret, spare = add_app(page_client)
    assert len(spare) == 10
    page_client.get("/k/tili/")
    newcomer = PageClient(Client())
    assert sign_in(newcomer.client, account) == "/k/vahvistus/"
    assert newcomer.client.get("/k/tili/").status_code == 302
    newcomer.get("/k/vahvistus/")
    newcomer.post("/k/vahvistus/", {"code": "000000"}, 400)
    # The code with which the app was set up has been used.
    newcomer.post("/k/vahvistus/", {"code": app_code(secret)}, 400)
    assert newcomer.redirect("/k/vahvistus/", {"code": spare[0]}) == "/k/perille/"
    newcomer.get("/k/tili/")
    again = Client()
    sign_in(again, account)
    assert again.post("/k/vahvistus/", {"code": spare[0]}).status_code == 400


def test_the_second_step_can_be_taken_for_a_quarter_of_an_hour(
    page_client: PageClient, account: User
) -> None:
    sign_in(page_client.client, account)
    _, spare = add_app(page_client)
    late = Client()
    sign_in(late, account)
    session = late.session
    session["entering"] = {**session["entering"], "at": time.time() - 901}
    session.save()
    assert late.post("/k/vahvistus/", {"code": spare[0]})["Location"] == "/k/kirjaudu/"


def test_an_app_is_removed_and_its_spare_codes_with_it(
    page_client: PageClient, account: User
) -> None:
    sign_in(page_client.client, account)
    add_app(page_client)
    page = page_client.get("/k/tili/")
    form = next(
        one for one in page.all("main form") if re.search(r"/tapa/\d+/poista/", str(one["action"]))
    )
    other = Client()
    stranger = services.ensure_account(email="toinen@example.org")
    sign_in(other, stranger)
    other.post(str(form["action"]))
    assert "Todennussovellus" in page_client.get("/k/tili/").text()
    page_client.redirect(str(form["action"]), {})
    assert account.authenticator_set.count() == 0
    assert sign_in(Client(), account) == "/k/perille/"


def test_the_language_of_mails_is_the_owners(page_client: PageClient, account: User) -> None:
    sign_in(page_client.client, account)
    page_client.redirect("/k/tili/", {"language": "sv"})
    page_client.post("/k/tili/", {"language": "xx"}, 400)
    account.refresh_from_db()
    assert account.language == "sv"


def test_a_disabled_account_is_signed_out_at_once(client: Client, account: User) -> None:
    sign_in(client, account)
    services.disable_account(account_id=account.pk)
    assert client.get("/k/tili/").status_code == 302
    services.enable_account(account_id=account.pk)
    assert sign_in(client, account) == "/k/perille/"


def test_an_erased_account_does_not_come_back(client: Client, account: User) -> None:
    services.erase_account(account_id=account.pk)
    services.enable_account(account_id=account.pk)
    account.refresh_from_db()
    assert not account.is_active
    assert EMAIL not in str(User.objects.values())


def test_what_somebody_else_showed_in_the_browser_is_not_counted(
    page_client: PageClient, account: User
) -> None:
    sign_in(page_client.client, account)
    _, spare = add_app(page_client)
    other = services.ensure_account(email="toinen@example.org")
    client = Client()
    sign_in(client, other)
    session = client.session
    session["ways"] = ["organisation"]
    session.save()
    assert sign_in(client, account) == "/k/vahvistus/"
    client.post("/k/vahvistus/", {"code": spare[0]})
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.session["ways"] == ["link", "recovery"]


def test_what_has_expired_is_removed_and_the_rest_stays(client: Client, account: User) -> None:
    sign_in(client, account)
    services.make_sign_in_link(account=account, at=NOW)
    services.make_sign_in_code(email=EMAIL, at=NOW)
    services.forget_expired(at=NOW)
    counts = [
        table.objects.filter(account=account.pk).count()
        for table in (Session, SignInLink, SignInCode)
    ]
    assert counts == [1, 2, 1]
    Session.objects.update(expire_date=NOW - datetime.timedelta(days=400))
    services.forget_expired(at=NOW + datetime.timedelta(days=2))
    assert not any(table.objects.exists() for table in (Session, SignInLink, SignInCode))
