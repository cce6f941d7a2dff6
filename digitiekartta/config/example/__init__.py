"""The example: Kauhava with the facts of its own document, and a made-up plan flagged as such.

The history is played through the services, dated as it would have happened, up to today: the
log, the versions and Muutokset are real from the start.
"""

from __future__ import annotations

import datetime

from django.db import transaction

from digitiekartta.history.rules import Intent
from digitiekartta.municipalities.models import Municipality
from digitiekartta.roadmaps import services

from .facts import load_facts
from .plan import load_plan

__all__ = ["load_example", "remove_example"]


def load_example(now: datetime.datetime) -> bool:
    """Loads Kauhava when there is no municipality at all; tells whether it did. All or nothing."""
    if Municipality.objects.exists():
        return False
    with transaction.atomic():
        facts = load_facts(now)
        load_plan(facts, now)
    return True


def remove_example(now: datetime.datetime) -> int:
    """Removes all example content of every municipality; tells in how many there was some."""
    changed = 0
    for municipality in Municipality.objects.all():
        before = municipality.ledger.revision
        receipt = services.remove_examples(
            ledger_id=municipality.ledger_id, intent=Intent(actor=None, at=now)
        )
        changed += receipt.revision != before
    return changed
