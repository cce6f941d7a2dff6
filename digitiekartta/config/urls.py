"""All addresses. Finnish ones have no language prefix."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("digitiekartta.desk.urls")),
    path("", include("digitiekartta.municipalities.people_urls")),
    path("", include("digitiekartta.accounts.provider_urls")),
    path("", include("digitiekartta.municipalities.setting_up_urls")),
    path("", include("digitiekartta.notices.urls")),
    path("", include("digitiekartta.accounts.urls")),
    path("", include("digitiekartta.surveys.urls")),
    path("", include("digitiekartta.surveys.rounds_urls")),
    path("", include("digitiekartta.surveys.results_urls")),
    path("", include("digitiekartta.levels.urls")),
    path("", include("digitiekartta.ideas.urls")),
    path("", include("digitiekartta.municipalities.urls")),
    path("", include("digitiekartta.roadmaps.settings_urls")),
    path("", include("digitiekartta.roadmaps.urls")),
    prefix_default_language=False,
)

handler400 = "digitiekartta.roadmaps.views.errors.bad_request"
handler403 = "digitiekartta.roadmaps.views.errors.permission_denied"
handler404 = "digitiekartta.roadmaps.views.errors.page_not_found"
handler500 = "digitiekartta.roadmaps.views.errors.server_error"
