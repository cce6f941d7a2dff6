"""The steps of taking into use that have a page of their own: period, texts, looking, publishing;
ready texts to send, a test mail, and taking the example content away."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import replace
from uuid import uuid4

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from digitiekartta.accounts.models import User
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.inside import Inside, Stamp, intent_of
from digitiekartta.municipalities.models import Framework, Party
from digitiekartta.municipalities.rules import BodyTask, BrokenSetting, PartyKind, SettingError
from digitiekartta.municipalities.settings_desk import (
    at_settings,
    may_change,
    saved,
    sent,
    show,
)
from digitiekartta.ui import formats
from digitiekartta.ui.clock import now
from digitiekartta.ui.languages import pick

from .. import services
from ..forms.settings import PeriodForm, RoadmapTextsForm
from ..letters import LetterFacts, letters
from ..models import Roadmap
from ..pages.guide import guide_page
from .guide import facts_of, has_examples, roadmap_of
from .pages import PLAN, RESIDENT

log = logging.getLogger(__name__)
PUBLIC_PAGES = ("home", "levels", "actions", "goals", "changes", "model")
SENT = "lahetetty"


def _guide_url(inside: Inside) -> str:
    return reverse("settings:guide", args=[inside.slug])


@at_settings
def period(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The first roadmap: from which half-year to which."""
    held = roadmap_of(inside)
    framework = Framework.objects.filter(ledger_id=inside.ledger_id).order_by("-version").first()
    form = PeriodForm(sent(request), today=now().date())
    if request.method == "POST" and held is not None:
        raise SettingError(BrokenSetting.SET_UP_ALREADY)
    if request.method == "POST" and framework is not None and form.is_valid():
        span = form.period()
        years = f"{span.first.year}–{span.last.year}"
        receipt = services.create_roadmap(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            title=_title(inside, years),
            period=span,
            framework_id=framework.pk,
        )
        return saved(_guide_url(inside), receipt)
    context = {"form": form, "roadmap": held, "framework": framework}
    status = 422 if form.errors else 200
    return show(request, inside, "roadmaps/settings/period.html", context, status=status)


def _title(inside: Inside, years: str) -> dict[str, str]:
    made = {}
    for code in inside.municipality.languages:
        with translation.override(code):
            made[code] = gettext("Digital roadmap %(years)s") % {"years": years}
    return made


@at_settings
def texts(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Foreword, vision and operating model in the municipality's languages."""
    roadmap = roadmap_of(inside)
    if roadmap is None:
        return show(request, inside, "roadmaps/settings/texts.html", {"form": None})
    held = {name: getattr(roadmap, name) for name, _label, _rows in RoadmapTextsForm.NAMES}
    form = RoadmapTextsForm(sent(request), held=held, languages=inside.municipality.languages)
    if request.method == "POST" and form.is_valid():
        receipt = services.write_texts(
            ledger_id=inside.ledger_id,
            intent=intent_of(request, inside),
            roadmap_id=roadmap.pk,
            texts=form.texts(),
        )
        return saved(_guide_url(inside), receipt)
    status = 422 if form.errors else 200
    return show(request, inside, "roadmaps/settings/texts.html", {"form": form}, status=status)


@at_settings
def preview(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Näin tämä näkyy asukkaalle: the public pages, also before anybody else sees them."""
    pages = [
        (name, f"{reverse(f'roadmaps:{name}', args=[inside.slug])}?{PLAN}={RESIDENT}")
        for name in PUBLIC_PAGES
    ]
    context = {"pages": pages, "roadmap": roadmap_of(inside)}
    return show(request, inside, "roadmaps/settings/preview.html", context)


@at_settings
def publish(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Opens the site to everybody: the municipality and its roadmap at once."""
    roadmap = roadmap_of(inside)
    page = guide_page(facts_of(inside))
    if request.method == "POST":
        if roadmap is None:
            raise SettingError(BrokenSetting.NOT_READY)
        return _publish(request, inside, roadmap)
    context = {"page": page, "roadmap": roadmap}
    return show(request, inside, "roadmaps/settings/publish.html", context)


def _publish(request: HttpRequest, inside: Inside, roadmap: Roadmap) -> HttpResponse:
    intent = intent_of(request, inside)
    services.publish_roadmap(
        ledger_id=inside.ledger_id,
        intent=replace(intent, key=str(uuid4())),
        roadmap_id=roadmap.pk,
    )
    receipt = municipalities.publish_municipality(ledger_id=inside.ledger_id, intent=intent)
    return saved(_guide_url(inside), receipt)


@at_settings
def remove_examples(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Takes the example content away, after saying what goes and what stays."""
    if request.method == "POST":
        receipt = services.remove_examples(
            ledger_id=inside.ledger_id, intent=intent_of(request, inside)
        )
        return saved(_guide_url(inside), receipt)
    context = {"has_examples": has_examples(inside)}
    return show(request, inside, "roadmaps/settings/remove_examples.html", context)


@at_settings
def letters_to_send(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Ready texts for the sectors and the management team, in the language that is asked for."""
    languages = inside.municipality.languages
    asked = request.GET.get("kieli", "")
    language = asked if asked in languages else languages[0]
    context = {
        "letters": letters(_letter_facts(request, inside, language), language),
        "language_of_texts": language,
    }
    return show(request, inside, "roadmaps/settings/letters.html", context)


def _letter_facts(request: HttpRequest, inside: Inside, language: str) -> LetterFacts:
    held, roadmap = inside.municipality, roadmap_of(inside)
    parties = list(
        Party.objects.going().filter(ledger_id=inside.ledger_id).order_by("rank", "slug")
    )
    with translation.override(language):
        path = reverse("roadmaps:home", args=[inside.slug])
        period = ""
        if roadmap is not None:
            first, last = roadmap.first, roadmap.last
            period = formats.half_years((first.year, first.half), (last.year, last.half), language)
        site = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
        return LetterFacts(
            whose=pick(held.genitive, language).text or pick(held.name, language).text,
            address=site + path,
            contact=held.contact,
            sectors=[
                pick(one.name, language).text for one in parties if one.kind == PartyKind.SECTOR
            ],
            owner=_holder(parties, BodyTask.OWNS, language) or gettext("the management team"),
            approver=_holder(parties, BodyTask.APPROVES, language) or gettext("The board"),
            team=_holder(parties, BodyTask.KEEPS, language) or gettext("the digital team"),
            period=period,
        )


def _holder(parties: list[Party], task: BodyTask, language: str) -> str:
    found = next((one for one in parties if one.task == task), None)
    return pick(found.name, language).text if found is not None else ""


@at_settings
def test_mail(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """Sends a message to the coordinator herself, and tells where mail goes."""
    address = User.objects.filter(pk=inside.member.actor).values_list("email", flat=True).first()
    sent: bool | None = None
    if request.method == "POST" and address and may_change(inside):
        sent = _send(address)
    context = {
        "address": address,
        "sent": sent,
        "outbox": getattr(settings, "EMAIL_FILE_PATH", None) is not None,
        "stamp": Stamp(0, ""),
    }
    status = 502 if sent is False else 200
    return show(request, inside, "roadmaps/settings/test_mail.html", context, status=status)


def _send(address: str) -> bool:
    try:
        count = send_mail(
            gettext("Test message from Digitiekartta"),
            gettext("Mail works: this message came from your municipality's digital roadmap."),
            None,
            [address],
        )
    except (OSError, smtplib.SMTPException) as problem:
        log.warning("the test mail could not be sent: %s", type(problem).__name__)
        return False
    return count == 1
