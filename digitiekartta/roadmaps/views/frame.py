"""The frame around every page that shows a plan."""

from __future__ import annotations

from django.http import HttpRequest

from digitiekartta.municipalities.framing import (
    PRODUCT_COLOUR,
    Identity,
    Shown,
    bare_frame,
    municipality_frame,
)
from digitiekartta.ui.frame import Frame

from ..pages.approval import approved_by
from ..plan.entities import Plan

__all__ = ["PRODUCT_COLOUR", "bare_frame", "frame_of"]

INSIDE_STYLES = ("roadmaps/inside.css",)
INSIDE_SCRIPTS = ("roadmaps/js/editing.js", "roadmaps/js/load.js")


def frame_of(request: HttpRequest, plan: Plan, *, inside: bool = False) -> Frame:
    """The frame of a page that shows a plan; ``inside``: to one of the municipality's own."""
    municipality = plan.municipality
    identity = Identity(
        name=municipality.name,
        genitive=municipality.genitive,
        slug=municipality.slug,
        languages=municipality.languages,
        colour=municipality.colour,
        logo=municipality.logo,
        features=municipality.features,
    )
    shown = Shown(
        revision=plan.revision,
        example=plan.has_examples,
        unapproved=not plan.approved,
        incomplete=not plan.approved and approved_by(plan) is not None,
        as_of=plan.on,
        styles=INSIDE_STYLES if inside else (),
        scripts=INSIDE_SCRIPTS if inside else (),
    )
    return municipality_frame(request, identity, shown)
