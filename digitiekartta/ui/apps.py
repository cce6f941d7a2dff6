"""The app that carries the shared templates, styles, scripts and texts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the module's templates, static files and translations with Django."""

    name = "digitiekartta.ui"
    label = "ui"
