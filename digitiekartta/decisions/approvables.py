"""What can be approved. Modules above register theirs: the one inversion of the house."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from digitiekartta.documents.document import Document
from digitiekartta.history.pen import Pen

from .models import Version


class Approvable(Protocol):
    """A kind of subject that a body can approve as a version."""

    kind: str
    schema_version: int

    def to_freeze(self, whole: Document, subject_id: UUID) -> Document:
        """The subject's document out of the ledger's, as it is to be frozen."""
        ...

    def public_bytes(self, frozen: Document, *, revision: int, as_of: str) -> bytes:
        """The bytes that everybody may read of a frozen document."""
        ...

    def adopt(self, pen: Pen, subject_id: UUID, version: Version) -> None:
        """Makes the version the valid one of its subject."""
        ...


_APPROVABLES: dict[str, Approvable] = {}


def register(approvable: Approvable) -> None:
    _APPROVABLES[approvable.kind] = approvable


def approvable_of(kind: str) -> Approvable:
    """The approvable of a kind, or KeyError."""
    return _APPROVABLES[kind]
