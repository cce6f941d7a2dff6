"""Addresses of ideas."""

from __future__ import annotations

from django.urls import path

from .views import handling, proposing, queue, reading

app_name = "ideas"
HERE = "<slug:slug>/ideat/"
urlpatterns = [
    path(HERE, reading.ideas, name="list"),
    path(HERE + "ehdota/", proposing.propose, name="propose"),
    path(HERE + "kiitos/", proposing.thanks, name="thanks"),
    path(HERE + "jono/", queue.queue, name="queue"),
    path(HERE + "jono/<uuid:received_id>/", queue.moderate, name="moderate"),
    path(HERE + "asetukset/", queue.setting, name="setting"),
    path(HERE + "<int:number>/", reading.idea, name="idea"),
    path(HERE + "<int:number>/kannata/", proposing.support, name="support"),
    path(HERE + "<int:number>/julkaise/", handling.publish, name="publish"),
    path(HERE + "<int:number>/kasittele/", handling.handle, name="handle"),
    path(HERE + "<int:number>/toimenpiteeksi/", handling.new_action, name="new_action"),
]
