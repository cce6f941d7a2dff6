"""Signing in by a one-time link."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from digitiekartta.accounts import services
from digitiekartta.accounts.models import SignInLink, User
from digitiekartta.accounts.rules import LINK_LIVES, LinkError
from tests.kauhava import NOW

EMAIL = "koordinaattori@example.org"


@pytest.fixture
def token(db: None) -> str:
    account = services.ensure_account(email=EMAIL)
    return services.make_sign_in_link(account=account, at=NOW)


def test_opening_the_link_changes_nothing_and_one_press_signs_in(
    client: Client, token: str
) -> None:
    for _ in range(2):
        opened = client.get(f"/k/{token}/")
        assert opened.status_code == 200
        assert "no-store" in opened["Cache-Control"]
    assert SignInLink.objects.get().used_at is None
    pressed = client.post(f"/k/{token}/")
    assert (pressed.status_code, pressed["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_link_works_once(client: Client, token: str) -> None:
    client.post(f"/k/{token}/")
    assert Client().post(f"/k/{token}/").status_code == 404


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
