"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from .views import behalf, links, overview, own, sector

app_name = "desk"
urlpatterns = [
    path("k/oma/<str:token>/", links.personal, name="personal"),
    path("k/oma/<str:token>/<int:serial>/", links.personal_row, name="personal_row"),
    path("<slug:slug>/oma/", own.own, name="own"),
    path("<slug:slug>/oma/<int:serial>/", own.own_row, name="own_row"),
    path("<slug:slug>/oma/puolesta/", behalf.behalf, name="behalf"),
    path("<slug:slug>/tilanne/", overview.overview, name="overview"),
    path("<slug:slug>/toimialat/<slug:party>/", sector.sector, name="sector"),
    path("<slug:slug>/toimialat/<slug:party>/luovutus/", sector.hand_over, name="hand_over"),
    path("<slug:slug>/toimialat/<slug:party>/linkit/", links.links, name="links"),
]
