"""Writing ideas: one verb each, in one transaction, under the ledger's lock."""

from .handling import Step, handle_idea, make_action, publish_idea
from .moderating import publish_received, receive_idea, turn_away
from .proposing import Proposal, propose_idea, support_idea, withdraw_support

__all__ = [
    "Proposal",
    "Step",
    "handle_idea",
    "make_action",
    "propose_idea",
    "publish_idea",
    "publish_received",
    "receive_idea",
    "support_idea",
    "turn_away",
    "withdraw_support",
]
