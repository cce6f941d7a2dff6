"""Whose survey a respondent is at, and the frame around what she meets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext

from digitiekartta.municipalities.framing import (
    Shown,
    bare_frame,
    identity_of,
    municipality_frame,
)
from digitiekartta.municipalities.models import Municipality
from digitiekartta.ui.clock import now
from digitiekartta.ui.frame import Frame, NavItem
from digitiekartta.ui.framing import language_links
from digitiekartta.ui.languages import pick

from ..models import Round, RoundUnit
from ..pages.respondent import Facts, StartPage, facts_of, start_page
from ..rules import RoundState, Way

SCRIPT = "surveys/js/answer.js"


@dataclass
class RespondentSite:
    """A municipality and its rounds that have been opened, as they stand at a moment."""

    municipality: Municipality
    rounds: tuple[Round, ...]
    at: datetime.datetime

    @property
    def slug(self) -> str:
        return self.municipality.slug

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What is told of each round."""
        ways: dict[UUID, set[Way]] = {one.pk: set() for one in self.rounds}
        held = RoundUnit.objects.filter(round__in=self.rounds, headcount__gt=0)
        for round_id, way in held.values_list("round_id", "way").distinct():
            ways[round_id].add(Way(way))
        return tuple(facts_of(one, ways[one.pk], self.at) for one in self.rounds)

    @cached_property
    def start(self) -> StartPage:
        return start_page(self.facts)

    def round(self, round_id: UUID) -> Round:
        """A round that has been opened. Raises Http404 for any other."""
        for one in self.rounds:
            if one.pk == round_id:
                return one
        raise Http404

    def facts_of(self, round_id: UUID) -> Facts:
        """What is told of a round. Raises Http404 for one that has not been opened."""
        for one in self.facts:
            if one.id == round_id:
                return one
        raise Http404


def site_or_404(slug: str) -> RespondentSite:
    """A municipality that is published or has opened a round: it may ask its staff long before it
    publishes a roadmap. Raises Http404 for any other, and where it has not the page's language."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        raise Http404(gettext("There is no such municipality here."))
    rounds = Round.objects.filter(ledger_id=municipality.ledger_id)
    opened = tuple(rounds.exclude(state=RoundState.DRAFT))
    if not municipality.published and not opened:
        raise Http404(gettext("There is no such municipality here."))
    if get_language() not in municipality.languages:
        raise Http404(gettext("The survey is not available in this language."))
    return RespondentSite(municipality, opened, now())


def respondent_frame(
    request: HttpRequest,
    municipality: Municipality,
    *,
    example: bool = False,
    opened: bool = True,
    to_anybody: bool = True,
) -> Frame:
    """The frame of what everybody meets. A municipality that is not published has no other pages
    to lead to, and no stylesheet of its own. ``opened``: a round has been opened, so that there is
    something to tell of its protection. Respondents are not asked who they are: even whoever is
    signed in is met as anybody (``to_anybody``)."""
    if municipality.published:
        shown = Shown(example=example, to_anybody=to_anybody)
        frame = municipality_frame(request, identity_of(municipality), shown)
        links = frame.footer_links[1:]
    else:
        frame, links = _unpublished(request, municipality, example), ()
    footer = (*_about_the_survey(municipality.slug), *links) if opened else links
    return replace(frame, footer_links=footer, scripts=(*frame.scripts[:1], static(SCRIPT)))


def _unpublished(request: HttpRequest, municipality: Municipality, example: bool) -> Frame:
    language = get_language() or "fi"
    return replace(
        bare_frame(request),
        municipality_name=pick(municipality.name, language).text,
        municipality_genitive=pick(municipality.genitive, language).text,
        home_url=reverse("surveys:form", args=[municipality.slug]),
        languages=language_links(request, tuple(municipality.languages)),
        example=example,
    )


def _about_the_survey(slug: str) -> tuple[NavItem, ...]:
    return (
        NavItem(
            gettext("How your answer is protected"), reverse("surveys:protection", args=[slug])
        ),
        NavItem(gettext("The survey's privacy notice"), reverse("surveys:privacy", args=[slug])),
    )


def alone(frame: Frame) -> Frame:
    """The same frame without ways out: around a form that is being filled in, whose languages are
    switched by the form itself, so that nothing is lost."""
    here = tuple(one for one in frame.languages if one.current)
    return replace(frame, nav=(), search_url=None, languages=here)


def show(
    request: HttpRequest,
    site: RespondentSite,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page in the frame of its municipality; ``frame`` in the context is taken instead."""
    values = {"slug": site.slug, "municipality": site.municipality, **context}
    if "frame" not in values:
        values["frame"] = respondent_frame(
            request, site.municipality, example=site.start.example, opened=bool(site.rounds)
        )
    return render(request, f"surveys/{template}.html", values, status=status)
