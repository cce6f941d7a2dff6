"""The mail of reminders: one for everything that waits for its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from digitiekartta.municipalities.models import Municipality
from digitiekartta.ui.languages import pick

from .addresses import address, reminded_token, task_address
from .mailing import Letter
from .queries import Item, Recipient
from .rules import Level
from .words import LEVELS, REASONS

OWN = (Level.PERSON, Level.DEPUTY)


@dataclass(frozen=True, slots=True)
class Task:
    """An action as the mail tells it."""

    name: str
    reasons: tuple[str, ...]
    url: str
    own: bool
    role: str


def tasks_of(
    items: Iterable[Item], recipient: Recipient, slug: str, personal: str
) -> tuple[Task, ...]:
    """The actions of a digest, each once, one's own first."""
    by_action: dict[str, list[Item]] = {}
    for item in items:
        by_action.setdefault(item.action.id, []).append(item)
    found = [_task(its, recipient, slug, personal) for its in by_action.values()]
    return tuple(sorted(found, key=lambda one: not one.own))


def _task(items: list[Item], recipient: Recipient, slug: str, personal: str) -> Task:
    action, language = items[0].action, recipient.language
    own = any(one.level in OWN for one in items)
    if own:
        url = task_address(language, slug, action.serial, personal)
    else:
        url = address(language, "roadmaps:action", slug, action.serial)
    title = pick(action.title, language).text
    return Task(
        name=f"{action.number} {title}".strip(),
        reasons=tuple(str(REASONS[one.due.kind]) for one in items),
        url=url,
        own=own,
        role=str(LEVELS[items[0].level]),
    )


def digest_letter(
    items: Iterable[Item], recipient: Recipient, municipality: Municipality, personal: str = ""
) -> Letter:
    """A digest in its recipient's language. ``personal`` is the token of a personal link."""
    language = recipient.language
    with translation.override(language):
        tasks = tasks_of(items, recipient, municipality.slug, personal)
        whose = pick(municipality.genitive, language).text or pick(municipality.name, language).text
        subject = ngettext(
            "Digital roadmap: %(count)s action waits for you",
            "Digital roadmap: %(count)s actions wait for you",
            len(tasks),
        ) % {"count": len(tasks)}
        stop = address(
            language,
            "notices:reminders",
            reminded_token(municipality.ledger_id, recipient.id),
        )
        context = {
            "own": [one for one in tasks if one.own],
            "others": [one for one in tasks if not one.own],
            "whose": whose,
            "stop": stop,
            "title": subject,
            "mail_language": language,
        }
        return Letter(
            subject=subject,
            text=_text(context),
            html=render_to_string("notices/mail/digest.html", context),
            stop_url=stop,
            sender=gettext("%(whose)s digital roadmap") % {"whose": whose},
        )


def _text(context: Mapping[str, object]) -> str:
    """The digest as plain text."""
    parts = [gettext("Hello,")]
    own, others = context["own"], context["others"]
    if isinstance(own, list) and own:
        parts += [
            _own_lead(context),
            *(_told(one) for one in own),
            gettext("If nothing has changed, open the link and press “No change”."),
        ]
    if isinstance(others, list) and others:
        parts += [_others_lead(), *(_told(one) for one in others)]
    parts.append(gettext("Opening a link changes nothing."))
    parts.append(gettext("Choose which reminders you get, or stop them:") + f"\n{context['stop']}")
    return "\n\n".join(parts) + "\n"


def _own_lead(context: Mapping[str, object]) -> str:
    return gettext("these actions of %(whose)s digital roadmap wait for you:") % {
        "whose": context["whose"]
    }


def _others_lead() -> str:
    return gettext("these actions of your sector wait for an answer:")


def _told(task: Task) -> str:
    return "\n".join((task.name, *(f"  – {one}" for one in task.reasons), f"  {task.url}"))
