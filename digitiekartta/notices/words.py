"""The words of reminders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from digitiekartta.roadmaps.change_kinds import ChangeKind

from .rules import Kind, Level

KINDS = {
    Kind.ASSIGNED: _("New assignments"),
    Kind.LATE: _("Late actions"),
    Kind.HALF_YEAR: _("Half-yearly report"),
    Kind.MEETING: _("Before the digital team's dates"),
}
REASONS = {
    Kind.ASSIGNED: _("this has been given to you to answer for"),
    Kind.LATE: _("late; tell how it goes"),
    Kind.HALF_YEAR: _("the half-year's report is missing"),
    Kind.MEETING: _("nothing has been told for long, and the digital team takes it up"),
}
LEVELS = {
    Level.PERSON: _("responsible person"),
    Level.DEPUTY: _("deputy"),
    Level.REPRESENTATIVE: _("sector's representative in the digital team"),
    Level.HEAD: _("head of the sector"),
    Level.LIST: _("the list of what stays unanswered"),
}
CHANGES = {
    ChangeKind.NEW: _("New actions"),
    ChangeKind.MOVED: _("Changed schedules"),
    ChangeKind.CANCELLED: _("Cancelled actions"),
    ChangeKind.MERGED: _("Merged actions"),
    ChangeKind.REWORDED: _("Changed wording"),
    ChangeKind.GOALS: _("Goals"),
    ChangeKind.LEVELS: _("Targets and priorities"),
    ChangeKind.MONEY: _("Money"),
    ChangeKind.PEOPLE: _("Responsibilities"),
    ChangeKind.DECIDED: _("Decisions"),
    ChangeKind.PROGRESSED: _("Progress"),
    ChangeKind.MEASURED: _("New figures"),
    ChangeKind.OTHER: _("Other changes"),
}
