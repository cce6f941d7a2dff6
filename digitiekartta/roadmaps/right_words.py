"""Rights in words: every deed, every standing, and what makes each change valid.

The table of who may do what is ``rights.RIGHTS``; here each of its entries gets its words.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from digitiekartta.documents.registry import Authority

from .rights import Deed, Standing

STANDINGS = {
    Standing.COORDINATOR: _("the coordinator"),
    Standing.TEAM: _("the members of the digital team"),
    Standing.SECTOR_TEAM: _("the sector's representative in the digital team"),
    Standing.SECTOR_HEAD: _("the head of the sector"),
    Standing.RESPONSIBLE: _("the responsible person"),
    Standing.DEPUTY: _("a deputy"),
    Standing.MANAGEMENT: _("the management team"),
    Standing.SECRETARY: _("a body's secretary"),
    Standing.STAFF: _("the staff"),
}
DEEDS = {
    Deed.SEE_WORKING_PLAN: _("See the working plan"),
    Deed.ADD_ACTION: _("Add an action"),
    Deed.REWORD: _("Change the wording of an action"),
    Deed.RESCHEDULE: _("Move an action's schedule"),
    Deed.SPLIT: _("Split an action over half-years"),
    Deed.HAND_OVER: _("Hand an action over to another party"),
    Deed.OBJECT: _("Object to an assignment"),
    Deed.ACCEPT: _("Accept an assignment"),
    Deed.FUND: _("Record money"),
    Deed.LINK: _("Add a link"),
    Deed.DEPEND: _("Record that an action waits for another"),
    Deed.MERGE: _("Merge actions"),
    Deed.CANCEL: _("Cancel an action"),
    Deed.ORDER: _("Order the actions by hand"),
    Deed.ESTIMATE: _("Estimate the work"),
    Deed.EFFECT: _("Record expected and observed effects"),
    Deed.REPORT: _("Tell of progress"),
    Deed.REPORT_FOR_OTHERS: _("Record progress on behalf of another"),
    Deed.SET_VISIBILITY: _("Decide what is not public"),
    Deed.NAME_PERSON: _("Name the responsible person and the deputies"),
    Deed.EDIT_TEXTS: _("Write the roadmap's texts and publish it"),
    Deed.EDIT_GOALS: _("Change goals and indicators"),
    Deed.CHANGE_SETTINGS: _("Change the settings"),
    Deed.REMOVE_EXAMPLES: _("Remove the example content"),
}
WHY = {
    Deed.SEE_WORKING_PLAN: _("What is being prepared is for those who prepare it."),
    Deed.ADD_ACTION: _("The digital team keeps the roadmap; a sector brings in what it needs."),
    Deed.REWORD: _("The digital team keeps the roadmap up to date."),
    Deed.RESCHEDULE: _("The digital team keeps the schedule, and always tells the reason."),
    Deed.SPLIT: _("Splitting is a change of schedule."),
    Deed.HAND_OVER: _("The digital team sees every sector's load."),
    Deed.OBJECT: _("Whoever is given work may say that it cannot be done. Silence is acceptance."),
    Deed.ACCEPT: _("Whoever is given work answers for it."),
    Deed.FUND: _("Money decides when work may begin, so one place keeps it."),
    Deed.LINK: _("Those who do the work know where it can be read about."),
    Deed.DEPEND: _("The order of work concerns several sectors."),
    Deed.MERGE: _("The digital team prepares it, and both actions stay to be seen."),
    Deed.CANCEL: _("The digital team prepares it, with a reason. The action stays to be seen."),
    Deed.ORDER: _("The order belongs to the whole roadmap."),
    Deed.ESTIMATE: _("Those who do the work know how much it takes."),
    Deed.EFFECT: _("Those who do the work see what it changes."),
    Deed.REPORT: _("Whoever answers for the action tells how it goes."),
    Deed.REPORT_FOR_OTHERS: _("In a meeting or on the telephone; who said it stays in the log."),
    Deed.SET_VISIBILITY: _("Openness is the rule; what is secret by law is marked by few."),
    Deed.NAME_PERSON: _("A sector knows its own people."),
    Deed.EDIT_TEXTS: _("The texts are written by the team and approved by the board."),
    Deed.EDIT_GOALS: _("The team prepares what the management team decides."),
    Deed.CHANGE_SETTINGS: _("One role answers for the settings; each change is in the log."),
    Deed.REMOVE_EXAMPLES: _("It takes away much at once."),
}
CHANGES: Mapping[Deed, tuple[str, ...]] = {
    Deed.ADD_ACTION: ("action",),
    Deed.REWORD: ("action.title",),
    Deed.RESCHEDULE: ("action.first",),
    Deed.SPLIT: ("action.first",),
    Deed.HAND_OVER: ("action.responsible",),
    Deed.FUND: ("funding.amount",),
    Deed.LINK: ("link",),
    Deed.DEPEND: ("dependency",),
    Deed.MERGE: ("action.merged_into",),
    Deed.CANCEL: ("action.cancelled",),
    Deed.EFFECT: ("effect",),
    Deed.REPORT: ("action.status",),
    Deed.REPORT_FOR_OTHERS: ("action.status",),
    Deed.NAME_PERSON: ("action.person",),
    Deed.EDIT_TEXTS: ("roadmap.vision",),
    Deed.EDIT_GOALS: ("goal.title",),
}
"""What a deed changes, as the registry names it; a deed that changes nothing is left out."""
VALIDITY = {
    Authority.PROGRESS: _("Valid at once."),
    Authority.TEAM: _("Valid at once with a reason; confirmed in the yearly changes."),
    Authority.MANAGEMENT: _("Valid when the management team has decided it."),
    Authority.BOARD: _("Valid when the board has approved it."),
}
AUTHORITIES = {
    Authority.PROGRESS: _("Nobody: told as it goes"),
    Authority.TEAM: _("The digital team"),
    Authority.MANAGEMENT: _("The management team"),
    Authority.BOARD: _("The board"),
}
