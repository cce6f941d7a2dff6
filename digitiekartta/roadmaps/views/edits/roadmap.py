"""Texts of the roadmap, goals, indicators and their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...fields.roadmap import GOAL, INDICATOR, INDICATOR_VALUE, ROADMAP
from ...forms.roadmap import (
    ForewordForm,
    GoalForm,
    IndicatorForm,
    OperatingModelForm,
    ValueForm,
    VisionForm,
)
from ...models import Goal, Indicator, Roadmap
from ...rights import Deed
from ...rules import Direction, Rule
from .edit import Edit
from .parts import IN_TEXTS


def _texts(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, roadmap: Roadmap
) -> Receipt:
    return services.write_texts(
        ledger_id=ledger_id, intent=intent, roadmap_id=roadmap.pk, texts=given["texts"]
    )


def _add_goal(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, roadmap: Roadmap
) -> Receipt:
    return services.add_goal(
        ledger_id=ledger_id,
        intent=intent,
        roadmap_id=roadmap.pk,
        number=given["number"],
        title=given["title"],
        description=given["description"],
        priority_id=given["priority_id"],
    )


def _goal(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, goal: Goal, **_more: Any
) -> Receipt:
    told = services.GoalTold(
        given["number"], given["title"], given["description"], given["priority_id"]
    )
    return services.change_goal(ledger_id=ledger_id, intent=intent, goal_id=goal.pk, goal=told)


def _add_indicator(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, goal: Goal, **_more: Any
) -> Receipt:
    return services.add_indicator(
        ledger_id=ledger_id,
        intent=intent,
        goal_id=goal.pk,
        name=given["name"],
        unit=given["unit"],
        direction=Direction(given["direction"]),
        target=given["target"],
        source=given["source"],
        rank=goal.indicators.count() + 1,
    )


def _indicator(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, piece: Indicator, **_more: Any
) -> Receipt:
    told = services.IndicatorTold(
        name=given["name"],
        unit=given["unit"],
        direction=Direction(given["direction"]),
        target=given["target"],
        source=given["source"],
    )
    return services.change_indicator(
        ledger_id=ledger_id, intent=intent, indicator_id=piece.pk, indicator=told
    )


def _value(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, piece: Indicator, **_more: Any
) -> Receipt:
    return services.record_value(
        ledger_id=ledger_id,
        intent=intent,
        indicator_id=piece.pk,
        measured_on=given["measured_on"],
        value=given["value"],
    )


def _texts_edit(part: str, title: Any, form: Any, anchor: str, decides: str) -> Edit:
    return Edit(
        part=part,
        title=title,
        deed=Deed.EDIT_TEXTS,
        form=form,
        save=_texts,
        anchor=anchor,
        decides=decides,
        entity=ROADMAP,
        template=IN_TEXTS,
    )


VISION = _texts_edit("visio", _("Change the vision"), VisionForm, "sisalto", "vision")
FOREWORD = _texts_edit("saatesanat", _("Change the foreword"), ForewordForm, "sisalto", "foreword")
MODEL = _texts_edit(
    "toimintamalli",
    _("Change the operating model"),
    OperatingModelForm,
    "sisalto",
    "operating_model",
)
NEW_GOAL = Edit(
    part="uusi-tavoite",
    title=_("New goal"),
    deed=Deed.EDIT_GOALS,
    form=GoalForm,
    save=_add_goal,
    anchor="sisalto",
    decides=None,
    entity=GOAL,
    template=IN_TEXTS,
    at_field={Rule.NUMBER_TAKEN: "number", Rule.TITLE_NEEDED: "title_fi"},
)
CHANGE_GOAL = Edit(
    part="tavoite",
    title=_("Change the goal"),
    deed=Deed.EDIT_GOALS,
    form=GoalForm,
    save=_goal,
    anchor="sisalto",
    decides="title",
    entity=GOAL,
    template=IN_TEXTS,
    at_field={Rule.NUMBER_TAKEN: "number", Rule.TITLE_NEEDED: "title_fi"},
)
NEW_INDICATOR = Edit(
    part="uusi-mittari",
    title=_("Add an indicator"),
    deed=Deed.EDIT_GOALS,
    form=IndicatorForm,
    save=_add_indicator,
    anchor="sisalto",
    decides=None,
    entity=INDICATOR,
    template=IN_TEXTS,
)
CHANGE_INDICATOR = Edit(
    part="mittari",
    title=_("Change the indicator"),
    deed=Deed.EDIT_GOALS,
    form=IndicatorForm,
    save=_indicator,
    anchor="sisalto",
    decides="target",
    entity=INDICATOR,
    piece=Indicator,
    template=IN_TEXTS,
)
VALUE = Edit(
    part="arvo",
    title=_("Record a value"),
    deed=Deed.EDIT_GOALS,
    form=ValueForm,
    save=_value,
    anchor="sisalto",
    decides="value",
    entity=INDICATOR_VALUE,
    piece=Indicator,
    at_field={Rule.IN_THE_FUTURE: "measured_on"},
    find_names=lambda conflict: ("value",),
)
