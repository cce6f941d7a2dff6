"""Ota käyttöön: the steps from nothing to a public site, what is done and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from digitiekartta.municipalities.rules import BodyTask
from digitiekartta.municipalities.words import TASKS


class StepName(StrEnum):
    """The steps, in their order."""

    BASICS = "basics"
    SECTORS = "sectors"
    BODIES = "bodies"
    FRAMEWORK = "framework"
    PERIOD = "period"
    TEXTS = "texts"
    ACTIONS = "actions"
    TEAM = "team"
    LOOK = "look"
    PUBLISH = "publish"


class Standing(StrEnum):
    """Whether a step is done, is the first that is not, or waits."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


TITLES: Mapping[StepName, Any] = {
    StepName.BASICS: gettext_lazy("Name, languages and contact"),
    StepName.SECTORS: gettext_lazy("Sectors"),
    StepName.BODIES: gettext_lazy("Bodies and the annual clock"),
    StepName.FRAMEWORK: gettext_lazy("Perspectives"),
    StepName.PERIOD: gettext_lazy("Period of the roadmap"),
    StepName.TEXTS: gettext_lazy("Foreword and vision"),
    StepName.ACTIONS: gettext_lazy("First actions"),
    StepName.TEAM: gettext_lazy("The digital team"),
    StepName.LOOK: gettext_lazy("Look as a resident does"),
    StepName.PUBLISH: gettext_lazy("Publish"),
}
_NEEDED_TASKS = (BodyTask.APPROVES, BodyTask.OWNS, BodyTask.KEEPS, BodyTask.COORDINATES)
OPTIONAL = (StepName.TEAM, StepName.LOOK)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands so far. ``missing_names`` are the languages without a name or a genitive."""

    missing_names: Sequence[str]
    has_contact: bool
    sectors: int
    tasks: frozenset[str]
    gates: int
    perspectives: int
    has_roadmap: bool
    texts: frozenset[str]
    actions: int
    members: int
    published: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step: ``has`` says what is there, ``lacks`` what is missing."""

    name: StepName
    title: Any
    standing: Standing
    has: str
    lacks: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GuidePage:
    """All steps; ``done`` of the needed ones, which are ``needed``."""

    steps: tuple[Step, ...]
    done: int
    needed: int

    @property
    def can_publish(self) -> bool:
        """Whether everything that a public site needs is there: a name, and a roadmap to show."""
        needed = {StepName.BASICS, StepName.PERIOD}
        return all(one.standing is Standing.DONE for one in self.steps if one.name in needed)


def guide_page(facts: Facts) -> GuidePage:
    """The steps as they stand."""
    found = {name: (has, lacks) for name, has, lacks in _told(facts)}
    first = next((name for name in StepName if name not in OPTIONAL and found[name][1]), None)
    steps = tuple(_step(name, *found[name], is_next=name is first) for name in StepName)
    needed = [one for one in steps if not one.optional]
    done = sum(one.standing is Standing.DONE for one in needed)
    return GuidePage(steps, done, len(needed))


def _step(name: StepName, has: str, lacks: str, *, is_next: bool) -> Step:
    standing = Standing.NEXT if is_next else Standing.LATER if lacks else Standing.DONE
    return Step(name, TITLES[name], standing, has, lacks, name in OPTIONAL)


def _told(facts: Facts) -> Iterator[tuple[StepName, str, str]]:
    yield (StepName.BASICS, "", _basics(facts))
    yield (
        StepName.SECTORS,
        ngettext("%(num)s sector", "%(num)s sectors", facts.sectors) % {"num": facts.sectors}
        if facts.sectors
        else "",
        "" if facts.sectors else gettext("No sector yet. A list of names is enough."),
    )
    yield (StepName.BODIES, "", _bodies(facts))
    yield (
        StepName.FRAMEWORK,
        gettext("%(count)s perspectives") % {"count": facts.perspectives}
        if facts.perspectives
        else "",
        "" if facts.perspectives else gettext("One press takes the usual eleven into use."),
    )
    yield (
        StepName.PERIOD,
        "",
        "" if facts.has_roadmap else gettext("Tell from which half-year to which it runs."),
    )
    yield (StepName.TEXTS, "", _texts(facts))
    yield from _last_steps(facts)


def _last_steps(facts: Facts) -> Iterator[tuple[StepName, str, str]]:
    yield (
        StepName.ACTIONS,
        ngettext("%(num)s action", "%(num)s actions", facts.actions) % {"num": facts.actions}
        if facts.actions
        else "",
        "" if facts.actions else gettext("Begin with two or three; the rest can follow."),
    )
    yield (
        StepName.TEAM,
        ngettext("%(num)s member", "%(num)s members", facts.members) % {"num": facts.members},
        "" if facts.members > 1 else gettext("Only you so far. Invite the representatives."),
    )
    yield (
        StepName.LOOK,
        "",
        "" if facts.published else gettext("Open the pages as everybody will see them."),
    )
    yield (
        StepName.PUBLISH,
        gettext("Everybody can read the roadmap.") if facts.published else "",
        "" if facts.published else gettext("Nobody outside sees anything yet."),
    )


def _basics(facts: Facts) -> str:
    lacks = []
    if facts.missing_names:
        lacks.append(gettext("the name or the genitive in: %s") % ", ".join(facts.missing_names))
    if not facts.has_contact:
        lacks.append(gettext("a contact for residents"))
    return gettext("Missing: %s.") % "; ".join(lacks) if lacks else ""


def _bodies(facts: Facts) -> str:
    lacks = [str(TASKS[one]).lower() for one in _NEEDED_TASKS if str(one) not in facts.tasks]
    if not facts.gates:
        lacks.append(gettext("dates of the annual clock"))
    return gettext("Missing: %s.") % "; ".join(lacks) if lacks else ""


def _texts(facts: Facts) -> str:
    if not facts.has_roadmap:
        return gettext("They can be written once the period is there.")
    words = {"foreword": gettext("foreword"), "vision": gettext("vision")}
    lacks = [word for name, word in words.items() if name not in facts.texts]
    return gettext("Missing: %s.") % ", ".join(lacks) if lacks else ""
