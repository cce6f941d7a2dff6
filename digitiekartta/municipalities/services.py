"""Setting up a municipality and how it is organised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from digitiekartta.history import services as history
from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from .models import Framework, Gate, Membership, Municipality, Party, Perspective, Seat
from .rules import LANGUAGES, RESERVED_SLUGS, BodyTask, PartyKind, Role, SlugTakenError

Text = Mapping[str, str]


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

    receipt = history.commit(
        ledger_id=ledger.pk, kind="create_municipality", intent=intent, write=write
    )
    return ledger.pk, receipt


def publish_municipality(*, ledger_id: UUID, intent: Intent, published: bool = True) -> Receipt:
    """Opens the public site, or closes it."""

    def write(pen: Pen) -> Municipality:
        municipality = Municipality.objects.get(ledger_id=ledger_id)
        pen.set(municipality, published=published)
        return municipality

    return _commit(ledger_id, "publish_municipality", intent, write, {"published": published})


def change_settings(*, ledger_id: UUID, intent: Intent, **settings: Any) -> Receipt:
    """Changes the municipality's settings; names are those of its fields."""

    def write(pen: Pen) -> Municipality:
        municipality = Municipality.objects.get(ledger_id=ledger_id)
        pen.set(municipality, **settings)
        return municipality

    return _commit(
        ledger_id,
        "change_settings",
        intent,
        write,
        {name: str(one) for name, one in settings.items()},
    )


def add_party(
    *,
    ledger_id: UUID,
    intent: Intent,
    kind: PartyKind,
    name: Text,
    slug: str,
    genitive: Text | None = None,
    parent_id: UUID | None = None,
    headcount: int | None = None,
    task: BodyTask | None = None,
    duties: Text | None = None,
    rank: int = 0,
    example: bool = False,
) -> Receipt:
    """A sector, unit, body or role that can be responsible."""

    def write(pen: Pen) -> Party:
        return pen.add(
            Party,
            kind=kind,
            name=dict(name),
            genitive=dict(genitive or {}),
            slug=slug,
            parent=pen.get(Party, parent_id) if parent_id is not None else None,
            headcount=headcount,
            task=task or "",
            duties=dict(duties or {}),
            rank=rank,
            example=example,
        )

    return _commit(ledger_id, "add_party", intent, write, {"slug": slug, "kind": kind})


def add_seat(
    *,
    ledger_id: UUID,
    intent: Intent,
    body_id: UUID,
    represents_id: UUID,
    convener: bool = False,
    rank: int = 0,
) -> Receipt:
    """A seat in a body for the representative of a party."""

    def write(pen: Pen) -> Seat:
        return pen.add(
            Seat,
            body=pen.get(Party, body_id),
            represents=pen.get(Party, represents_id),
            convener=convener,
            rank=rank,
        )

    request = {"body": str(body_id), "represents": str(represents_id)}
    return _commit(ledger_id, "add_seat", intent, write, request)


def add_framework(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: Text,
    version: int,
    scale: Sequence[Mapping[str, Any]],
    perspectives: Sequence[Mapping[str, Any]],
) -> Receipt:
    """A version of the framework with all its perspectives, each in its three wordings."""

    def write(pen: Pen) -> Framework:
        framework = pen.add(
            Framework, name=dict(name), version=version, scale=[dict(one) for one in scale]
        )
        for one in perspectives:
            pen.add(Perspective, framework=framework, **one)
        return framework

    return _commit(ledger_id, "add_framework", intent, write, {"version": version})


def add_gate(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: Text,
    first: str,
    last: str,
    party_id: UUID | None,
    description: Text,
    rank: int,
    last_year_only: bool = False,
) -> Receipt:
    """A date of the annual clock, ``MM-DD`` to ``MM-DD`` of every year or of a period's last."""

    def write(pen: Pen) -> Gate:
        return pen.add(
            Gate,
            name=dict(name),
            first=first,
            last=last,
            last_year_only=last_year_only,
            party=pen.get(Party, party_id) if party_id is not None else None,
            description=dict(description),
            rank=rank,
        )

    return _commit(ledger_id, "add_gate", intent, write, {"first": first, "rank": rank})


def grant_role(
    *,
    ledger_id: UUID,
    intent: Intent,
    account_id: UUID,
    role: Role,
    party_id: UUID | None = None,
) -> Receipt:
    """Gives an account a role in the municipality; having it already changes nothing."""

    def write(pen: Pen) -> Membership:
        held = Membership.objects.filter(ledger_id=ledger_id, account=account_id, role=role).first()
        if held is not None:
            return held
        party = pen.get(Party, party_id) if party_id is not None else None
        return pen.add(Membership, account=account_id, role=role, party=party)

    request = {"account": str(account_id), "role": role}
    return _commit(ledger_id, "grant_role", intent, write, request)


def _commit(
    ledger_id: UUID, kind: str, intent: Intent, write: Any, request: Mapping[str, Any]
) -> Receipt:
    return history.commit(
        ledger_id=ledger_id, kind=kind, intent=intent, write=write, request=request
    )
