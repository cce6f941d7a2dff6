"""Whether the database stands where this version leaves it, told without Django's machinery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Migrations of this version that were not applied, and applied ones that it does not know."""

    missing: frozenset[Name]
    unknown: frozenset[Name]
    applied: frozenset[Name]

    @property
    def current(self) -> bool:
        return not self.missing and not self.unknown


def standing() -> Standing:
    """Compares the names of the files with the names in the database: one query.

    Raises Django's database errors.
    """
    files, applied = migration_files(), applied_migrations()
    return Standing(files - applied, applied - files, applied)


def migration_files() -> frozenset[Name]:
    """Application label and name of every migration that this version brings along."""
    return frozenset(
        (one.label, file.stem)
        for one in apps.get_app_configs()
        for file in (Path(one.path) / "migrations").glob("*.py")
        if not file.name.startswith(("_", "~"))
    )


def applied_migrations() -> frozenset[Name]:
    """What the database says was applied; nothing for an empty one."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return frozenset()
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((app, name) for app, name in cursor.fetchall())
