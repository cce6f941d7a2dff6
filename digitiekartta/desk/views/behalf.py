"""Recording progress for others: in a meeting or on the phone, on one page, by keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext

from digitiekartta.history.queries import revision_of
from digitiekartta.history.rules import ConflictError, Intent, KeyReusedError
from digitiekartta.municipalities.inside import Inside, for_members
from digitiekartta.municipalities.permissions import NotAllowedError
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.own_words import own_words
from digitiekartta.roadmaps.permissions import standings_in
from digitiekartta.roadmaps.rights import Deed, may
from digitiekartta.roadmaps.rules import Rule, RuleError, Status
from digitiekartta.roadmaps.services.progress import Report
from digitiekartta.roadmaps.words import RULES
from digitiekartta.ui.clock import now
from digitiekartta.ui.environment import active_language

from ..forms import BehalfForm, TellerForm
from ..pages.behalf import Chosen, cases_for_others
from ..queries import Case, all_cases, parties_of, sectors_of, silence_days
from .reading import plan_or_404, show, today

MOST_REVISION = 2**53


@dataclass(slots=True)
class Row:
    """One action of the page: its form, the key of its sending, and what became of it."""

    case: Case
    form: BehalfForm
    key: str
    revision: int
    saved: bool = False
    problem: str = ""

    @property
    def is_wrong(self) -> bool:
        return bool(self.problem or (self.form.is_bound and self.form.errors))


@for_members
def behalf(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The rows that were asked for; sent, those that hold something are saved and told."""
    if not may(Deed.REPORT_FOR_OTHERS, standings_in(inside.member)):
        raise NotAllowedError(str(Deed.REPORT_FOR_OTHERS))
    chosen, sector = _asked_for(request)
    teller = TellerForm(request.POST or None, today=today())
    rows = _rows(request, inside, chosen, sector)
    if request.method == "POST" and teller.is_valid():
        _save_all(request, inside, teller, rows)
    wrong = [one for one in rows if one.is_wrong]
    failed = bool(wrong) or (teller.is_bound and not teller.is_valid())
    context: dict[str, Any] = {
        "rows": rows,
        "teller": teller,
        "sectors": list(sectors_of(inside.ledger_id)),
        "chosen": chosen,
        "chosen_sector": sector,
        "choices": Chosen,
        "saved": sum(one.saved for one in rows),
        "wrong": wrong,
    }
    return show(request, inside, "behalf", context, status=422 if failed else 200)


def _asked_for(request: HttpRequest) -> tuple[Chosen, str]:
    try:
        chosen = Chosen(request.GET.get("tila", Chosen.ALL))
    except ValueError:
        raise Http404 from None
    return chosen, request.GET.get("toimiala", "")


def _seen(request: HttpRequest, serial: int, now_at: int) -> int:
    """The revision that a row's page showed. Raises BadRequest for what is none."""
    try:
        seen = int(request.POST.get(f"{serial}-revision") or now_at)
    except ValueError:
        raise BadRequest from None
    if not 0 <= seen < MOST_REVISION:
        raise BadRequest
    return seen


def _rows(request: HttpRequest, inside: Inside, chosen: Chosen, sector: str) -> list[Row]:
    cases: Iterable[Case] = all_cases(inside.member, plan_or_404(inside))
    if sector:
        party = sectors_of(inside.ledger_id).filter(slug=sector).first()
        if party is None:
            raise Http404
        cases = [one for one in cases if party.pk in parties_of(one.row)]
    words = own_words(inside.municipality.wordings).statuses
    listed = list(cases_for_others(cases, chosen, today(), silence_days(inside.municipality)))
    if request.method == "POST":
        listed = _as_sent(request, cases, listed)
    revision = revision_of(inside.ledger_id)
    return [
        Row(
            case,
            BehalfForm(request.POST or None, action=case.row, words=words),
            request.POST.get(f"{case.row.serial}-key") or str(uuid4()),
            _seen(request, case.row.serial, revision),
        )
        for case in listed
    ]


def _as_sent(request: HttpRequest, cases: Iterable[Case], listed: list[Case]) -> list[Case]:
    """The rows that the page had when it was sent, also where they no longer fit the choice."""
    known = {one.row.pk for one in listed}
    return listed + [
        one
        for one in cases
        if one.row.pk not in known
        and f"{one.row.serial}-key" in request.POST
        and may(Deed.REPORT_FOR_OTHERS, one.standings)
    ]


def _save_all(request: HttpRequest, inside: Inside, teller: TellerForm, rows: list[Row]) -> None:
    only = request.POST.get("rivi", "")
    words = own_words(inside.municipality.wordings).statuses
    for row in rows:
        if only and only != str(row.case.row.serial):
            continue
        if not row.form.is_filled:
            row.form.errors.clear()
            continue
        if not row.form.is_valid():
            continue
        _save(inside, teller, row)
        if row.saved:
            row.case.row.refresh_from_db()
            row.form = BehalfForm(action=row.case.row, words=words)
            row.key, row.revision = str(uuid4()), revision_of(inside.ledger_id)


def _save(inside: Inside, teller: TellerForm, row: Row) -> None:
    """Saves one row as recorded on behalf; what is wrong is told in the row."""
    action = row.case.row
    try:
        key = str(UUID(row.key))
    except ValueError:
        raise BadRequest from None
    intent = Intent(actor=inside.member.actor, at=now(), expected_revision=row.revision, key=key)
    try:
        services.report_progress(
            ledger_id=inside.ledger_id,
            intent=intent,
            action_id=action.pk,
            report=_report(row.form.cleaned_data, teller.cleaned_data, row),
        )
        row.saved = True
    except RuleError as broken:
        field = {Rule.MONEY_BEFORE_WORK: "status", Rule.REASON_NEEDED: "why"}.get(broken.rule)
        if field is None:
            row.problem = str(RULES[broken.rule])
        else:
            row.form.add_error(field, str(RULES[broken.rule]))
    except (ConflictError, KeyReusedError):
        row.problem = gettext("Somebody changed this at the same time. Look at it and save again.")
        row.key, row.revision = str(uuid4()), revision_of(inside.ledger_id)
    except NotAllowedError:
        row.problem = gettext("This action is no longer yours to report on.")


def _report(given: dict[str, Any], teller: dict[str, Any], row: Row) -> Report:
    language, action = active_language(), row.case.row
    return Report(
        status=Status(given["status"] or action.status),
        text={language: given["text"]} if given["text"] else None,
        reason={**action.reason, language: given["why"]} if given["why"] else None,
        noted_on=teller["told_on"],
        on_behalf=True,
        told_by=given["told_by"] or teller["told_by"],
    )
