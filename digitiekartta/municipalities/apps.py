from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "digitiekartta.municipalities"
    label = "municipalities"
