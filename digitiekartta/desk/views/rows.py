"""Saving what is told in one action's row: on one's own page, or by a personal link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext

from digitiekartta.history.rules import ConflictError, Intent, KeyReusedError, Receipt
from digitiekartta.municipalities.inside import Inside, intent_of
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.own_words import own_words
from digitiekartta.roadmaps.rules import EffectClass, EffectPhase, Rule, RuleError, Status
from digitiekartta.roadmaps.services.progress import Report
from digitiekartta.roadmaps.words import RULES
from digitiekartta.ui.environment import active_language

from ..forms import EffectForm, ObjectionForm, PersonForm, ReportForm
from ..words import NO_CHANGE
from .reading import as_uuid

People = Sequence[tuple[str, str]]


@dataclass(slots=True)
class RowForms:
    """The forms of one action's row."""

    report: ReportForm
    objection: ObjectionForm
    person: PersonForm
    effect: EffectForm


@dataclass(slots=True)
class Attempt:
    """What became of a row that was sent: saved, or to be shown again with why."""

    serial: int
    do: str
    form: forms.Form | None
    receipt: Receipt | None = None
    status: int = 422
    problem: str = ""


def fresh_forms(inside: Inside, action: Action, people: People) -> RowForms:
    """The forms of a row as nobody has typed into them."""
    words = own_words(inside.municipality.wordings).statuses
    return RowForms(
        report=ReportForm(action=action, words=words),
        objection=ObjectionForm(action=action),
        person=PersonForm(action=action, people=people),
        effect=EffectForm(action=action),
    )


def sent_form(
    inside: Inside, do: str, data: Any, action: Action, people: Callable[[], People]
) -> Any:
    """The form that was sent; None where one press says all. Raises BadRequest for no such deed."""
    if do in ("no_change", "report"):
        words = own_words(inside.municipality.wordings).statuses
        return ReportForm(data, action=action, words=words)
    if do == "object":
        return ObjectionForm(data, action=action)
    if do == "person":
        return PersonForm(data, action=action, people=people())
    if do == "effect":
        return EffectForm(data, action=action)
    if do not in _SAVES:
        raise BadRequest
    return None


def save_row(
    request: HttpRequest, inside: Inside, action: Action, people: Callable[[], People]
) -> Attempt:
    """Saves what was sent for an action. Raises BadRequest, NotAllowedError."""
    do = request.POST.get("do", "report")
    form = sent_form(inside, do, request.POST, action, people)
    attempt = Attempt(action.serial, do, form)
    if form is not None and do != "no_change" and not form.is_valid():
        return attempt
    given = form.cleaned_data if form is not None and do != "no_change" else {}
    try:
        attempt.receipt = _SAVES[do](inside, intent_of(request, inside), action, given)
    except RuleError as broken:
        _tell(attempt, broken.rule)
    except (ConflictError, KeyReusedError):
        attempt.status = 409
        attempt.problem = gettext(
            "Somebody changed this at the same time. Nothing was overwritten: look at what stands "
            "now, and save again if it is still needed."
        )
    return attempt


_AT_FIELD = {
    Rule.MONEY_BEFORE_WORK: "status",
    Rule.REASON_NEEDED: "why",
    Rule.NOTHING_TO_SAY: "text",
}


def _tell(attempt: Attempt, rule: Rule) -> None:
    """Tells a broken rule beside the field that can mend it."""
    words, form = str(RULES[rule]), attempt.form
    field = _AT_FIELD.get(rule, "")
    if attempt.do == "no_change" and form is not None:
        form.full_clean()
        form.errors.clear()
    if form is not None and field in form.fields:
        form.add_error(field, words)
    else:
        attempt.problem = words


Save = Callable[[Inside, Intent, Action, Mapping[str, Any]], Receipt]


def _report(inside: Inside, intent: Intent, action: Action, given: Mapping[str, Any]) -> Receipt:
    language, why = active_language(), given["why"].strip()
    report = Report(
        status=Status(given["status"]),
        text={language: given["text"]} if given["text"] else None,
        reason={**action.reason, language: why} if why else None,
    )
    return services.report_progress(
        ledger_id=inside.ledger_id, intent=intent, action_id=action.pk, report=report
    )


def _no_change(inside: Inside, intent: Intent, action: Action, _: Mapping[str, Any]) -> Receipt:
    text = {code: NO_CHANGE[code] for code in inside.municipality.languages if code in NO_CHANGE}
    report = Report(status=Status(action.status), text=text)
    return services.report_progress(
        ledger_id=inside.ledger_id, intent=intent, action_id=action.pk, report=report
    )


def _accept(inside: Inside, intent: Intent, action: Action, _: Mapping[str, Any]) -> Receipt:
    return services.accept_assignment(
        ledger_id=inside.ledger_id, intent=intent, action_id=action.pk
    )


def _object(inside: Inside, intent: Intent, action: Action, given: Mapping[str, Any]) -> Receipt:
    return services.object_to_assignment(
        ledger_id=inside.ledger_id,
        intent=intent,
        action_id=action.pk,
        objection={active_language(): given["objection"]},
    )


def _withdraw(inside: Inside, intent: Intent, action: Action, _: Mapping[str, Any]) -> Receipt:
    return services.withdraw_objection(
        ledger_id=inside.ledger_id, intent=intent, action_id=action.pk
    )


def _person(inside: Inside, intent: Intent, action: Action, given: Mapping[str, Any]) -> Receipt:
    return services.name_person(
        ledger_id=inside.ledger_id,
        intent=intent,
        action_id=action.pk,
        person_id=as_uuid(given["person"]),
    )


def _effect(inside: Inside, intent: Intent, action: Action, given: Mapping[str, Any]) -> Receipt:
    return services.add_effect(
        ledger_id=inside.ledger_id,
        intent=intent,
        action_id=action.pk,
        effect_class=EffectClass(given["effect_class"]),
        phase=EffectPhase.EXPECTED,
        text={active_language(): given["effect"]},
    )


_SAVES: Mapping[str, Save] = {
    "report": _report,
    "no_change": _no_change,
    "accept": _accept,
    "object": _object,
    "withdraw": _withdraw,
    "person": _person,
    "effect": _effect,
}
