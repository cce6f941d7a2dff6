"""Signing in by a one-time link, an e-mailed code and a password."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.test import Client

from digitiekartta.accounts import services
from digitiekartta.accounts.models import Attempt, SignInCode, SignInLink, User
from digitiekartta.accounts.rules import (
    CODE_LIVES,
    CODE_TRIES,
    LIMITS,
    LINK_LIVES,
    CodeError,
    LimitError,
    LinkError,
)
from tests.fixtures import PageClient
from tests.kauhava import NOW

pytestmark = pytest.mark.database
EMAIL = "koordinaattori@example.org"
NOBODY = "ei-ketaan@example.org"
PASSWORD = "kolme hevosta ja silta"


@pytest.fixture
def account(db: None) -> User:
    return services.ensure_account(email=EMAIL)


@pytest.fixture
def token(account: User) -> str:
    return services.make_sign_in_link(account=account, at=NOW)


def code_in_mail() -> str:
    (message,) = mail.outbox
    found = re.search(r"^ +(\d{4} \d{4})$", str(message.body), re.MULTILINE)
    assert found is not None
    return found[1]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_opening_the_link_changes_nothing_and_one_press_signs_in(
    client: Client, token: str
) -> None:
    for _ in range(2):
        opened = client.get(f"/k/{token}/")
        assert opened.status_code == 200
        assert "no-store" in opened["Cache-Control"]
        assert opened["Referrer-Policy"] == "same-origin"
    assert SignInLink.objects.get().used_at is None
    pressed = client.post(f"/k/{token}/")
    assert (pressed.status_code, pressed["Location"]) == (302, "/k/perille/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_link_works_once(client: Client, token: str) -> None:
    client.post(f"/k/{token}/")
    assert Client().post(f"/k/{token}/").status_code == 404


def _gone(token: str, way: str) -> str:
    if way == "used":
        services.use_sign_in_link(token=token, at=NOW)
    if way == "old":
        SignInLink.objects.update(expires_at=NOW)
    if way == "disabled":
        User.objects.update(is_active=False)
    return token if way != "unknown" else "ei-ole-olemassa"


@pytest.mark.parametrize("way", ["used", "old", "disabled", "unknown"])
def test_a_link_that_would_not_sign_in_offers_no_button_and_looks_as_one_that_never_was(
    client: Client, token: str, way: str
) -> None:
    gone = client.get(f"/k/{_gone(token, way)}/")
    never = client.get("/k/toinen-jota-ei-ole/")
    assert (gone.status_code, never.status_code) == (404, 404)
    page = gone.content.decode()
    assert "<form" not in page.partition("<main")[2]
    assert "Linkki ei enää toimi" in page
    assert "Se on jo käytetty" in page
    assert 'href="/k/kirjaudu/"' in page
    assert page.partition("<main")[2] == never.content.decode().partition("<main")[2]


def test_a_link_grows_old(token: str) -> None:
    with pytest.raises(LinkError):
        services.use_sign_in_link(token=token, at=NOW + LINK_LIVES)
    just_before = NOW + LINK_LIVES - datetime.timedelta(seconds=1)
    assert services.use_sign_in_link(token=token, at=just_before).email == EMAIL


def test_a_disabled_account_does_not_sign_in(token: str) -> None:
    User.objects.update(is_active=False)
    with pytest.raises(LinkError):
        services.use_sign_in_link(token=token, at=NOW)


def test_only_the_hash_of_a_token_is_kept(token: str) -> None:
    assert token not in str(SignInLink.objects.values())


def test_an_account_is_made_once(db: None) -> None:
    one = services.ensure_account(email=EMAIL)
    assert services.ensure_account(email=EMAIL.upper()) == one
    assert not one.has_usable_password()


def test_a_code_that_was_e_mailed_signs_in_and_one_lands_where_one_was_going(
    page_client: PageClient, account: User
) -> None:
    page_client.get("/k/kirjaudu/?next=/kauhava/oma/")
    sent = page_client.redirect("/k/kirjaudu/", {"email": EMAIL, "next": "/kauhava/oma/"})
    assert sent == "/k/koodi/?next=%2Fkauhava%2Foma%2F"
    page_client.get(sent)
    landed = page_client.redirect("/k/koodi/", {"code": code_in_mail(), "next": "/kauhava/oma/"})
    assert page_client.redirect(landed) == "/kauhava/oma/"
    assert is_signed_in(page_client.client)


def test_the_code_stands_in_no_subject_and_is_kept_as_a_hash(client: Client, account: User) -> None:
    client.post("/k/kirjaudu/", {"email": EMAIL})
    code = code_in_mail()
    assert not re.search(r"\d", str(mail.outbox[0].subject))
    kept = str(SignInCode.objects.values()) + str(client.session.items())
    assert code not in kept
    assert code.replace(" ", "") not in kept


def test_a_code_is_worth_nothing_in_another_browser(client: Client, account: User) -> None:
    client.post("/k/kirjaudu/", {"email": EMAIL})
    elsewhere = Client()
    assert elsewhere.post("/k/koodi/", {"code": code_in_mail()})["Location"] == "/k/kirjaudu/"
    elsewhere.post("/k/kirjaudu/", {"email": NOBODY})
    assert elsewhere.post("/k/koodi/", {"code": code_in_mail()}).status_code == 400
    assert not is_signed_in(elsewhere)


def test_a_code_works_once_and_for_ten_minutes(account: User) -> None:
    asked, code = services.make_sign_in_code(email=EMAIL, at=NOW)
    with pytest.raises(CodeError):
        services.use_sign_in_code(asked_id=asked.pk, typed=code, at=NOW + CODE_LIVES)
    assert services.use_sign_in_code(asked_id=asked.pk, typed=f" {code[:4]}-{code[4:]}", at=NOW)
    with pytest.raises(CodeError):
        services.use_sign_in_code(asked_id=asked.pk, typed=code, at=NOW)


def test_after_five_wrong_codes_the_right_one_is_refused(account: User) -> None:
    asked, code = services.make_sign_in_code(email=EMAIL, at=NOW)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for tried in range(1, CODE_TRIES + 1):
        with pytest.raises(CodeError) as refused:
            services.use_sign_in_code(asked_id=asked.pk, typed=wrong, at=NOW)
        assert refused.value.again == (tried < CODE_TRIES)
    with pytest.raises(CodeError):
        services.use_sign_in_code(asked_id=asked.pk, typed=code, at=NOW)


def test_an_unknown_address_is_answered_as_a_known_one_and_gets_no_mail(
    page_client: PageClient, account: User
) -> None:
    pages = []
    for email in (EMAIL, NOBODY):
        page_client.client.cookies.clear()
        assert page_client.redirect("/k/kirjaudu/", {"email": email}) == "/k/koodi/"
        pages.append(page_client.get("/k/koodi/").text().replace(email, "x"))
    assert pages[0] == pages[1]
    assert [one.to for one in mail.outbox] == [[EMAIL]]


def test_a_disabled_account_is_answered_as_an_unknown_address(
    client: Client, account: User
) -> None:
    services.disable_account(account_id=account.pk)
    assert client.post("/k/kirjaudu/", {"email": EMAIL})["Location"] == "/k/koodi/"
    assert mail.outbox == []


def test_a_password_signs_in_whoever_has_set_one(page_client: PageClient, account: User) -> None:
    services.set_password(account=account, password=PASSWORD)
    right = {"email": EMAIL, "password": PASSWORD}
    page_client.get("/k/salasana/")
    told = []
    for email in (EMAIL, NOBODY):
        page = page_client.post("/k/salasana/", {"email": email, "password": "väärä"}, 400)
        told.append(page.text().replace(email, "x"))
    assert told[0] == told[1]
    assert page_client.redirect("/k/salasana/", right) == "/k/perille/"
    services.disable_account(account_id=account.pk)
    assert Client().post("/k/salasana/", right).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "https://muualla.example/",
        "//muualla.example/",
        "/\\muualla.example/",
        "javascript:alert(1)",
        "/" + "a" * 600,
        "\t//muualla.example",
    ],
)
def test_signing_in_leads_to_no_other_site(client: Client, token: str, address: str) -> None:
    client.post(f"/k/{token}/")
    assert client.get("/k/perille/", {"next": address})["Location"] == "/"


def test_the_session_gets_a_new_key_at_sign_in(client: Client, account: User) -> None:
    client.post("/k/kirjaudu/", {"email": EMAIL})
    before = client.session.session_key
    client.post("/k/koodi/", {"code": code_in_mail()})
    assert is_signed_in(client)
    assert client.session.session_key != before
    fixed = Client()
    fixed.cookies["istunto"] = str(before)
    assert fixed.get("/k/tili/")["Location"].startswith("/k/kirjaudu/")


@pytest.mark.parametrize(
    "address", ["/k/kirjaudu/", "/k/salasana/", "/k/koodi/", "/k/tili/istunnot/", "/k/ulos/"]
)
def test_a_form_of_another_site_is_refused(account: User, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    assert client.post(address, {"email": EMAIL}).status_code == 403


def test_codes_are_asked_for_so_often_and_no_more(client: Client, account: User) -> None:
    limit = LIMITS["code-account"].tries
    statuses = [client.post("/k/kirjaudu/", {"email": EMAIL}).status_code for _ in range(limit + 1)]
    assert statuses == [302] * limit + [429]
    assert len(mail.outbox) == limit
    assert EMAIL not in str(Attempt.objects.values())


def test_tries_are_limited_for_an_address_that_nobody_has_too(client: Client, db: None) -> None:
    limit = LIMITS["try-account"].tries
    wrong = {"email": NOBODY, "password": "väärä salasana"}
    statuses = [client.post("/k/salasana/", wrong).status_code for _ in range(limit + 1)]
    assert statuses == [400] * limit + [429]


def test_a_limit_ends_with_its_time(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = LIMITS["code-account"]
    for _ in range(limit.tries):
        services.count_try("code-account", EMAIL)
    with pytest.raises(LimitError):
        services.count_try("code-account", EMAIL)
    services.count_try("code-account", NOBODY)
    Attempt.objects.update(until=1)
    services.count_try("code-account", EMAIL)


def test_the_half_of_an_ipv6_address_counts_as_one(db: None) -> None:
    assert services.network_of("2001:db8::1") == services.network_of("2001:db8::2:3:4")
    assert services.network_of("192.0.2.1") != services.network_of("192.0.2.2")
