"""Addresses of signing in and out."""

from __future__ import annotations

from django.urls import path

from .views import sign_in_by_link, sign_out

app_name = "accounts"
urlpatterns = [
    path("k/ulos/", sign_out, name="sign_out"),
    path("k/<str:token>/", sign_in_by_link, name="sign_in_by_link"),
]
