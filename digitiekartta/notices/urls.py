"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from .views import following, outgoing, reminders

app_name = "notices"
urlpatterns = [
    path("k/muistutukset/<str:token>/", reminders.reminders, name="reminders"),
    path("k/vahvista/<str:token>/", following.confirm, name="confirm"),
    path("k/seuranta/<str:token>/", following.follows, name="follows"),
    path("<slug:slug>/seuraa/", following.follow, name="follow"),
    path("<slug:slug>/asetukset/muistutukset/lahtevat/", outgoing.outgoing, name="outgoing"),
    path("<slug:slug>/vailla-vastausta/", outgoing.unanswered, name="unanswered"),
]
