"""Residents who follow: asked, confirmed, told at most weekly, and forgotten when they stop."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from digitiekartta.municipalities.models import Municipality

from ..mailing import MailServerError, RefusedError, hand_over
from ..models import Followed, Follower
from ..news import Between, between, news_letter, news_of, public_plan_of
from ..queries import languages_of, rhythm_of, today_of
from ..rules import DAY, FOLLOWER_GAP, TRIES, Scope, is_quiet, pause_after
from ..sealing import SealError, findable, normal, opened, sealed


def follow(
    *,
    ledger_id: UUID,
    address: str,
    language: str,
    scope: Scope,
    subject: str,
    at: datetime.datetime,
) -> Followed:
    """Notes that somebody asked for mail of something. Nothing is sent to the address but the mail
    that asks to confirm, until it is confirmed from there."""
    with transaction.atomic():
        follower, _ = Follower.objects.get_or_create(
            ledger_id=ledger_id,
            address_hash=findable(address),
            defaults={"address": sealed(normal(address)), "language": language, "asked_at": at},
        )
        followed, _ = Followed.objects.get_or_create(
            follower=follower, scope=scope, subject=subject, defaults={"asked_at": at}
        )
    return followed


def confirm_following(*, followed: Followed, at: datetime.datetime) -> None:
    """From now on the address is told of it. Again changes nothing."""
    with transaction.atomic():
        Followed.objects.filter(pk=followed.pk, confirmed_at=None).update(confirmed_at=at)
        Follower.objects.filter(pk=followed.follower_id, confirmed_at=None).update(
            confirmed_at=at, told_on=today_of(at) - DAY, next_try_at=at + FOLLOWER_GAP * DAY
        )


def stop_following(*, follower_id: UUID, followed_id: int | None = None) -> None:
    """Stops one thing, or everything. With the last one the address is forgotten."""
    with transaction.atomic():
        if followed_id is not None:
            Followed.objects.filter(pk=followed_id, follower_id=follower_id).delete()
        left = Followed.objects.filter(~Q(confirmed_at=None), follower_id=follower_id)
        if followed_id is None or not left.exists():
            Follower.objects.filter(pk=follower_id).delete()


def send_news(*, at: datetime.datetime) -> int:
    """Sends residents what changed of what they follow, at most weekly; how many mails went.

    Doing it again at once sends nothing. A mail that fails is tried again later.
    """
    sent = 0
    due = Follower.objects.filter(next_try_at__lte=at).exclude(confirmed_at=None)
    for ledger_id in set(due.values_list("ledger_id", flat=True)):
        municipality = Municipality.objects.published().filter(ledger_id=ledger_id).first()
        if municipality is None or is_quiet(rhythm_of(municipality), at):
            continue
        try:
            sent += _send_due(municipality, due.filter(ledger_id=ledger_id), at)
        except MailServerError:
            break
    return sent


def _send_due(municipality: Municipality, due: Iterable[Follower], at: datetime.datetime) -> int:
    """Tells the followers of one municipality, those told up to the same day from the same ends."""
    plan = public_plan_of(municipality.ledger_id, today_of(at))
    if plan is None:
        return 0
    yesterday = today_of(at) - DAY
    ends: dict[datetime.date, Between | None] = {}
    sent = 0
    for follower in due:
        first = follower.told_on or yesterday
        if first not in ends:
            ends[first] = between(municipality.ledger_id, plan.roadmap.id, first, yesterday)
        sent += _tell(follower, municipality, ends[first], at)
    return sent


def _tell(
    follower: Follower, municipality: Municipality, ends: Between | None, at: datetime.datetime
) -> bool:
    """Tells one follower if nobody else does. Raises MailServerError when no mail goes."""
    if not _claim(follower, at):
        return False
    row = Follower.objects.filter(pk=follower.pk)
    follows = follower.follows.exclude(confirmed_at=None).values_list("scope", "subject")
    known = follower.language in languages_of(municipality)
    language = follower.language if known else languages_of(municipality)[0]
    told = news_of(ends, set(follows), municipality.slug, language) if ends is not None else ()
    yesterday = today_of(at) - DAY
    if ends is None or not told:
        row.update(told_on=yesterday, tries=0, next_try_at=at + DAY)
        return False
    try:
        letter = news_letter(told, ends, municipality, language, follower.pk)
        hand_over(letter, to=opened(follower.address))
    except SealError:
        row.delete()  # the secret key was changed: nobody can read the address any more
        return False
    except RefusedError:
        if follower.tries + 1 >= TRIES:
            row.delete()  # no such address any more
        return False
    row.update(told_on=yesterday, sent_at=at, tries=0, next_try_at=at + FOLLOWER_GAP * DAY)
    return True


def _claim(follower: Follower, at: datetime.datetime) -> bool:
    """Whether this server tells her: the one that moves the next try away first."""
    tries = min(follower.tries + 1, TRIES)
    mine = Follower.objects.filter(pk=follower.pk, next_try_at=follower.next_try_at)
    return bool(mine.update(tries=tries, next_try_at=at + pause_after(tries)))
