from django.apps import AppConfig


class LevelsConfig(AppConfig):
    name = "digitiekartta.levels"
    label = "levels"
