from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "digitiekartta.ideas"
    label = "ideas"

    def ready(self) -> None:
        from digitiekartta.roadmaps import origins  # noqa: PLC0415 (models load first)

        from .origins import origins_of  # noqa: PLC0415

        origins.register(origins_of)
