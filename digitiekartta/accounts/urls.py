"""Addresses of signing in and out, and of one's own account."""

from __future__ import annotations

from django.urls import path

from .views import account, organisation, passkeys, second_step, sign_in

app_name = "accounts"
urlpatterns = [
    path("k/kirjaudu/", sign_in.sign_in, name="sign_in"),
    path("k/koodi/", sign_in.code, name="code"),
    path("k/salasana/", sign_in.sign_in_by_password, name="password"),
    path("k/avain/", passkeys.sign_in_by_passkey, name="passkey"),
    path("k/vahvistus/", second_step.second_step, name="second_step"),
    path("k/ulos/", sign_in.sign_out, name="sign_out"),
    path("k/tili/", account.account, name="account"),
    path("k/tili/salasana/", account.password, name="new_password"),
    path("k/tili/sovellus/", account.app, name="app"),
    path("k/tili/avain/", account.passkey, name="new_passkey"),
    path("k/tili/tapa/<int:factor_id>/poista/", account.remove, name="remove_factor"),
    path("k/tili/varakoodit/", account.spare_codes, name="spare_codes"),
    path("k/tili/istunnot/", account.sessions, name="sessions"),
    path("k/oidc/<str:provider_id>/", organisation.leave, name="organisation"),
    path("k/<str:token>/", sign_in.sign_in_by_link, name="sign_in_by_link"),
]
