"""Frozen versions, read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from digitiekartta.documents.document import Document, from_canonical
from digitiekartta.history.kept import Kept

from .models import Frozen

_documents: Kept[UUID, Document] = Kept(16)


def frozen_document(version_id: UUID) -> Document:
    """The document that a version froze. Raises Frozen.DoesNotExist."""
    found = frozen_documents([version_id]).get(version_id)
    if found is None:
        raise Frozen.DoesNotExist
    return found


def frozen_documents(version_ids: Iterable[UUID]) -> dict[UUID, Document]:
    """What versions froze, by id; those that are there no more are left out.

    One query, however many; none for those that the process keeps, as they never change.
    """
    asked = list(version_ids)
    found = {id: kept for id in asked if (kept := _documents.get(id)) is not None}
    missing = [id for id in asked if id not in found]
    if missing:
        rows = Frozen.objects.filter(version_id__in=missing).values_list("version_id", "content")
        for id, content in rows:
            found[id] = _documents.keep(id, from_canonical(bytes(content)))
    return found


def frozen_bytes(version_id: UUID) -> bytes:
    """The canonical bytes of a version, as its hash was taken of them."""
    return bytes(Frozen.objects.values_list("content", flat=True).get(pk=version_id))
