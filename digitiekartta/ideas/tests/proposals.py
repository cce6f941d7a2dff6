"""Ideas for tests: proposed by the town itself, or sent by a resident."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from digitiekartta.documents.registry import Audience
from digitiekartta.ideas import services
from digitiekartta.ideas.forms import opened_stamp
from digitiekartta.ideas.models import Idea, Received
from digitiekartta.municipalities.models import Municipality
from digitiekartta.municipalities.services import change_settings
from tests.kauhava import NOW, Town, intent

HERE = "/lappajarvi/ideat/"
NOTE = {"fi": "Selvitämme asiaa."}


def idea(
    town: Town, title: str = "Vene lainaan", *, audience: Audience = Audience.PUBLIC, **more: Any
) -> Idea:
    """An idea of the staff, public unless said otherwise."""
    proposal = services.Proposal(
        "fi", title, "Rannassa olisi kunnan vene, jonka saa lainata.", **more
    )
    receipt = services.propose_idea(
        ledger_id=town.ledger_id, intent=intent(), proposal=proposal, audience=audience
    )
    return Idea.objects.get(pk=receipt.entity_id)


def open_to_residents(town: Town) -> Municipality:
    change_settings(ledger_id=town.ledger_id, intent=intent(), ideas_from="everybody")
    return Municipality.objects.get(ledger_id=town.ledger_id)


def received(town: Town, title: str = "Laituri", email: str = "") -> Received:
    """What a resident sent, waiting for moderation."""
    key = uuid4()
    services.receive_idea(
        municipality=open_to_residents(town),
        key=key,
        proposal=services.Proposal("fi", title, "Uusi laituri rantaan."),
        email=email,
        at=NOW,
    )
    return Received.objects.get(pk=key)


def step(town: Town, of: UUID, state: Any, **more: Any) -> None:
    services.handle_idea(
        ledger_id=town.ledger_id,
        intent=intent(),
        idea_id=of,
        step=services.Step(state=state, note=NOTE, **more),
    )


def sent(**changed: str) -> dict[str, str]:
    """What a resident's form sends, when she took her time."""
    values = {
        "title": "Pyörätelineet aseman viereen",
        "proposal": "Asemalle tarvitaan katettuja pyörätelineitä.",
        "reason": "",
        "benefit": "",
        "email": "",
        "website": "",
        "opened": opened_stamp(),
        "lahetys": str(uuid4()),
    }
    return values | changed
