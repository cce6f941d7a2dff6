"""Codes: made for a group and shown once; sheets of slips, lists, and posters of open links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify

from digitiekartta.history.rules import Intent
from digitiekartta.ui.languages import pick

from .. import services
from ..forms import SpareForm
from ..models import Codes, Round, RoundUnit
from ..rules import (
    CODE_LENGTH,
    Broken,
    RoundError,
    RoundState,
    Way,
    hashed_code,
    most_codes,
    shown_code,
    typed_code,
    unsealed,
)
from ..slips import Poster, Sheet, code_list, poster_pdf, slips_pdf
from ..words import WAYS
from .rounds import view_of
from .rounds_desk import Desk, address, at_desk, intent_of, show, stamp
from .rounds_texts import site_of

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Made:
    """A group's codes while they are shown, as they are printed."""

    unit: RoundUnit
    codes: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.codes)


@at_desk
def codes(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Which groups have codes, and a press that makes them."""
    one = desk.round(round_id)
    context = {"page": view_of(one), "stamp": stamp(request, desk), "ways": WAYS}
    if request.method == "POST":
        _open_or_stop(one)
        units = [unit for unit in _units(one) if unit.headcount and not unit.code_count]
        return _shown_once(request, desk, one, units)
    return show(request, desk, "codes", context)


@at_desk
def unit_codes(request: HttpRequest, desk: Desk, round_id: UUID, unit_id: UUID) -> HttpResponseBase:
    """Makes codes of one group, or spare ones, and shows them this once."""
    one = desk.round(round_id)
    unit = _unit(one, unit_id)
    if request.method != "POST":
        form = SpareForm(initial={"count": max(2, unit.headcount // 10)})
        return _spare_page(request, desk, one, unit, form)
    _open_or_stop(one)
    if not unit.code_count:
        return _shown_once(request, desk, one, [unit])
    form = SpareForm(request.POST)
    if not form.is_valid():
        return _spare_page(request, desk, one, unit, form)
    return _shown_once(request, desk, one, [unit], form.cleaned_data["count"])


def _spare_page(
    request: HttpRequest, desk: Desk, one: Round, unit: RoundUnit, form: SpareForm
) -> HttpResponse:
    context = {
        "one": one,
        "unit": unit,
        "form": form,
        "left": max(0, most_codes(unit.headcount) - unit.code_count),
        "stamp": stamp(request, desk),
    }
    return show(request, desk, "spare", context, 422 if form.is_bound else 200)


def _open_or_stop(one: Round) -> None:
    if one.state != RoundState.OPEN:
        raise RoundError(Broken.NOT_OPEN)


def _shown_once(
    request: HttpRequest,
    desk: Desk,
    one: Round,
    units: Iterable[RoundUnit],
    count: int | None = None,
) -> HttpResponse:
    intent = intent_of(request, desk)
    made = [_made(desk, unit, intent, count) for unit in units if unit.way != Way.OPEN_LINK]
    context = {
        "one": one,
        "made": [each for each in made if each.codes],
        "languages": desk.municipality.languages,
    }
    return show(request, desk, "codes_once", context)


def _made(desk: Desk, unit: RoundUnit, intent: Intent, count: int | None) -> Made:
    own = Intent(
        actor=intent.actor,
        at=intent.at,
        expected_revision=intent.expected_revision,
        key=f"{intent.key}:{unit.pk}",
    )
    made = services.make_codes(ledger_id=desk.ledger_id, intent=own, unit_id=unit.pk, count=count)
    return Made(unit, tuple(shown_code(code) for code in made.codes))


@at_desk
def slips(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Codes that a page holds, as sheets of slips to print. Nothing of them is kept."""
    one = desk.round(round_id)
    if request.method != "POST":
        return redirect(address("codes", desk, one.pk))
    language = _language(request, desk)
    sheets = [
        Sheet(
            municipality=pick(desk.municipality.name, language).text,
            round=pick(one.name, language).text,
            unit=pick(each.unit.called, language).text,
            address=site_of(request),
            slug=desk.slug,
            closes_on=one.closes_on,
            codes=each.codes,
        )
        for each in _posted(request, one)
    ]
    return _file(slips_pdf(sheets, language), PDF, f"vastauslaput-{_named(sheets)}.pdf")


@at_desk
def listed(request: HttpRequest, desk: Desk, round_id: UUID) -> HttpResponseBase:
    """Codes that a page holds, as a list for the municipality's own mail merge."""
    one = desk.round(round_id)
    if request.method != "POST":
        return redirect(address("codes", desk, one.pk))
    posted = _posted(request, one)
    held = [code for each in posted for code in each.codes]
    name = slugify(posted[0].unit.party.slug) if len(posted) == 1 else "kaikki"
    return _file(code_list(held), CSV, f"tunnukset-{name}.csv")


@at_desk
def poster(request: HttpRequest, desk: Desk, round_id: UUID, unit_id: UUID) -> HttpResponseBase:
    """The poster of a group's open link."""
    one = desk.round(round_id)
    unit = _unit(one, unit_id)
    if unit.way != Way.OPEN_LINK or one.state not in (RoundState.DRAFT, RoundState.OPEN):
        raise Http404
    language = _language(request, desk)
    sheet = Poster(
        municipality=pick(desk.municipality.name, language).text,
        round=pick(one.name, language).text,
        unit=pick(unit.called, language).text,
        address=site_of(request),
        slug=desk.slug,
        link=unit.link,
        closes_on=one.closes_on,
    )
    return _file(poster_pdf(sheet, language), PDF, f"juliste-{unit.party.slug}.pdf")


def _units(one: Round) -> list[RoundUnit]:
    return list(RoundUnit.objects.filter(round=one).select_related("party").order_by("rank"))


def _unit(one: Round, unit_id: UUID) -> RoundUnit:
    return RoundUnit.objects.select_related("party").get(pk=unit_id, round=one)


def _posted(request: HttpRequest, one: Round) -> list[Made]:
    """The codes that the page sent back, each of them one of its group's. Raises BadRequest."""
    held = [
        Made(unit, tuple(request.POST[f"codes-{unit.pk}"].split()))
        for unit in _units(one)
        if f"codes-{unit.pk}" in request.POST
    ]
    if not held or not all(_are_its(each, one) for each in held):
        raise BadRequest
    return held


def _are_its(each: Made, one: Round) -> bool:
    kept = Codes.objects.filter(unit=each.unit).values_list("given", flat=True).first()
    known = set(unsealed(bytes(kept or b"")))
    codes = [typed_code(code) for code in each.codes]
    return bool(codes) and all(
        len(code) == CODE_LENGTH and hashed_code(code, bytes(one.salt)) in known for code in codes
    )


def _language(request: HttpRequest, desk: Desk) -> str:
    asked = (
        request.POST.get("language") or request.GET.get("kieli") or desk.municipality.languages[0]
    )
    if asked not in desk.municipality.languages:
        raise BadRequest
    return str(asked)


def _named(sheets: list[Sheet]) -> str:
    return slugify(sheets[0].unit) if len(sheets) == 1 else "kaikki"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
