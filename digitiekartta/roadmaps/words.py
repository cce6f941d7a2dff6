"""The words of statuses, money, effects and broken rules, in the reader's language.

In addresses the Finnish words stand in every language, so that a shared address stays the same.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from digitiekartta.decisions.rules import DecisionKind

from .rules import (
    EffectClass,
    EffectPhase,
    FundingKind,
    FundingState,
    Rule,
    Situation,
    Status,
)

SITUATIONS = {
    Situation.CANCELLED: _("Cancelled"),
    Situation.PAUSED: _("Paused"),
    Situation.DONE: _("Done"),
    Situation.WAITING_FOR_MONEY: _("Waiting for money"),
    Situation.LATE: _("Late"),
    Situation.ONGOING: _("In progress"),
    Situation.NOT_BEGUN: _("About to begin"),
}
SITUATION_IN_ADDRESS = {
    Situation.DONE: "valmis",
    Situation.ONGOING: "kaynnissa",
    Situation.LATE: "myohassa",
    Situation.WAITING_FOR_MONEY: "odottaa-maararahaa",
    Situation.NOT_BEGUN: "alkamassa",
    Situation.PAUSED: "tauolla",
    Situation.CANCELLED: "peruttu",
}
STATUSES = {
    Status.NOT_STARTED: _("Not started"),
    Status.ONGOING: _("In progress"),
    Status.DONE: _("Done"),
    Status.PAUSED: _("Paused"),
}
FUNDING_KINDS = {
    FundingKind.OPERATING: _("Operating budget"),
    FundingKind.INVESTMENT: _("Investment"),
    FundingKind.EXTERNAL: _("Outside funding"),
}
FUNDING_STATES = {
    FundingState.NONE_NEEDED: _("No separate appropriation needed"),
    FundingState.EXISTING: _("Existing appropriation"),
    FundingState.PROPOSED: _("Proposed for the budget"),
    FundingState.APPROVED: _("Approved"),
    FundingState.PARTLY_APPROVED: _("Partly approved"),
    FundingState.MOVED: _("Moved to a later year"),
    FundingState.REJECTED: _("Not approved in the budget"),
}
EFFECT_CLASSES = {
    EffectClass.SERVICE: _("Doing business with the municipality"),
    EffectClass.STAFF_WORK: _("Work of the staff"),
    EffectClass.INFORMATION_FLOW: _("Flow of information"),
    EffectClass.RESOURCES: _("Use of resources"),
    EffectClass.ECOLOGY: _("Ecology"),
    EffectClass.COOPERATION: _("Cooperation"),
    EffectClass.INFORMED_MANAGEMENT: _("Management by information"),
}
EFFECT_PHASES = {
    EffectPhase.EXPECTED: _("Expected"),
    EffectPhase.OBSERVED: _("Observed"),
}
DECISION_KINDS = {
    DecisionKind.ROADMAP: _("Roadmap approved"),
    DecisionKind.YEARLY_CHANGES: _("Yearly changes approved"),
    DecisionKind.TARGETS: _("Target levels decided"),
    DecisionKind.BUDGET: _("Budget decided"),
    DecisionKind.OTHER: _("Decision"),
}
RULES = {
    Rule.MONEY_BEFORE_WORK: _(
        "The action cannot start yet: it has no appropriation for this year. Record the "
        "appropriation first, or the decision that none is needed."
    ),
    Rule.REASON_NEEDED: _("Tell the reason. A late, paused or cancelled action needs one."),
    Rule.OUTSIDE_THE_PERIOD: _("The schedule is outside the roadmap's period."),
    Rule.ENDS_BEFORE_IT_BEGINS: _("The action would end before it begins."),
    Rule.ENDED_ALREADY: _(
        "The action has been cancelled or merged, so it can no longer be changed."
    ),
    Rule.DONE_ALREADY: _("The action is done already."),
    Rule.NOT_ENDED: _("The action has not been cancelled or merged, so nothing was brought back."),
    Rule.NUMBER_TAKEN: _("Another goal has this number already."),
    Rule.DEPENDS_IN_A_CIRCLE: _("The action would, through others, depend on itself."),
    Rule.NOT_IN_THIS_ROADMAP: _("The action belongs to another roadmap."),
    Rule.NOTHING_TO_SAY: _("Choose a status or write what has happened."),
    Rule.IN_THE_FUTURE: _("The date is in the future."),
    Rule.OFF_THE_SCALE: _("The level must be from 1 to 5."),
    Rule.TITLE_NEEDED: _("Give the action a name."),
    Rule.CANT_BE_UNDONE: _(
        "This can no longer be undone: something else depends on it, or more than a day has "
        "passed. Nothing was changed."
    ),
}
