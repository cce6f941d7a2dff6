"""The one way of writing what is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from digitiekartta.documents.document import canonical, sha256

from . import models
from .pen import Pen
from .queries import take_snapshot
from .rules import Intent, KeyReusedError, Receipt

CHANNEL = "digitiekartta"
SNAPSHOT_EVERY = 500


def open_ledger() -> models.Ledger:
    """A new ledger at revision 0."""
    return models.Ledger.objects.create()


def commit(
    *,
    ledger_id: UUID,
    kind: str,
    intent: Intent,
    write: Callable[[Pen], models.Recorded | None],
    request: Mapping[str, Any] | None = None,
) -> Receipt:
    """Runs ``write`` under the ledger's lock and records what it changed as the next revision.

    ``write`` changes rows through the pen alone and returns the row that the entry is about. The
    lock, the rows, the entry and the receipt are one transaction. Where nothing changed, nothing
    is recorded and the revision stays. ``request`` is, with the reason, what the key stands for, as
    plain data: everything that the writer chose belongs there.

    Raises ConflictError when a field was changed after ``intent.expected_revision``, and
    KeyReusedError when the key was used for another request.
    """
    fingerprint = sha256(canonical([kind, intent.reason, dict(request or {})]))
    with transaction.atomic():
        ledger = models.Ledger.objects.select_for_update().get(pk=ledger_id)
        first = _first_result(ledger, fingerprint, intent)
        if first is not None:
            return first
        pen = Pen(ledger, intent)
        about = write(pen)
        if pen.changes:
            _record(ledger, kind, intent, pen, about)
        receipt = Receipt(ledger.revision, about.pk if about is not None else None)
        if intent.key is not None:
            _keep_receipt(ledger, kind, intent.key, intent.at, fingerprint, receipt)
    return receipt


def _first_result(ledger: models.Ledger, fingerprint: str, intent: Intent) -> Receipt | None:
    if intent.key is None:
        return None
    first = models.Receipt.objects.filter(ledger=ledger, key=intent.key).first()
    if first is None:
        return None
    if first.fingerprint != fingerprint:
        raise KeyReusedError(intent.key)
    return Receipt(first.revision, first.entity_id, repeated=True)


def _record(
    ledger: models.Ledger, kind: str, intent: Intent, pen: Pen, about: models.Recorded | None
) -> None:
    ledger.revision = pen.revision
    ledger.save(update_fields=["revision"])
    models.Entry.objects.create(
        ledger=ledger,
        revision=pen.revision,
        kind=kind,
        entity=about.entity_type.name if about is not None else "",
        entity_id=about.pk if about is not None else None,
        changes=[change.as_data() for change in pen.changes],
        reason=intent.reason,
        audience=pen.audience(),
        actor=intent.actor,
        cause=intent.cause,
        at=intent.at,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(ledger.pk)])
    if pen.revision % SNAPSHOT_EVERY == 0:
        _keep_snapshot(ledger.pk, pen.revision)


def _keep_snapshot(ledger_id: UUID, revision: int) -> None:
    """Takes a snapshot after the commit. One that fails is logged: the write stands without it."""

    def keep_snapshot() -> None:
        take_snapshot(ledger_id, revision)

    transaction.on_commit(keep_snapshot, robust=True)


def _keep_receipt(
    ledger: models.Ledger,
    kind: str,
    key: str,
    at: datetime,
    fingerprint: str,
    receipt: Receipt,
) -> None:
    models.Receipt.objects.create(
        ledger=ledger,
        key=key,
        kind=kind,
        fingerprint=fingerprint,
        revision=receipt.revision,
        entity_id=receipt.entity_id,
        at=at,
    )
