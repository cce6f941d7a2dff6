"""What follows from the roadmap document on a day, as open data: how each action stands. Pure.

It is computed and never recorded (``rules.py``), so it is no part of the document or of a frozen
version: it stands beside the document that is given as at a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .plan.entities import Action
from .rules import Situation

DERIVED: Mapping[str, Any] = {
    "situations": {
        "type": "array",
        "title": "Situations of the actions",
        "description": "Toimenpiteiden tilanne / Åtgärdernas läge",
        "$comment": "Computed as at as_of; in the document as it stands, never in a version",
        "items": {
            "type": "object",
            "properties": {
                "action": {"type": "string", "$comment": "id of action"},
                "situation": {
                    "title": "Situation: an action counts once, as the first that fits",
                    "description": "Tilanne / Läge",
                    "enum": [str(one) for one in Situation],
                },
                "late": {
                    "title": "Late, also beside another situation",
                    "description": "Myöhässä / Försenad",
                    "type": "boolean",
                },
                "waiting_for_money": {
                    "title": "Waiting for money, also beside another situation",
                    "description": "Odottaa määrärahaa / Väntar på anslag",
                    "type": "boolean",
                },
            },
            "required": ["action", "situation", "late", "waiting_for_money"],
            "additionalProperties": False,
        },
    }
}
"""The schemas of what is derived, by the member that holds it."""


def derived(actions: Iterable[Action]) -> dict[str, Any]:
    """How each action stands on its plan's day, in the order of the plan."""
    return {
        "situations": [
            {
                "action": one.id,
                "situation": str(one.situation),
                "late": one.late,
                "waiting_for_money": one.waiting,
            }
            for one in actions
        ]
    }
