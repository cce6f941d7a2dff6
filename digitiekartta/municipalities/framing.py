"""The frame around every page of a municipality.

It names addresses of the rooms above by their names alone, as links do.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from digitiekartta.ui.frame import Frame, NavItem
from digitiekartta.ui.framing import PRODUCT_COLOUR, SCRIPTS, bare_frame, language_links
from digitiekartta.ui.languages import Texts, pick
from digitiekartta.ui.stylesheet import font_url, themed_stylesheet

from .models import Municipality
from .permissions import TEAM, Member, Viewer, member_of
from .rules import Feature, is_on

MEMBERS_SCRIPTS = ("live/presence.js",)
"""Before the script that opens the stream: they hear what it says from its beginning."""
MEMBERS_STYLES = ("live/members.css",)
LIVE = {False: "live", True: "live?jasen"}
"""The stream by whether the page is a member's: hers is told when her session has ended."""
NAVIGATION = ("home", "levels", "actions", "goals", "changes", "model")


__all__ = [
    "PRODUCT_COLOUR",
    "Identity",
    "Shown",
    "bare_frame",
    "identity_of",
    "municipality_frame",
]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a frame shows of a municipality."""

    name: Texts
    genitive: Texts
    slug: str
    languages: tuple[str, ...]
    colour: str
    logo: str = ""
    features: Mapping[str, bool] = field(default_factory=dict)


def identity_of(municipality: Municipality) -> Identity:
    """What frames show of a municipality."""
    return Identity(
        name=municipality.name,
        genitive=municipality.genitive,
        slug=municipality.slug,
        languages=tuple(municipality.languages),
        colour=municipality.colour,
        logo=municipality.logo,
        features=municipality.features,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, as far as its frame tells of it.

    ``revision`` makes the page a live one. ``unapproved``: the plan has no approved version yet.
    ``incomplete``: it has been approved, but the version that was approved has not been added.
    ``to_anybody``: the page does not look at who is signed in. ``styles`` and ``scripts`` name
    static files that only some pages need.
    """

    revision: int | None = None
    example: bool = False
    unapproved: bool = False
    incomplete: bool = False
    as_of: datetime.date | None = None
    to_anybody: bool = False
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def municipality_frame(request: HttpRequest, identity: Identity, shown: Shown) -> Frame:
    """The frame of a page of a municipality."""
    slug = identity.slug
    home = reverse("roadmaps:home", args=[slug])
    viewer = None if shown.to_anybody else _viewer(request)
    somebody = _member(viewer, slug) if viewer is not None else None
    member = shown.revision is not None and somebody is not None
    scripts = (SCRIPTS[0], *(MEMBERS_SCRIPTS if member else ()), *SCRIPTS[1:], *shown.scripts)
    styles = (*(MEMBERS_STYLES if member else ()), *shown.styles)
    return Frame(
        stylesheet_url=_stylesheet_url(identity),
        font_url=font_url(),
        languages=language_links(request, identity.languages),
        municipality_name=_said(identity.name),
        municipality_genitive=_said(identity.genitive),
        home_url=home,
        nav=_navigation(request, identity),
        logo_url=_logo_url(identity),
        **({} if viewer is None else _account(request, identity, somebody)),
        search_url=reverse("roadmaps:search", args=[slug]),
        scripts=tuple(static(name) for name in scripts),
        styles=tuple(static(name) for name in styles),
        member=member,
        sign_in_url=_sign_in_url(request) if member else "",
        live_url=home + LIVE[member] if shown.revision is not None else None,
        revision=shown.revision,
        example=shown.example,
        unapproved=shown.unapproved,
        incomplete=shown.incomplete,
        footer_links=_footer(identity, signed_in=viewer is not None),
        as_of=shown.as_of,
    )


def _navigation(request: HttpRequest, identity: Identity) -> tuple[NavItem, ...]:
    labels = {
        "home": gettext("Home"),
        "levels": gettext("Levels"),
        "actions": gettext("Actions"),
        "goals": gettext("Goals"),
        "changes": gettext("Changes"),
        "model": gettext("Who decides"),
    }
    here = request.resolver_match.url_name if request.resolver_match else ""
    current = {"action": "actions"}.get(here or "", here)
    return tuple(
        NavItem(labels[name], reverse(f"roadmaps:{name}", args=[identity.slug]), name == current)
        for name in NAVIGATION
        if name != "levels" or is_on(identity.features, Feature.LEVELS)
    )


def _logo_url(identity: Identity) -> str | None:
    if not identity.logo:
        return None
    return reverse("municipalities:logo", args=[identity.slug, identity.logo])


def _account(request: HttpRequest, identity: Identity, member: Member | None) -> dict[str, Any]:
    """What whoever is signed in sees besides, of the municipality (``member``) or not."""
    items = []
    if member is not None:
        items.append(_link(request, gettext("My tasks"), "desk:own", identity.slug))
        if is_on(identity.features, Feature.IDEAS):
            items.append(_link(request, gettext("Ideas"), "ideas:list", identity.slug))
    if member is not None and member.has(*TEAM):
        items.append(_link(request, gettext("Overview"), "desk:overview", identity.slug))
        if is_on(identity.features, Feature.SURVEYS):
            items.append(_link(request, gettext("Surveys"), "rounds:list", identity.slug))
        items.append(_link(request, gettext("Settings"), "municipalities:settings", identity.slug))
    items.append(NavItem(gettext("My account"), reverse("accounts:account")))
    return {
        "account": tuple(items),
        "sign_out": NavItem(gettext("Sign out"), reverse("accounts:sign_out")),
    }


def _link(request: HttpRequest, label: str, name: str, slug: str) -> NavItem:
    """A link that is current on every page below its address."""
    address = reverse(name, args=[slug])
    return NavItem(label, address, request.path.startswith(address))


def _viewer(request: HttpRequest) -> Viewer | None:
    """Who is signed in. The session is looked at only where there is a cookie of one: else every
    page would differ by its cookie and could not be kept."""
    viewer: Viewer | None = getattr(request, "user", None)
    has_session = bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    return viewer if has_session and viewer is not None and viewer.is_authenticated else None


def _member(viewer: Viewer, slug: str) -> Member | None:
    """Who somebody is in the municipality; None for a stranger."""
    ledger_id = Municipality.objects.filter(slug=slug).values_list("ledger_id", flat=True).first()
    return None if ledger_id is None else member_of(viewer, ledger_id)


def _sign_in_url(request: HttpRequest) -> str:
    with contextlib.suppress(NoReverseMatch):
        return f"{reverse('accounts:sign_in')}?{urlencode({'next': request.get_full_path()})}"
    return ""


def _footer(identity: Identity, *, signed_in: bool) -> tuple[NavItem, ...]:
    slug = identity.slug
    ideas = NavItem(gettext("Ideas"), reverse("ideas:list", args=[slug]))
    return (
        NavItem(gettext("Open data"), reverse("roadmaps:open_data", args=[slug])),
        *((ideas,) if is_on(identity.features, Feature.IDEAS) else ()),
        NavItem(gettext("Accessibility"), reverse("roadmaps:accessibility", args=[slug])),
        NavItem(gettext("Privacy"), reverse("roadmaps:privacy", args=[slug])),
        *(() if signed_in else (NavItem(gettext("Sign in"), reverse("accounts:sign_in")),)),
    )


def _stylesheet_url(identity: Identity) -> str:
    digest = themed_stylesheet(identity.colour or PRODUCT_COLOUR).digest
    return reverse("roadmaps:stylesheet", args=[identity.slug, digest])


def _said(texts: Texts) -> str:
    return pick(texts, get_language() or "fi").text
