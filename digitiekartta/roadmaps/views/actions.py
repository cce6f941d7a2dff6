"""Toimenpiteet and Toimenpide: what is done when and by whom, and one action whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext

from digitiekartta.documents.registry import Audience
from digitiekartta.ui import formats
from digitiekartta.ui.environment import active_language

from ..action_log import told_changes
from ..origins import origins_of
from ..own_words import OwnWords, own_words
from ..pages.action import action_page
from ..pages.actions import actions_page
from ..pages.filters import GROUPING, PARAMETERS, VIEW, Filter, Filters, Query, UnknownValueError
from ..pages.lanes import Words
from ..plan.entities import Plan
from ..words import (
    EFFECT_CLASSES,
    FUNDING_KINDS,
    FUNDING_STATES,
    SITUATION_IN_ADDRESS,
)
from .done import done_by
from .grid_edits import grid_tools
from .own_side import own_side, proposed_actions, ways_in_roadmap, ways_to_many
from .pages import Reading, render_page


def actions(request: HttpRequest, slug: str) -> HttpResponse:
    """All actions, or those that the address's filters leave."""

    def build(plan: Plan) -> Mapping[str, Any]:
        filters = Filters(plan, SITUATION_IN_ADDRESS)
        query = _query(filters, request.GET.dict())
        own = own_words(plan.municipality.wordings)
        page = actions_page(plan, filters, query, _words(own), active_language())
        return {"page": page, **_word_lists(own)}

    def own(reading: Reading) -> Mapping[str, Any]:
        return {
            "ways": {**ways_in_roadmap(reading), **ways_to_many(reading)},
            "proposed": proposed_actions(reading),
            "done": done_by(request, reading),
            **grid_tools(request, reading),
        }

    return render_page(request, slug, "actions", build, query=PARAMETERS, also=own)


def action(request: HttpRequest, slug: str, serial: int) -> HttpResponse:
    """One action by its permanent number."""

    def page(reading: Reading) -> Mapping[str, Any]:
        plan = reading.plan
        found = plan.action(serial)
        if found is None:
            raise Http404(gettext("This roadmap has no action with the number %s.") % serial)
        own = own_words(plan.municipality.wordings)
        changes = told_changes(reading.site.ledger_id, plan, found, active_language())
        return {
            "page": action_page(plan, found, changes, _words(own)),
            **_word_lists(own),
            "own": own_side(reading, found.id),
            "undecided": reading.undecided.get(found.id, frozenset()),
            "origins": origins_of(reading.site.ledger_id, UUID(found.id), _audience(reading)),
            "done": done_by(request, reading),
        }

    return render_page(request, slug, "action", lambda plan: {}, also=page)


def _audience(reading: Reading) -> Audience:
    member = None if reading.as_resident else reading.member
    return Audience.PUBLIC if member is None else member.audience


def _query(filters: Filters, parameters: Mapping[str, str]) -> Query:
    try:
        return filters.parse(parameters)
    except UnknownValueError as unknown:
        raise Http404(_no_such(unknown.parameter) % {"value": unknown.value}) from None


def _no_such(parameter: str) -> str:
    return {
        str(Filter.PRIORITY): gettext("This roadmap has no development priority “%(value)s”."),
        str(Filter.GOAL): gettext("This roadmap has no goal “%(value)s”."),
        str(Filter.SECTOR): gettext("There is no sector “%(value)s” in this municipality."),
        str(Filter.PARTY): gettext("There is no party “%(value)s” in this municipality."),
        str(Filter.SITUATION): gettext("There is no situation “%(value)s” for actions."),
        str(Filter.HALF_YEAR): gettext(
            "The half-year “%(value)s” is not in this roadmap. A half-year is written as 2026-1."
        ),
        VIEW: gettext("The actions have no view “%(value)s”."),
        GROUPING: gettext("The actions cannot be grouped by “%(value)s”."),
    }[parameter]


def _words(own: OwnWords) -> Words:
    return Words(
        situations=own.situations,
        late=pgettext("beside another situation", "late"),
        recurring=pgettext("of an action", "recurring"),
        percent=lambda value: formats.percent(value, active_language()),
    )


def _word_lists(own: OwnWords) -> Mapping[str, Any]:
    return {
        "situation_words": own.situations,
        "status_words": own.statuses,
        "funding_words": FUNDING_STATES,
        "kind_words": FUNDING_KINDS,
        "effect_words": EFFECT_CLASSES,
    }
