from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "digitiekartta.decisions"
    label = "decisions"
