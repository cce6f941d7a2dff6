from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "digitiekartta.live"
    label = "live"
