"""What a resident who follows is told: made from public documents alone."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from digitiekartta.documents.changes import diff
from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Audience
from digitiekartta.municipalities.models import Municipality
from digitiekartta.roadmaps.change_kinds import ChangeKind
from digitiekartta.roadmaps.comparing import NotPublicThenError, public_on
from digitiekartta.roadmaps.describing import Item, describe
from digitiekartta.roadmaps.plan import entities as e
from digitiekartta.roadmaps.queries import NoRoadmapError, plan_of
from digitiekartta.ui import formats
from digitiekartta.ui.languages import pick

from .addresses import address, follows_token
from .mailing import Letter
from .rules import Scope
from .words import CHANGES

MOST = 40
"""Lines of one mail at the most; the page tells the rest."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the mail: what changed, and the page that tells more."""

    heading: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """The public documents at the ends of two days."""

    first: datetime.date
    last: datetime.date
    before: Document
    after: Document


def public_plan_of(ledger_id: UUID, on: datetime.date) -> e.Plan | None:
    """The plan that everybody may read; None where there is none."""
    try:
        return plan_of(ledger_id, audience=Audience.PUBLIC, on=on)
    except NoRoadmapError:
        return None


def between(
    ledger_id: UUID, roadmap_id: str, first: datetime.date, last: datetime.date
) -> Between | None:
    """The public plan at the ends of two days; None where it was not public at both."""
    try:
        before = public_on(ledger_id, roadmap_id, first)
        return Between(first, last, before, public_on(ledger_id, roadmap_id, last))
    except NotPublicThenError:
        return None


def news_of(
    ends: Between, follows: Collection[tuple[str, str]], slug: str, language: str
) -> tuple[Told, ...]:
    """What changed of what is followed, in words. ``follows`` are scopes with their subjects."""
    description = describe(diff(ends.before, ends.after), ends.before, ends.after, language)
    subjects = None if (Scope.ROADMAP, "") in follows else set(_subjects(ends, follows))
    with translation.override(language):
        return tuple(
            _told(item, group.kind, slug, language)
            for group in description.groups
            for item in group.items
            if subjects is None or (item.subject.entity, item.subject.id) in subjects
        )


def _subjects(ends: Between, follows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The entities that somebody follows: an action, or a priority with its goals and actions."""
    for scope, subject in follows:
        if scope == Scope.ACTION:
            yield "action", subject
        else:
            for document in (ends.before, ends.after):
                yield from _of_priority(document, subject)


def _of_priority(document: Document, priority_id: str) -> Iterator[tuple[str, str]]:
    priority = document.get("priority", priority_id) or {}
    yield "priority", priority_id
    if priority.get("perspective"):
        yield "perspective", priority["perspective"]
    goals = {id for id, one in document.of("goal").items() if one.get("priority") == priority_id}
    for id in goals:
        yield "goal", id
    for id, one in document.of("indicator").items():
        if one.get("goal") in goals:
            yield "indicator", id
    for id, one in document.of("action").items():
        if one.get("goal") in goals:
            yield "action", id


def _told(item: Item, kind: ChangeKind, slug: str, language: str) -> Told:
    serial = item.subject.serial
    url = "" if serial is None else address(language, "roadmaps:action", slug, serial)
    reason = f" ({item.reason})" if item.reason else ""
    example = f"[{gettext('Example')}] " if item.subject.example else ""
    return Told(str(CHANGES[kind]), f"{example}{item}{reason}", url)


def news_letter(
    told: tuple[Told, ...], ends: Between, municipality: Municipality, language: str, follower: UUID
) -> Letter:
    """A resident's mail of what changed."""
    with translation.override(language):
        whose = pick(municipality.genitive, language).text or pick(municipality.name, language).text
        subject = gettext("What changed in %(whose)s digital roadmap") % {"whose": whose}
        more = address(language, "roadmaps:changes", municipality.slug)
        context: Mapping[str, object] = {
            "title": subject,
            "mail_language": language,
            "lead": gettext("What changed in %(whose)s digital roadmap %(first)s–%(last)s:")
            % {
                "whose": whose,
                "first": formats.date(ends.first + datetime.timedelta(days=1), language),
                "last": formats.date(ends.last, language),
            },
            "told": told[:MOST],
            "left_out": max(0, len(told) - MOST),
            "more": f"{more}?alku={ends.first.isoformat()}&loppu={ends.last.isoformat()}",
            "stop": address(language, "notices:follows", follows_token(follower)),
        }
        return Letter(
            subject=subject,
            text=_text(context),
            html=render_to_string("notices/mail/news.html", dict(context)),
            stop_url=str(context["stop"]),
            sender=gettext("%(whose)s digital roadmap") % {"whose": whose},
        )


def _text(context: Mapping[str, object]) -> str:
    parts, heading = [str(context["lead"])], ""
    told = context["told"]
    for one in told if isinstance(told, tuple) else ():
        if one.heading != heading:
            heading = one.heading
            parts.append(heading.upper())
        parts.append(f"– {one.text}" + (f"\n  {one.url}" if one.url else ""))
    parts.append(gettext("All changes and their reasons:") + f"\n{context['more']}")
    parts.append(gettext("Stop following:") + f"\n{context['stop']}")
    return "\n\n".join(parts) + "\n"


def confirming_letter(*, what: str, url: str, municipality: Municipality, language: str) -> Letter:
    """The mail that asks whether the address is its owner's."""
    with translation.override(language):
        whose = pick(municipality.genitive, language).text or pick(municipality.name, language).text
        subject = gettext("Confirm that you want to follow %(whose)s digital roadmap") % {
            "whose": whose
        }
        context = {
            "title": subject,
            "mail_language": language,
            "what": what,
            "lead": gettext(
                "Somebody, probably you, asked that changes of this be sent to this address:"
            ),
            "url": url,
            "otherwise": gettext(
                "If it was not you, do nothing: no more mail comes, and the address is forgotten "
                "within a week."
            ),
        }
        ask = gettext("Open the link and press “Confirm”:")
        text = "\n\n".join((context["lead"], what, f"{ask}\n{url}", context["otherwise"]))
        return Letter(
            subject=subject,
            text=text + "\n",
            html=render_to_string("notices/mail/confirm.html", context),
            sender=gettext("%(whose)s digital roadmap") % {"whose": whose},
        )
