"""The address that the organisation's sign-in comes back to, by the name that allauth asks for."""

from __future__ import annotations

from django.urls import path

from .views import organisation

urlpatterns = [
    path("k/oidc/<str:provider_id>/paluu/", organisation.back, name="openid_connect_callback"),
]
