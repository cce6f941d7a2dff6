"""Addresses of the settings that the roadmap's room answers for, and of taking into use."""

from __future__ import annotations

from django.urls import path

from .views import authorities, framework, guide, guide_steps, rights, wordings

app_name = "settings"
HERE = "<slug:slug>/asetukset/"
GUIDE = "<slug:slug>/kayttoonotto/"
urlpatterns = [
    path(HERE + "oikeudet/", rights.rights, name="rights"),
    path(HERE + "paatosvalta/", authorities.authorities, name="authorities"),
    path(HERE + "sanat/", wordings.wordings, name="wordings"),
    path(HERE + "nakokulmat/", framework.framework, name="framework"),
    path(GUIDE, guide.guide, name="guide"),
    path(GUIDE + "kausi/", guide_steps.period, name="period"),
    path(GUIDE + "tekstit/", guide_steps.texts, name="texts"),
    path(GUIDE + "esikatselu/", guide_steps.preview, name="preview"),
    path(GUIDE + "julkaise/", guide_steps.publish, name="publish"),
    path(GUIDE + "esimerkki/", guide_steps.remove_examples, name="remove_examples"),
    path(GUIDE + "viestit/", guide_steps.letters_to_send, name="letters"),
    path(GUIDE + "koeviesti/", guide_steps.test_mail, name="test_mail"),
]
