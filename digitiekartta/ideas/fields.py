"""Ideas in the document of a ledger. They are no part of the roadmap document."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    VISIBILITY,
    Audience,
    Authority,
    EntityType,
    Field,
    Label,
    ValueType,
)

from .rules import IdeaState, Origin

_LIVE = Authority.PROGRESS
_STATE = Field(
    "state",
    ValueType.CHOICE,
    Label("Vaihe", "Skede", "Stage"),
    authority=_LIVE,
    choices=tuple(IdeaState),
    required=True,
)
_HANDLER = Field(
    "handler",
    ValueType.REFERENCE,
    Label("Käsittelijä", "Handläggare", "Handled by"),
    authority=_LIVE,
    refers_to="party",
)
_OF_IDEA = Field(
    "idea", ValueType.REFERENCE, Label("Idea", "Idé", "Idea"), refers_to="idea", required=True
)

IDEA = EntityType(
    "idea",
    "ideas",
    Label("Idea", "Idé", "Idea"),
    (
        Field("number", ValueType.INTEGER, Label("Numero", "Nummer", "Number"), authority=_LIVE),
        Field("title", ValueType.TEXT, Label("Otsikko", "Rubrik", "Title"), authority=_LIVE),
        Field(
            "proposal",
            ValueType.TEXT,
            Label("Mitä ehdotetaan", "Vad föreslås", "What is proposed"),
            authority=_LIVE,
        ),
        Field("reason", ValueType.TEXT, Label("Miksi", "Varför", "Why"), authority=_LIVE),
        Field(
            "benefit",
            ValueType.TEXT,
            Label("Kuka hyötyy", "Vem har nytta", "Who benefits"),
            authority=_LIVE,
        ),
        Field(
            "perspective",
            ValueType.REFERENCE,
            Label("Näkökulma", "Perspektiv", "Perspective"),
            authority=_LIVE,
            refers_to="perspective",
        ),
        Field(
            "origin",
            ValueType.CHOICE,
            Label("Ehdottaja", "Förslagsställare", "Proposed by"),
            authority=_LIVE,
            choices=tuple(Origin),
            required=True,
        ),
        Field(
            "received_on",
            ValueType.DATE,
            Label("Vastaanotettu", "Mottagen", "Received"),
            authority=_LIVE,
            required=True,
        ),
        _STATE,
        _HANDLER,
        Field(
            "action",
            ValueType.REFERENCE,
            Label("Toimenpide", "Åtgärd", "Action"),
            authority=_LIVE,
            refers_to="action",
        ),
        Field(
            "merged_into",
            ValueType.REFERENCE,
            Label("Yhdistetty ideaan", "Sammanslagen med", "Merged into"),
            authority=_LIVE,
            refers_to="idea",
        ),
        Field(
            "internal_note",
            ValueType.TEXT,
            Label("Sisäinen muistiinpano", "Intern anteckning", "Internal note"),
            authority=_LIVE,
            audience=Audience.TEAM,
        ),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=_LIVE,
)

STEP = EntityType(
    "idea_step",
    "idea_steps",
    Label("Käsittelyn vaihe", "Steg i behandlingen", "Step of handling"),
    (
        _OF_IDEA,
        Field(
            "taken_on",
            ValueType.DATE,
            Label("Päivä", "Datum", "Date"),
            authority=_LIVE,
            required=True,
        ),
        _STATE,
        _HANDLER,
        Field(
            "note",
            ValueType.TEXT,
            Label("Julkinen selite", "Offentlig förklaring", "Public note"),
            authority=_LIVE,
        ),
        EXAMPLE,
    ),
    existence=_LIVE,
)

SUPPORT = EntityType(
    "idea_support",
    "idea_supports",
    Label("Kannatus", "Understöd", "Support"),
    (
        _OF_IDEA,
        Field(
            "account",
            ValueType.STRING,
            Label("Tunnus", "Konto", "Account"),
            authority=_LIVE,
            audience=Audience.TEAM,
        ),
        VISIBILITY,
    ),
    existence=_LIVE,
)

ENTITIES = (IDEA, STEP, SUPPORT)
