"""Recording decisions and approving versions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from digitiekartta.documents.document import canonical_bytes, sha256
from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.queries import current
from digitiekartta.history.rules import Intent, Receipt
from digitiekartta.municipalities.models import Party

from .approvables import Approvable, approvable_of
from .models import Decision, Frozen, Version
from .rules import DecisionKind


class DecisionInTheFutureError(ValueError):
    """A decision is recorded after it was made, never before."""


def record_decision(
    *,
    ledger_id: UUID,
    intent: Intent,
    kind: DecisionKind,
    body_id: UUID,
    decided_on: datetime.date,
    reference: str = "",
    link: str = "",
    summary: Mapping[str, str] | None = None,
    example: bool = False,
) -> Receipt:
    """Records what a body decided. A reference is optional, body and date are not.

    Raises DecisionInTheFutureError for a date after the intent's day.
    """

    def write(pen: Pen) -> Decision:
        return add_decision(
            pen,
            kind=kind,
            body=pen.get(Party, body_id),
            decided_on=decided_on,
            reference=reference,
            link=link,
            summary=dict(summary or {}),
            example=example,
        )

    request = {"kind": kind, "body": str(body_id), "on": str(decided_on), "reference": reference}
    return history.commit(
        ledger_id=ledger_id, kind="record_decision", intent=intent, write=write, request=request
    )


def add_decision(pen: Pen, *, decided_on: datetime.date, **values: Any) -> Decision:
    """A decision as part of another write; ``values`` are the other columns of its row.

    Raises DecisionInTheFutureError for a date after the write's day.
    """
    if decided_on > pen.intent.at.date():
        raise DecisionInTheFutureError
    return pen.add(Decision, decided_on=decided_on, **values)


def approve_version(
    *,
    ledger_id: UUID,
    intent: Intent,
    subject_kind: str,
    subject_id: UUID,
    decision_id: UUID,
    example: bool = False,
) -> Receipt:
    """Freezes the subject's document as its next version, and makes that the valid one."""
    approvable = approvable_of(subject_kind)

    def write(pen: Pen) -> Version:
        decision = pen.get(Decision, decision_id)
        version = _freeze(pen, approvable, subject_id, decision, example)
        approvable.adopt(pen, subject_id, version)
        return version

    request = {"subject": str(subject_id), "decision": str(decision_id)}
    return history.commit(
        ledger_id=ledger_id, kind="approve_version", intent=intent, write=write, request=request
    )


def _freeze(
    pen: Pen, approvable: Approvable, subject_id: UUID, decision: Decision, example: bool
) -> Version:
    frozen = approvable.to_freeze(current(pen.ledger.pk).document, subject_id)
    content = canonical_bytes(frozen)
    as_of = decision.decided_on.isoformat()
    public = approvable.public_bytes(frozen, revision=pen.ledger.revision, as_of=as_of)
    last = Version.objects.filter(subject_id=subject_id).order_by("-number").first()
    version = pen.add(
        Version,
        number=last.number + 1 if last is not None else 1,
        subject_kind=approvable.kind,
        subject_id=subject_id,
        decision=decision,
        supersedes=last,
        frozen_revision=pen.ledger.revision,
        sha256=sha256(content),
        public_sha256=sha256(public),
        example=example,
    )
    Frozen.objects.create(
        version=version, schema_version=approvable.schema_version, content=content
    )
    return version
