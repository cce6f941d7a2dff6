"""The words of roles, parties, tasks, features and broken settings, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import BodyTask, BrokenSetting, Feature, PartyKind, Role

LANGUAGE_WORDS = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
LANGUAGE_CHOICES = (("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English")))

ROLES = {
    Role.COORDINATOR: _("Coordinator"),
    Role.TEAM: _("Member of the digital team"),
    Role.HEAD: _("Head of a sector"),
    Role.MANAGEMENT: _("Member of the management team"),
    Role.SECRETARY: _("Secretary of a body"),
    Role.STAFF: _("Staff"),
}
ROLE_NOTES = {
    Role.COORDINATOR: _("Convenes the digital team and may change everything, these settings too."),
    Role.TEAM: _("Keeps the roadmap with the coordinator; represents a sector."),
    Role.HEAD: _("Answers for a sector's share; reminders come here before the management team."),
    Role.MANAGEMENT: _("Owns the roadmap: targets, priorities and the yearly changes."),
    Role.SECRETARY: _("Records what a body decided."),
    Role.STAFF: _("Sees what is marked for members and proposes ideas."),
}
PARTY_ROLES = (Role.TEAM, Role.HEAD)
"""Roles that somebody has for a sector or a unit."""
KINDS = {
    PartyKind.SECTOR: _("Sector"),
    PartyKind.UNIT: _("Unit"),
    PartyKind.BODY: _("Body"),
    PartyKind.ROLE: _("Role"),
}
TASKS = {
    BodyTask.APPROVES: _("Approves the roadmap"),
    BodyTask.OWNS: _("Owns the roadmap"),
    BodyTask.KEEPS: _("Keeps the roadmap up to date"),
    BodyTask.COORDINATES: _("Coordinates and reports"),
    BodyTask.CARRIES_OUT: _("Carries out"),
}
FEATURES = {
    Feature.LEVELS: _("Levels and targets"),
    Feature.SURVEYS: _("Surveys of the staff"),
    Feature.IDEAS: _("Ideas"),
    Feature.MEETINGS: _("Meetings of the digital team"),
    Feature.BUDGET: _("Budget list"),
    Feature.COMPARISON: _("Comparison with other municipalities"),
}
FEATURE_NOTES = {
    Feature.LEVELS: _("The page of baseline and target levels, gaps and development priorities."),
    Feature.SURVEYS: _("Anonymous surveys of the staff and their results."),
    Feature.IDEAS: _("Ideas of the staff, and of residents where you wish, handled in the open."),
    Feature.MEETINGS: _("Agendas that prepare themselves, and minutes."),
    Feature.BUDGET: _("What is proposed for the budget, line by line."),
    Feature.COMPARISON: _("Levels beside those of others, where both agree."),
}
BUILT = (Feature.LEVELS, Feature.SURVEYS, Feature.IDEAS)
"""Features that can be used already; the others are not shown before they can."""
BROKEN = {
    BrokenSetting.LAST_COORDINATOR: _(
        "This is the municipality's last coordinator. Give the role to somebody else first."
    ),
    BrokenSetting.LEFT_IN_THE_FUTURE: _(
        "The day is in the future. Record it when the person has left."
    ),
    BrokenSetting.ENDED_WITH_UNITS: _("It has units that have not ended. End or move them first."),
    BrokenSetting.ITS_OWN_UNIT: _("A party cannot belong to itself or to a unit of its own."),
    BrokenSetting.NO_SUCH_DAY: _("There is no such day."),
    BrokenSetting.NOT_A_BODY: _("Only a body has seats."),
    BrokenSetting.STRANGER: _(
        "The account is not of this municipality. Invite the person by e-mail first."
    ),
    BrokenSetting.SET_UP_ALREADY: _("This has been set up already."),
    BrokenSetting.NOT_READY: _("There is no roadmap to publish yet. Give its period first."),
}
