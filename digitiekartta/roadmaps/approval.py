"""The roadmap as something that a body approves."""

from __future__ import annotations

from uuid import UUID

from digitiekartta.decisions.models import Version
from digitiekartta.documents.document import Document
from digitiekartta.history.pen import Pen

from .document import as_json, public_document, roadmap_document, without_names
from .models import Roadmap
from .registry import SCHEMA_VERSION


class ApprovableRoadmap:
    """See :class:`decisions.approvables.Approvable`."""

    kind = "roadmap"
    schema_version = SCHEMA_VERSION

    def to_freeze(self, whole: Document, subject_id: UUID) -> Document:
        return without_names(roadmap_document(whole, str(subject_id)))

    def public_bytes(self, frozen: Document, *, revision: int, as_of: str) -> bytes:
        return as_json(public_document(frozen), revision=revision, as_of=as_of)

    def adopt(self, pen: Pen, subject_id: UUID, version: Version) -> None:
        pen.set(pen.get(Roadmap, subject_id), valid_version=version)
