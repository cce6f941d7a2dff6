"""What most municipalities begin with: bodies, the annual clock, the framework of perspectives."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Framework, Gate, Party, Perspective
from ..rules import BrokenSetting, SettingError
from .keeping import commit_setting

_FILE = Path(__file__).parent.parent / "standard.json"


@cache
def standard() -> dict[str, Any]:
    """Bodies, gates and framework as most municipalities have them, in three languages."""
    held: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return held


def add_standard_bodies(*, ledger_id: UUID, intent: Intent) -> Receipt:
    """Board, management team, digital team and coordinator, and the dates of the annual clock.

    A task that somebody has already is left to her. Raises SettingError where nothing is missing.
    """

    def write(pen: Pen) -> Party | None:
        parties = Party.objects.filter(ledger_id=ledger_id)
        holders = {one.task: one for one in parties if one.task}
        slugs = {one.slug for one in parties}
        added = None
        for rank, one in enumerate(standard()["bodies"], start=1):
            if one["task"] not in holders and one["slug"] not in slugs:
                added = holders[one["task"]] = pen.add(Party, rank=rank, **one)
        _add_gates(pen, holders)
        if not pen.changes:
            raise SettingError(BrokenSetting.SET_UP_ALREADY)
        return added

    return commit_setting(ledger_id, "add_party", intent, write, {"standard": "bodies"})


def _add_gates(pen: Pen, holders: dict[str, Party]) -> None:
    if Gate.objects.filter(ledger=pen.ledger).exists():
        return
    for rank, one in enumerate(standard()["gates"], start=1):
        held = {name: value for name, value in one.items() if name != "task"}
        pen.add(Gate, rank=rank, party=holders.get(one["task"]), **held)


def add_standard_framework(*, ledger_id: UUID, intent: Intent) -> Receipt:
    """The eleven perspectives and five levels. Raises SettingError where there is a framework."""

    def write(pen: Pen) -> Framework:
        if Framework.objects.filter(ledger_id=ledger_id).exists():
            raise SettingError(BrokenSetting.SET_UP_ALREADY)
        held = standard()["framework"]
        framework = pen.add(Framework, name=held["name"], version=1, scale=held["scale"])
        for one in held["perspectives"]:
            pen.add(Perspective, framework=framework, **one)
        return framework

    return commit_setting(ledger_id, "add_framework", intent, write, {"standard": "framework"})
