"""Where sessions are kept: Django's database sessions, with their owner and device beside."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

SIGNED_IN_AT = "signed_in_at"
USED_AT = "used_at"
DEVICE = "device"
WAYS = "ways"


class SessionStore(DatabaseStore):
    """Django's own store over :class:`accounts.models.Session`. Named in ``SESSION_ENGINE``."""

    @classmethod
    def get_model_class(cls) -> Any:
        from .models import Session  # noqa: PLC0415 -- asked for before the tables are there

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with what its data tells of its owner."""
        row: Any = super().create_model_instance(data)
        owner = data.get(SESSION_KEY)
        row.account = UUID(owner) if owner else None
        row.device = str(data.get(DEVICE, ""))[:60]
        row.signed_in_at = _moment(data.get(SIGNED_IN_AT))
        row.used_at = _moment(data.get(USED_AT))
        return row


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
