"""By whom the roadmap was approved, and what of that is not here yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from digitiekartta.decisions.rules import DecisionKind

from ..plan.entities import Decision, Plan, Version


class Lacking(StrEnum):
    """A part that a roadmap has and that has not been added."""

    VISION = "vision"
    FOREWORD = "foreword"
    OPERATING_MODEL = "operating_model"
    LEVELS = "levels"
    TARGETS = "targets"
    GOALS = "goals"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Approval:
    """The version in force, and the decision by which the roadmap was first approved.

    ``first`` is None where the version in force is that decision's own. ``version`` is None where
    the decision is known but the version that it approved has not been added; ``lacking`` then
    tells which parts are missing altogether.
    """

    version: Version | None
    first: Decision | None
    lacking: tuple[Lacking, ...] = ()


def approval_of(plan: Plan) -> Approval | None:
    """Who made the roadmap valid; None while nothing has been approved."""
    if plan.version is None:
        decided = approved_by(plan)
        return None if decided is None else Approval(None, decided, lacking_of(plan))
    founding = [
        one.decision
        for one in plan.versions
        if one.decision.kind is DecisionKind.ROADMAP and one.number <= plan.version.number
    ]
    first = founding[0] if founding else None
    is_same = first is not None and first.id == plan.version.decision.id
    return Approval(plan.version, None if is_same else first)


def approved_by(plan: Plan) -> Decision | None:
    """The latest decision that approved this roadmap, whether or not its version has been added.

    A decision names no period, so only one of the year before the period or of the period itself
    is taken to be about it: an older one approved an earlier roadmap.
    """
    period = plan.roadmap.period
    earliest = datetime.date(period.first.year - 1, 1, 1)
    return next(
        (
            one
            for one in plan.decisions
            if one.kind is DecisionKind.ROADMAP
            and earliest <= one.decided_on <= period.last.last_day
        ),
        None,
    )


def lacking_of(plan: Plan) -> tuple[Lacking, ...]:
    """The parts of a roadmap of which there is nothing, in the order of the document."""
    roadmap = plan.roadmap
    present = {
        Lacking.VISION: any(roadmap.vision.values()),
        Lacking.FOREWORD: any(roadmap.foreword.values()),
        Lacking.OPERATING_MODEL: any(roadmap.operating_model.values()),
        Lacking.LEVELS: any(one.points for one in plan.perspectives),
        Lacking.TARGETS: any(one.target is not None for one in plan.perspectives),
        Lacking.GOALS: bool(plan.goals),
        Lacking.ACTIONS: bool(plan.actions),
    }
    return tuple(part for part, is_here in present.items() if not is_here)
