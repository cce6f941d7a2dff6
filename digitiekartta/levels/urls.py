"""Addresses of the coordinator's pages of levels."""

from __future__ import annotations

from django.urls import path

from .views import baseline, estimate, priorities, targets

app_name = "levels"
HERE = "<slug:slug>/tasot/"
urlpatterns = [
    path(HERE + "lahtotaso/", baseline.baseline, name="baseline"),
    path(HERE + "lahtotaso/uusi/", baseline.by_hand, name="by_hand"),
    path(HERE + "lahtotaso/<uuid:round_id>/", baseline.take, name="take"),
    path(HERE + "tavoitteet/", targets.targets, name="targets"),
    path(HERE + "tavoitteet/<int:number>/", targets.target, name="target"),
    path(HERE + "arvio/", estimate.estimate, name="estimate"),
    path(HERE + "tarkeys/", priorities.importance, name="importance"),
    path(HERE + "karjet/", priorities.ranking, name="ranking"),
    path(HERE + "karjet/<int:number>/", priorities.priority, name="priority"),
    path(HERE + "karjet/<int:number>/poista/", priorities.removal, name="removal"),
]
