"""Addresses of the published results of survey rounds."""

from __future__ import annotations

from django.urls import path

from .views import results

app_name = "results"
HERE = "<slug:slug>/kysely/tulokset/"
urlpatterns = [
    path(HERE, results.rounds, name="list"),
    path(HERE + "<uuid:round_id>/", results.round, name="round"),
]
