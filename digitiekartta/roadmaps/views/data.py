"""Open data: the public roadmap document, its schema, the approved versions; and the stylesheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from digitiekartta.decisions.queries import frozen_document
from digitiekartta.documents.document import canonical, sha256
from digitiekartta.documents.redaction import restrict
from digitiekartta.history.queries import current
from digitiekartta.municipalities.inside import inside_of
from digitiekartta.ui.cache.marks import STATIC, public_page
from digitiekartta.ui.clock import now
from digitiekartta.ui.stylesheet import Stylesheet, themed_stylesheet

from ..derived import derived
from ..document import as_json, public_document
from ..document import schema as document_schema
from ..plan.entities import Version
from ..queries import NoRoadmapError, Site, document_and_plan
from .frame import PRODUCT_COLOUR
from .pages import public_plan, render_page, site_or_404

JSON = "application/json; charset=utf-8"
SCHEMA_JSON = "application/schema+json; charset=utf-8"


def open_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The page that tells what can be fetched, and under which licence."""
    return render_page(request, slug, "open_data", lambda plan: {})


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The public roadmap document as it stands, and beside it how each action stands today."""
    site = site_or_404(slug)
    try:
        standing, plan = document_and_plan(site.ledger_id, on=now().date())
    except NoRoadmapError:
        raise Http404(gettext("The municipality has not published its roadmap yet.")) from None
    content = as_json(
        standing.document,
        revision=standing.revision,
        as_of=plan.on.isoformat(),
        beside=derived(plan.actions),
    )
    return public_page(_open(content, JSON), scope=str(site.ledger_id))


def schema(request: HttpRequest, slug: str) -> HttpResponse:
    """The JSON Schema of the roadmap document."""
    site = site_or_404(slug)
    return public_page(_open(canonical(document_schema()), SCHEMA_JSON), scope=str(site.ledger_id))


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The public file of an approved version: the bytes whose SHA-256 the record holds.

    What has been withdrawn from the public since is left out; the file then has another hash, and
    the header ``X-Content-Withdrawn`` says so.
    """
    site = site_or_404(slug)
    found = _version_numbered(public_plan(site).versions, number)
    content = _public_bytes(site.ledger_id, found)
    response = _open(content, JSON)
    if sha256(content) != found.public_sha256:
        response["X-Content-Withdrawn"] = "1"
    return public_page(response, scope=str(site.ledger_id))


def _version_numbered(versions: tuple[Version, ...], number: int) -> Version:
    for one in versions:
        if one.number == number:
            return one
    raise Http404(gettext("There is no version with this number."))


def _public_bytes(ledger_id: UUID, found: Version) -> bytes:
    frozen = restrict(frozen_document(UUID(found.id)), current(ledger_id).document)
    return as_json(
        public_document(frozen),
        revision=found.frozen_revision,
        as_of=found.decision.decided_on.isoformat(),
    )


def stylesheet(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The municipality's stylesheet, under an address that changes with its content; one that is
    not published has it for its own people."""
    inside = inside_of(request, slug)
    site = site_or_404(slug) if inside is None else Site(inside.ledger_id, slug)
    records: Any = current(site.ledger_id).document.of("municipality").values()
    colour = next((one.get("colour") for one in records), None) or PRODUCT_COLOUR
    return _css(themed_stylesheet(colour), digest, scope=str(site.ledger_id))


def product_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet of pages that belong to no municipality."""
    return _css(themed_stylesheet(PRODUCT_COLOUR), digest, scope=STATIC)


def _css(sheet: Stylesheet, digest: str, *, scope: str) -> HttpResponse:
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    if digest == sheet.digest:
        response["Cache-Control"] = "public, max-age=31536000, immutable"
    return public_page(response, scope=scope)


def _open(content: bytes, content_type: str) -> HttpResponse:
    """An answer that other sites' pages may read too: it is public."""
    response = HttpResponse(content, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response
