"""Addresses of respondents. The coordinator's are in ``rounds_urls.py``."""

from __future__ import annotations

from django.urls import path

from .views import answer, preview, protection

app_name = "surveys"
HERE = "<slug:slug>/kysely/"
PREVIEW = "<slug:slug>/kyselyt/<uuid:round_id>/esikatselu/"
urlpatterns = [
    path(HERE, answer.form, name="form"),
    # Taken by the answering endpoint before Django is asked (answering/application.py).
    path(HERE + "vastaus/", answer.not_taken, name="answer"),
    path(HERE + "kiitos/", answer.thanks, name="thanks"),
    path(HERE + "suojaus/", protection.protection, name="protection"),
    path(HERE + "tietosuojaseloste/", protection.privacy, name="privacy"),
    path(PREVIEW, preview.preview, name="preview"),
    path(PREVIEW + "suojaus/", preview.protection, name="preview_protection"),
    path(PREVIEW + "tietosuojaseloste/", preview.privacy, name="preview_privacy"),
]
