"""Which actions a reader's words find."""

from __future__ import annotations

from digitiekartta.ui.languages import pick

from ..plan.entities import Action, Plan


def found_actions(plan: Plan, text: str, language: str) -> frozenset[str]:
    """The ids of the actions in which every word of the text stands."""
    words = text.casefold().split()
    return frozenset(
        one.id for one in plan.actions if all(word in _told(one, language) for word in words)
    )


def _told(action: Action, language: str) -> str:
    texts = (action.title, action.statement, action.benefit)
    party = action.responsible.name if action.responsible is not None else {}
    said = (pick(one, language).text for one in (*texts, party))
    return " ".join((action.number, *said)).casefold()
