"""The words of tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Task

TASKS = {
    Task.ANSWER: _("Answer to the assignment"),
    Task.REPORT: _("Tell how it goes"),
    Task.EXPLAIN: _("Tell the reason"),
    Task.NAME_PERSON: _("Name the responsible person"),
    Task.TELL_MONEY: _("Tell about the appropriation"),
    Task.TELL_EFFECT: _("Tell the expected effect"),
}
NO_CHANGE = {"fi": "Ei muutosta.", "sv": "Ingen förändring.", "en": "No change."}
"""What one press reports, in every language at once."""


KINDS = {
    "report_progress": _("reported progress"),
    "reschedule_action": _("moved the schedule"),
    "split_action": _("split the action"),
    "reword_action": _("changed the wording"),
    "hand_over_action": _("handed over"),
    "accept_assignment": _("accepted the assignment"),
    "object_to_assignment": _("objected to the assignment"),
    "withdraw_objection": _("took the objection back"),
    "name_person": _("named the person"),
    "add_action": _("added an action"),
    "cancel_action": _("cancelled the action"),
    "merge_actions": _("merged the action"),
    "add_funding": _("added an appropriation"),
    "change_funding": _("changed an appropriation"),
    "decide_funding": _("recorded a decision on money"),
    "record_actual": _("recorded what was spent"),
    "set_visibility": _("changed what is public"),
    "estimate_work": _("estimated the work"),
    "add_effect": _("told an effect"),
    "undo": _("took a change back"),
}


def kind_words(kind: str) -> str:
    """What somebody did, as a sentence goes on after who did it."""
    return str(KINDS.get(kind) or _("changed something"))
