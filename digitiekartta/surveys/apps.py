from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "digitiekartta.surveys"
    label = "surveys"
