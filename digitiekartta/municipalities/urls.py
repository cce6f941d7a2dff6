"""Addresses of the settings, and of the logo."""

from __future__ import annotations

from django.urls import path

from .views import clock, look, members, parties, sections

app_name = "municipalities"
HERE = "<slug:slug>/asetukset/"
urlpatterns = [
    path(HERE, sections.index, name="settings"),
    path(HERE + "perustiedot/", sections.basics, name="basics"),
    path(HERE + "ulkoasu/", look.look, name="look"),
    path(HERE + "ulkoasu/nayte/", look.colour_sample, name="colour_sample"),
    path(HERE + "julkaisu/", sections.publication, name="publication"),
    path(HERE + "saavutettavuus/", sections.accessibility, name="accessibility"),
    path(HERE + "toiminnot/", sections.features, name="features"),
    path(HERE + "muistutukset/", sections.reminders, name="reminders"),
    path(HERE + "organisaatio/", parties.organisation, name="organisation"),
    path(HERE + "organisaatio/uusi/", parties.new_unit, name="new_unit"),
    path(HERE + "organisaatio/luettelo/", parties.sector_list, name="sector_list"),
    path(HERE + "toimielimet/", parties.bodies, name="bodies"),
    path(HERE + "toimielimet/uusi/", parties.new_body, name="new_body"),
    path(HERE + "toimielimet/<uuid:party_id>/paikat/", parties.seats, name="seats"),
    path(HERE + "tahot/<uuid:party_id>/", parties.party, name="party"),
    path(HERE + "tahot/<uuid:party_id>/paata/", parties.end_party, name="end_party"),
    path(HERE + "vuosikello/", clock.clock, name="clock"),
    path(HERE + "vuosikello/uusi/", clock.new_gate, name="new_gate"),
    path(HERE + "vuosikello/<uuid:gate_id>/", clock.gate, name="gate"),
    path(HERE + "jasenet/", members.members, name="members"),
    path(HERE + "henkilot/uusi/", members.new_person, name="new_person"),
    path(HERE + "henkilot/<uuid:person_id>/", members.person, name="person"),
    path(HERE + "henkilot/<uuid:person_id>/lahtenyt/", members.person_left, name="person_left"),
    path("<slug:slug>/tunnus/<str:name>", look.serve_logo, name="logo"),
]
