"""Reminders: planned, written down once, and sent.

That something is reminded of is written before the mail goes, under unique keys: of two servers one
writes it. A mail is claimed by moving its next try; a server that ends in the middle leaves it to
be tried again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from digitiekartta.accounts.models import Person
from digitiekartta.accounts.services.personal_links import make_personal_link
from digitiekartta.municipalities.models import Municipality

from ..letters import digest_letter
from ..mailing import MailServerError, RefusedError, hand_over
from ..models import Digest, Refusal, Reminder
from ..queries import (
    Everyone,
    Item,
    Planned,
    Recipient,
    items_of,
    open_items,
    plans_of,
    rhythm_of,
    today_of,
)
from ..rules import TRIES, Kind, is_quiet, pause_after


def send_reminders(*, at: datetime.datetime) -> int:
    """Sends what is due in every municipality where mail may go out now; how many mails went.

    Doing it again at once sends nothing. A mail that fails is tried again later.
    """
    sent = 0
    for municipality in Municipality.objects.order_by("slug"):
        if is_quiet(rhythm_of(municipality), at):
            continue
        write_digests(municipality, at)
        try:
            sent += _send_due(municipality, at)
        except MailServerError:
            break  # the others would wait for the same server in vain
    return sent


def write_digests(municipality: Municipality, at: datetime.datetime) -> None:
    """Writes down whom to remind of what today."""
    plans = plans_of(municipality, today_of(at))
    for planned in plans.digests:
        if planned.ready:
            _write(municipality.ledger_id, planned, at)
    Reminder.objects.bulk_create(
        (_reminder(municipality.ledger_id, one, None, at) for one in plans.newly_listed),
        ignore_conflicts=True,
    )


def _write(ledger_id: UUID, planned: Planned, at: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            digest = Digest.objects.create(
                ledger_id=ledger_id,
                recipient=planned.recipient.id,
                day=today_of(at),
                next_try_at=at,
            )
            Reminder.objects.bulk_create(
                _reminder(ledger_id, one, digest, at) for one in planned.items
            )
    except IntegrityError:
        return  # another server wrote it first


def _reminder(
    ledger_id: UUID, item: Item, digest: Digest | None, at: datetime.datetime
) -> Reminder:
    return Reminder(
        ledger_id=ledger_id,
        action=UUID(item.action.id),
        kind=item.due.kind,
        period=item.due.period,
        level=item.level,
        day=today_of(at),
        digest=digest,
    )


def _send_due(municipality: Municipality, at: datetime.datetime) -> int:
    rows = Digest.objects.filter(ledger_id=municipality.ledger_id, next_try_at__lte=at)
    due = list(rows.prefetch_related("reminders"))
    if not due:
        return 0
    everyone = Everyone(municipality)
    standing = tuple(open_items(municipality, today_of(at)))
    return sum(
        _send(one, municipality, everyone.by_id(one.recipient), items_of(one, standing), at)
        for one in due
    )


def _send(
    digest: Digest,
    municipality: Municipality,
    recipient: Recipient | None,
    items: tuple[Item, ...],
    at: datetime.datetime,
) -> bool:
    """Sends one digest if nobody else does. Raises MailServerError when no mail goes."""
    if not _claim(digest, at):
        return False
    if recipient is None or not items:
        digest.delete()  # she has left, or has told meanwhile; the next in the chain is told
        return False
    personal = ""
    if recipient.person_id is not None:
        person = Person.objects.get(pk=recipient.person_id)
        personal = make_personal_link(person=person, by=None, at=at)
    letter = digest_letter(items, recipient, municipality, personal)
    row = Digest.objects.filter(pk=digest.pk)
    try:
        hand_over(letter, to=recipient.email)
    except (RefusedError, MailServerError) as problem:
        row.update(problem=str(problem))
        if digest.tries + 1 >= TRIES:
            row.update(next_try_at=None)
        if isinstance(problem, MailServerError):
            raise
        return False
    row.update(sent_at=at, next_try_at=None, problem="")
    return True


def _claim(digest: Digest, at: datetime.datetime) -> bool:
    """Whether this server sends it: the one that moves the next try away first."""
    tries = digest.tries + 1
    mine = Digest.objects.filter(pk=digest.pk, next_try_at=digest.next_try_at, tries=digest.tries)
    return bool(mine.update(tries=tries, next_try_at=at + pause_after(tries)))


def choose_reminders(*, ledger_id: UUID, recipient: UUID, wanted: Collection[Kind]) -> None:
    """Which kinds of reminders a recipient gets from now on; the others go to the next in line."""
    with transaction.atomic():
        Refusal.objects.filter(ledger_id=ledger_id, recipient=recipient).delete()
        Refusal.objects.bulk_create(
            [
                Refusal(ledger_id=ledger_id, recipient=recipient, kind=kind)
                for kind in Kind
                if kind not in wanted
            ],
            ignore_conflicts=True,
        )


def send_sample(*, municipality: Municipality, account_id: UUID, at: datetime.datetime) -> bool:
    """Sends the coordinator the digest that goes next to somebody, as that one would read it but to
    her own address; False when nothing is due or she can't be reached.

    Raises RefusedError and MailServerError. Nothing is written down, and no personal link is made.
    """
    mine = Everyone(municipality).account(account_id)
    planned = next(iter(plans_of(municipality, today_of(at)).digests), None)
    if mine is None or planned is None:
        return False
    hand_over(digest_letter(planned.items, mine, municipality), to=mine.email)
    return True
