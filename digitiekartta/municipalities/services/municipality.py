"""The municipality itself: setting it up, its settings, opening its public site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Municipality
from ..rules import LANGUAGES, RESERVED_SLUGS, SlugTakenError
from .keeping import Text, commit, commit_setting


def create_municipality(
    *,
    intent: Intent,
    slug: str,
    name: Text,
    genitive: Text,
    languages: Sequence[str] = LANGUAGES,
    **settings: Any,
) -> tuple[UUID, Receipt]:
    """A municipality with its own ledger; not published. Gives the ledger's id too.

    Raises SlugTakenError when the slug is reserved or another municipality's.
    """
    if slug in RESERVED_SLUGS or Municipality.objects.filter(slug=slug).exists():
        raise SlugTakenError(slug)
    ledger = history.open_ledger()

    def write(pen: Pen) -> Municipality:
        return pen.add(
            Municipality,
            slug=slug,
            name=dict(name),
            genitive=dict(genitive),
            languages=list(languages),
            **settings,
        )

    return ledger.pk, commit(ledger.pk, "create_municipality", intent, write, {})


def publish_municipality(*, ledger_id: UUID, intent: Intent, published: bool = True) -> Receipt:
    """Opens the public site, or closes it."""

    def write(pen: Pen) -> Municipality:
        municipality = Municipality.objects.get(ledger_id=ledger_id)
        pen.set(municipality, published=published)
        return municipality

    return commit_setting(
        ledger_id, "publish_municipality", intent, write, {"published": published}
    )


def change_settings(*, ledger_id: UUID, intent: Intent, **settings: Any) -> Receipt:
    """Changes the municipality's settings; names are those of its fields."""

    def write(pen: Pen) -> Municipality:
        municipality = Municipality.objects.get(ledger_id=ledger_id)
        pen.set(municipality, **settings)
        return municipality

    request = {name: str(one) for name, one in settings.items()}
    return commit_setting(ledger_id, "change_settings", intent, write, request)
