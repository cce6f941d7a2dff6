from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "digitiekartta.roadmaps"
    label = "roadmaps"
