"""Django's and allauth's settings of signing in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from digitiekartta.accounts.rules import SHORTEST_PASSWORD

from . import environment

PROVIDER = "organisaatio"
"""How the organisation's own sign-in is called in addresses."""
_VALIDATION = "django.contrib.auth.password_validation"

SETTINGS: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": f"{_VALIDATION}.MinimumLengthValidator",
            "OPTIONS": {"min_length": SHORTEST_PASSWORD},
        },
        {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
        {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
        {
            "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ["email"]},
        },
    ],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "SOCIALACCOUNT_ADAPTER": "digitiekartta.accounts.organisation.Adapter",
    "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
    "SOCIALACCOUNT_STORE_TOKENS": False,
}


def provider_apps() -> list[str]:
    """What is installed for the organisation's sign-in: nothing without one, since loading it takes
    time at every start."""
    return (
        ["allauth.socialaccount.providers.openid_connect"]
        if environment.read("OIDC_ISSUER")
        else []
    )


def organisation() -> dict[str, Any]:
    """The organisation's own sign-in by OpenID Connect, where one is set. Raises SettingError."""
    issuer = environment.read("OIDC_ISSUER").rstrip("/")
    client = environment.read("OIDC_CLIENT_ID")
    secret = environment.read("OIDC_CLIENT_SECRET")
    name = environment.read("OIDC_NAME", "Organisaation tunnus")
    uid = environment.read("OIDC_UID_FIELD", "sub")
    trusts = environment.flag("OIDC_TRUST_EMAIL")
    if not issuer:
        return {"SOCIALACCOUNT_PROVIDERS": {}, "OIDC_NAME": "", "OIDC_ORIGIN": ""}
    _check(issuer, client, secret)
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "uid_field": uid, "fetch_userinfo": False},
    }
    parts = urlsplit(issuer)
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}},
        "OIDC_NAME": name,
        "OIDC_ORIGIN": f"{parts.scheme}://{parts.netloc}",
        "OIDC_TRUST_EMAIL": trusts,
    }


def _check(issuer: str, client: str, secret: str) -> None:
    parts = urlsplit(issuer)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise environment.SettingError(
            f"{environment.PREFIX}OIDC_ISSUER is {issuer!r}; it must be the https address that the "
            "provider's /.well-known/openid-configuration stands under"
        )
    if not client or not secret:
        raise environment.SettingError(
            f"{environment.PREFIX}OIDC_ISSUER is set, so {environment.PREFIX}OIDC_CLIENT_ID and "
            f"{environment.PREFIX}OIDC_CLIENT_SECRET must be too"
        )
