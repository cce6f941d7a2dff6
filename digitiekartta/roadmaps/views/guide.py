"""Ota käyttöön: from nothing to a public site, resumable, each step with its page."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from digitiekartta.history.models import Recorded
from digitiekartta.history.tables import all_tables
from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.inside import Inside, intent_of
from digitiekartta.municipalities.models import Gate, Membership, Party, Perspective
from digitiekartta.municipalities.rules import Feature, PartyKind, is_on
from digitiekartta.municipalities.settings_desk import at_settings, saved, show

from ..models import Action, Roadmap
from ..pages.guide import Facts, StepName, guide_page

SMALL = "suppea"


def roadmap_of(inside: Inside) -> Roadmap | None:
    """The roadmap that begins last: the one that is being made or in force."""
    found = Roadmap.objects.filter(ledger_id=inside.ledger_id)
    return found.order_by("-first").first()


def facts_of(inside: Inside) -> Facts:
    """What stands so far."""
    held, roadmap = inside.municipality, roadmap_of(inside)
    here = {"ledger_id": inside.ledger_id}
    parties = Party.objects.going().filter(**here)
    texts = ("foreword", "vision")
    members = Membership.objects.filter(**here).values("account").distinct().count()
    return Facts(
        missing_names=[
            code for code in held.languages if not (held.name.get(code) and held.genitive.get(code))
        ],
        has_contact=bool(held.contact),
        sectors=parties.filter(kind=PartyKind.SECTOR).count(),
        tasks=frozenset(parties.exclude(task="").values_list("task", flat=True)),
        gates=Gate.objects.filter(**here).count(),
        perspectives=Perspective.objects.filter(**here).count(),
        has_roadmap=roadmap is not None,
        texts=frozenset(name for name in texts if any((getattr(roadmap, name, {}) or {}).values())),
        actions=Action.objects.filter(**here).count(),
        members=members,
        published=held.published and roadmap is not None and roadmap.published,
    )


def has_examples(inside: Inside) -> bool:
    """Whether example content stands in the municipality."""
    return any(
        table._default_manager.filter(Q(example=True), ledger_id=inside.ledger_id).exists()
        for table in all_tables()
        if _may_be_example(table)
    )


def _may_be_example(table: type[Recorded]) -> bool:
    return "example" in table.entity_type.by_name


def step_urls(inside: Inside) -> dict[StepName, str]:
    """The page of each step."""
    named = {
        StepName.BASICS: "municipalities:basics",
        StepName.SECTORS: "municipalities:organisation",
        StepName.BODIES: "municipalities:bodies",
        StepName.FRAMEWORK: "settings:framework",
        StepName.PERIOD: "settings:period",
        StepName.TEXTS: "settings:texts",
        StepName.TEAM: "municipalities:members",
        StepName.LOOK: "settings:preview",
    }
    urls = {step: reverse(name, args=[inside.slug]) for step, name in named.items()}
    urls[StepName.ACTIONS] = _actions_url(inside)
    return urls


def _actions_url(inside: Inside) -> str:
    """Where actions are added: the page for that where there is one, else the list."""
    for name in ("roadmaps:add_action", "roadmaps:new_action", "roadmaps:actions"):
        try:
            return reverse(name, args=[inside.slug])
        except NoReverseMatch:
            continue
    return ""


@at_settings
def guide(request: HttpRequest, inside: Inside) -> HttpResponseBase:
    """The steps; the press of one sets up what is usual, or the small way of using."""
    here = reverse("settings:guide", args=[inside.slug])
    if request.method == "POST":
        intent = intent_of(request, inside)
        if SMALL in request.POST:
            small = {str(one): False for one in Feature}
            features = small if request.POST[SMALL] == "1" else {}
            receipt = municipalities.change_settings(
                ledger_id=inside.ledger_id, intent=intent, features=features
            )
        else:
            receipt = municipalities.add_standard_bodies(ledger_id=inside.ledger_id, intent=intent)
        return saved(here, receipt)
    features = inside.municipality.features
    context = {
        "page": guide_page(facts_of(inside)),
        "urls": step_urls(inside),
        "has_examples": has_examples(inside),
        "is_small": not any(is_on(features, one) for one in Feature),
        "may_set_up": municipalities.may_set_up(inside.member.actor),
    }
    return show(request, inside, "roadmaps/settings/guide.html", context)
