"""What the desk writes of its own. Everything else is written by the roadmap's services."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from .models import Visit

AN_HOUR = timedelta(hours=1)


def note_visit(*, account_id: UUID, ledger_id: UUID, revision: int, at: datetime) -> int:
    """The revision from which on somebody has not been told yet; notes that she is here.

    Within an hour of the last note nothing is written and the same is told again. At the very
    first visit everything is known.
    """
    visit = Visit.objects.filter(account_id=account_id, ledger_id=ledger_id).first()
    if visit is None:
        first = Visit(
            account_id=account_id, ledger_id=ledger_id, since=revision, seen=revision, at=at
        )
        try:
            with transaction.atomic():
                first.save(force_insert=True)
        except IntegrityError:  # two pages opened at once: the other one noted it
            pass
        return revision
    if at - visit.at < AN_HOUR:
        return visit.since
    Visit.objects.filter(pk=visit.pk).update(since=visit.seen, seen=revision, at=at)
    return visit.seen
