"""Saavutettavuus and Tietosuoja: what the statements say of the municipality itself."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ..plan.entities import Municipality, Plan

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()-]{5,}")


@dataclass(frozen=True, slots=True)
class Contact:
    """How the municipality is reached: the text as given, and an address to follow if it is one."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    municipality: Municipality
    contact: Contact | None
    reviewed_on: datetime.date | None
    review_is_due: bool
    """Whether a year has passed since the last review, or none has been made."""


def statement_page(plan: Plan, *, feedback: bool = False) -> StatementPage:
    """What a statement says. ``feedback``: its contact is where feedback on accessibility goes."""
    municipality = plan.municipality
    reviewed = municipality.accessibility_reviewed_on
    return StatementPage(
        municipality=municipality,
        contact=contact_of((feedback and municipality.feedback_email) or municipality.contact),
        reviewed_on=reviewed,
        review_is_due=reviewed is None or plan.on > _a_year_after(reviewed),
    )


def contact_of(written: str) -> Contact | None:
    """The contact as people follow it: an e-mail address, a phone number, a page or plain text."""
    text = written.strip()
    if not text:
        return None
    if _MAIL.fullmatch(text):
        return Contact(text, f"mailto:{text}")
    if _PHONE.fullmatch(text):
        return Contact(text, "tel:" + re.sub(r"[^\d+]", "", text))
    if text.startswith(("https://", "http://")):
        return Contact(text, text)
    return Contact(text, "")


def _a_year_after(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the leap day
        return day.replace(year=day.year + 1, day=28)
