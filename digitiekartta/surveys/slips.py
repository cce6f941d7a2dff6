"""What is printed of a round: sheets of code slips and posters as PDF, and lists of codes.

Typeset by Typst from ``paper/*.typ``. Nothing of what is printed is kept.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils import translation
from django.utils.translation import gettext

from digitiekartta.ui import formats

PAPER = Path(__file__).parent / "paper"
_MASK = 4
"""Any mask can be read; looking for the best of the eight would take four times as long."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The slips of a group. ``address`` is the site's, without a slash; codes as printed."""

    municipality: str
    round: str
    unit: str
    address: str
    slug: str
    closes_on: datetime.date | None
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Poster:
    """The poster of a group's open link; ``link`` is the secret part of it."""

    municipality: str
    round: str
    unit: str
    address: str
    slug: str
    link: str
    closes_on: datetime.date | None


def form_address(site: str, slug: str, language: str) -> str:
    """The address at which people answer."""
    prefix = "" if language == "fi" else f"/{language}"
    return f"{site}{prefix}/{slug}/kysely/"


def slips_pdf(sheets: Sequence[Sheet], language: str) -> bytes:
    """Ten slips on a page, each with its code, the address and a QR code that holds both.

    The code stands in the address's fragment, which browsers send to nobody.
    """
    with translation.override(language):
        data = {
            "language": language,
            "title": gettext("Code slips"),
            "heading": gettext("How digital is our municipality?"),
            "lead": gettext("Answer in three minutes. Your answer can't be traced to you."),
            "address_label": gettext("Address"),
            "code_label": gettext("Your code, good for one answer"),
            "sheets": [_sheet(one, language) for one in sheets],
        }
    return _compiled("slips.typ", data)


def _sheet(one: Sheet, language: str) -> dict[str, Any]:
    address = form_address(one.address, one.slug, language)
    return {
        "municipality": one.municipality,
        "round": one.round,
        "unit": one.unit,
        "address": address.partition("://")[2],
        "until": _until(one.closes_on, language),
        "slips": [{"code": code, "qr": _qr(f"{address}#{code}")} for code in one.codes],
    }


def poster_pdf(poster: Poster, language: str) -> bytes:
    """An A4 page with a QR code to hang on a wall."""
    address = f"{form_address(poster.address, poster.slug, language)}?linkki={poster.link}"
    with translation.override(language):
        data = {
            "language": language,
            "title": gettext("How digital is our municipality?"),
            "lead": gettext(
                "Answer in three minutes, on your phone. Nobody can see what you answered."
            ),
            "how": gettext("Point your phone's camera at the code, or type the address:"),
            "several": gettext(
                "This link has no personal code: the same person can answer several times. "
                "Please answer once."
            ),
            "municipality": poster.municipality,
            "round": poster.round,
            "unit": poster.unit,
            "until": _until(poster.closes_on, language),
            "address": address.partition("://")[2],
            "qr": _qr(address),
        }
    return _compiled("poster.typ", data)


def _until(day: datetime.date | None, language: str) -> str:
    if day is None:
        return ""
    return gettext("Answer by %(day)s.") % {"day": formats.date(day, language)}


def code_list(codes: Sequence[str]) -> bytes:
    """A list of codes that spreadsheets and mail merges read: a column under a heading."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([gettext("code")])
    writer.writerows([code] for code in codes)
    return written.getvalue().encode("utf-8-sig")


def _qr(content: str) -> str:
    """A QR code as an SVG picture."""
    code = segno.make(content, error="m", micro=False, mask=_MASK)
    return code.svg_inline(border=0, omitsize=True)


def _compiled(template: str, data: dict[str, Any]) -> bytes:
    made = typst.compile(
        str(PAPER / template),
        root=str(PAPER),
        font_paths=[str(PAPER)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    if not isinstance(made, bytes):
        raise TypeError("not one PDF")
    return made
