"""Toimenpide: one action, whole."""

from __future__ import annotations

from dataclasses import dataclass

from ..plan.entities import Action, Plan


@dataclass(frozen=True, slots=True)
class ActionPage:
    action: Action


def action_page(plan: Plan, action: Action) -> ActionPage:
    return ActionPage(action)
