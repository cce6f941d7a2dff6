"""Addresses of the coordinator's survey rounds."""

from __future__ import annotations

from django.urls import path

from .views import rounds, rounds_codes, rounds_groups, rounds_steps, rounds_texts

app_name = "rounds"
HERE = "<slug:slug>/kyselyt/"
ONE = HERE + "<uuid:round_id>/"
urlpatterns = [
    path(HERE, rounds.rounds, name="list"),
    path(HERE + "uusi/", rounds.new, name="new"),
    path(ONE, rounds.round, name="round"),
    path(ONE + "asetukset/", rounds.settings, name="settings"),
    path(ONE + "kopioi/", rounds.copy, name="copy"),
    path(ONE + "poista/", rounds.remove, name="remove"),
    path(ONE + "ryhmat/", rounds_groups.groups, name="groups"),
    path(ONE + "ryhmat/liita/", rounds_groups.paste, name="paste"),
    path(ONE + "ryhmat/yhdista/", rounds_groups.merge, name="merge"),
    path(ONE + "ryhmat/pura/<uuid:unit_id>/", rounds_groups.apart, name="apart"),
    path(ONE + "nakyvyys/", rounds_steps.forecast, name="forecast"),
    path(ONE + "viestit/", rounds_texts.texts, name="texts"),
    path(ONE + "avaa/", rounds_steps.opening, name="open"),
    path(ONE + "tunnukset/", rounds_codes.codes, name="codes"),
    path(ONE + "tunnukset/laput/", rounds_codes.slips, name="slips"),
    path(ONE + "tunnukset/luettelo/", rounds_codes.listed, name="code_list"),
    path(ONE + "tunnukset/<uuid:unit_id>/", rounds_codes.unit_codes, name="unit_codes"),
    path(ONE + "juliste/<uuid:unit_id>/", rounds_codes.poster, name="poster"),
    path(ONE + "jatka/", rounds_steps.extend, name="extend"),
    path(ONE + "sulje/", rounds_steps.closing, name="close"),
    path(ONE + "tulokset/", rounds_steps.results, name="results"),
]
