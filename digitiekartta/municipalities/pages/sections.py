"""The sections of the settings: what each is about, and who changed it last."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.models import Entry

from ..rules import PartyKind


@dataclass(frozen=True, slots=True)
class Section:
    """A page of settings. ``view`` names its address; ``touches`` are the fields and entities whose
    changes are its own, ``party:sector`` being those of parties of a kind."""

    view: str
    title: Any
    lead: Any
    touches: frozenset[str]


@dataclass(frozen=True, slots=True)
class SectionGroup:
    """Sections under one heading."""

    title: Any
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """When something was last changed and by whom; no name where the platform did it."""

    at: datetime.datetime
    who: str


def _of(*fields: str) -> frozenset[str]:
    return frozenset(f"municipality.{one}" for one in fields)


SECTIONS: Mapping[str, Section] = {
    "basics": Section(
        "municipalities:basics",
        _("Name, languages and contact"),
        _("What the municipality is called, which languages its pages have and how it is reached."),
        _of("name", "genitive", "languages", "website", "contact", "feedback_email"),
    ),
    "look": Section(
        "municipalities:look",
        _("Colour and logo"),
        _("The colour is corrected until everybody can read what is written in it."),
        _of("colour", "logo"),
    ),
    "publication": Section(
        "municipalities:publication",
        _("Publication"),
        _("Whether everybody sees the roadmap, and whether people's names are shown."),
        _of("published", "shows_names"),
    ),
    "accessibility": Section(
        "municipalities:accessibility",
        _("Accessibility statement"),
        _("When and how accessibility was last reviewed, and which faults are known."),
        _of("accessibility_reviewed_on", "accessibility_reviewer", "accessibility_faults"),
    ),
    "organisation": Section(
        "municipalities:organisation",
        _("Sectors and units"),
        _("Who carries out the actions, with the number of staff. Surveys use the same numbers."),
        frozenset({f"party:{PartyKind.SECTOR}", f"party:{PartyKind.UNIT}"}),
    ),
    "bodies": Section(
        "municipalities:bodies",
        _("Bodies and roles"),
        _("Who approves, owns, keeps and coordinates the roadmap, and who sits in each body."),
        frozenset({f"party:{PartyKind.BODY}", f"party:{PartyKind.ROLE}", "seat"}),
    ),
    "members": Section(
        "municipalities:members",
        _("Members and people"),
        _("Who may sign in and in which role, and who is responsible for something."),
        frozenset({"membership", "person"}),
    ),
    "sign_in": Section(
        "people:demands",
        _("Signing in"),
        _("Which way of signing in is demanded of each role."),
        _of("sign_in_rules"),
    ),
    "rights": Section(
        "settings:rights",
        _("Who may do what"),
        _("Each deed, who may do it and what makes the change valid."),
        frozenset(),
    ),
    "authorities": Section(
        "settings:authorities",
        _("Who decides what"),
        _("Which changes are valid at once and which wait for a body's decision."),
        _of("authorities"),
    ),
    "clock": Section(
        "municipalities:clock",
        _("Annual clock"),
        _("The dates by which the year's work is done."),
        frozenset({"gate"}),
    ),
    "framework": Section(
        "settings:framework",
        _("Perspectives"),
        _("The wordings of the perspectives that are assessed."),
        frozenset({"framework", "perspective"}),
    ),
    "wordings": Section(
        "settings:wordings",
        _("Words of the statuses"),
        _("What “in progress”, “late” and the others are called here."),
        _of("wordings"),
    ),
    "features": Section(
        "municipalities:features",
        _("Features in use"),
        _("What is not in use is nowhere to be seen. Nothing is lost by leaving something out."),
        _of("features"),
    ),
    "reminders": Section(
        "municipalities:reminders",
        _("Rhythm of reminders"),
        _("When mail may go out, and when silence is noticed."),
        _of("reminders"),
    ),
}
GROUPS = (
    SectionGroup(_("The municipality"), ("basics", "look", "publication", "accessibility")),
    SectionGroup(_("The organisation"), ("organisation", "bodies", "members", "sign_in")),
    SectionGroup(_("Deciding"), ("rights", "authorities", "clock")),
    SectionGroup(_("Content and features"), ("framework", "wordings", "features", "reminders")),
)


def last_changes(
    entries: Iterable[Entry], names: Mapping[UUID, str], kinds: Mapping[str, str]
) -> dict[str, LastChange]:
    """Who changed each section last. ``entries`` are latest first, ``kinds`` those of parties."""
    found: dict[str, LastChange] = {}
    for entry in entries:
        touched = set(_touched(entry, kinds))
        for name, section in SECTIONS.items():
            if name not in found and not section.touches.isdisjoint(touched):
                who = names.get(entry.actor, "") if entry.actor is not None else ""
                found[name] = LastChange(entry.at, who)
    return found


def _touched(entry: Entry, kinds: Mapping[str, str]) -> Iterator[str]:
    for entity, id, field, old, new in entry.changes:
        if entity == "party":
            yield f"party:{kinds.get(id) or (new or old or {}).get('kind', '')}"
        elif entity == "municipality" and field is None:
            yield from (f"municipality.{name}" for name in (new or {}))
        else:
            yield f"{entity}.{field}" if entity == "municipality" else entity
