"""Addresses around signing in that know of municipalities: invitations, demands, landing."""

from __future__ import annotations

from django.urls import path

from .views import accounts, arriving, invitations

app_name = "people"
HERE = "<slug:slug>/asetukset/"
urlpatterns = [
    path("k/perille/", arriving.landing, name="landing"),
    path("k/vaaditaan/", arriving.more, name="more"),
    path("k/kutsu/<str:token>/", invitations.accept, name="accept"),
    path(HERE + "kutsut/", invitations.invitations, name="invitations"),
    path(HERE + "kirjautuminen/", accounts.demands, name="demands"),
    path(HERE + "tunnukset/<uuid:account_id>/", accounts.account, name="account"),
]
