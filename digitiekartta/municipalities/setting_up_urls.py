"""Addresses by which a new municipality is set up. Before those of signing in, which take any
token."""

from __future__ import annotations

from django.urls import path

from .views import setting_up

app_name = "setting_up"
urlpatterns = [
    path("k/uusi-kunta/", setting_up.new, name="new"),
    path("k/uusi-kunta/<str:token>/", setting_up.new_by_link, name="new_by_link"),
]
