from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "digitiekartta.roadmaps"
    label = "roadmaps"

    def ready(self) -> None:
        from digitiekartta.decisions import approvables  # noqa: PLC0415 (models load first)

        from .approval import ApprovableRoadmap  # noqa: PLC0415

        approvables.register(ApprovableRoadmap())
