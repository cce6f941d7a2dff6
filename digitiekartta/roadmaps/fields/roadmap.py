"""The roadmap itself, its goals and their indicators."""

from __future__ import annotations

from digitiekartta.documents.registry import EXAMPLE, EntityType, Field, Label, ValueType

from ..rules import Direction
from .shared import BOARD, MANAGEMENT, OF_ROADMAP, PROGRESS, RANK, REPORTED

ROADMAP = EntityType(
    "roadmap",
    "roadmaps",
    Label("Digitiekartta", "Digital färdplan", "Roadmap"),
    (
        Field("title", ValueType.TEXT, Label("Nimi", "Namn", "Title"), authority=BOARD),
        Field("first", ValueType.HALF_YEAR, Label("Alkaa", "Börjar", "Begins"), authority=BOARD),
        Field("last", ValueType.HALF_YEAR, Label("Päättyy", "Slutar", "Ends"), authority=BOARD),
        Field(
            "foreword", ValueType.TEXT, Label("Saatesanat", "Förord", "Foreword"), authority=BOARD
        ),
        Field("vision", ValueType.TEXT, Label("Visio", "Vision", "Vision"), authority=BOARD),
        Field(
            "vision_lead",
            ValueType.TEXT,
            Label("Vision selitys", "Visionens förklaring", "Vision explained"),
            authority=BOARD,
        ),
        Field(
            "operating_model",
            ValueType.TEXT,
            Label("Toimintamalli", "Verksamhetsmodell", "Operating model"),
            authority=BOARD,
        ),
        Field(
            "framework",
            ValueType.REFERENCE,
            Label("Kehikko", "Ram", "Framework"),
            refers_to="framework",
        ),
        Field("published", ValueType.BOOLEAN, Label("Julkaistu", "Publicerad", "Published")),
        Field(
            "valid_version",
            ValueType.REFERENCE,
            Label("Voimassa oleva versio", "Gällande version", "Valid version"),
            refers_to="version",
            authority=PROGRESS,
        ),
        EXAMPLE,
    ),
    existence=BOARD,
)

GOAL = EntityType(
    "goal",
    "goals",
    Label("Tavoite", "Mål", "Goal"),
    (
        OF_ROADMAP,
        Field("title", ValueType.TEXT, Label("Nimi", "Rubrik", "Title"), authority=MANAGEMENT),
        Field(
            "description",
            ValueType.TEXT,
            Label("Kuvaus", "Beskrivning", "Description"),
            authority=MANAGEMENT,
        ),
        Field(
            "priority",
            ValueType.REFERENCE,
            Label("Kehittämisen kärki", "Prioritet", "Priority"),
            refers_to="priority",
            authority=MANAGEMENT,
        ),
        Field("number", ValueType.INTEGER, Label("Numero", "Nummer", "Number")),
        RANK,
        EXAMPLE,
    ),
    existence=MANAGEMENT,
)

INDICATOR = EntityType(
    "indicator",
    "indicators",
    Label("Mittari", "Mätare", "Indicator"),
    (
        Field(
            "goal",
            ValueType.REFERENCE,
            Label("Tavoite", "Mål", "Goal"),
            refers_to="goal",
            required=True,
        ),
        Field("name", ValueType.TEXT, Label("Nimi", "Namn", "Name"), authority=MANAGEMENT),
        Field("unit", ValueType.TEXT, Label("Yksikkö", "Enhet", "Unit")),
        Field(
            "direction",
            ValueType.CHOICE,
            Label("Suunta", "Riktning", "Direction"),
            choices=tuple(Direction),
            required=True,
        ),
        Field(
            "target",
            ValueType.NUMBER,
            Label("Tavoitearvo", "Målvärde", "Target"),
            authority=MANAGEMENT,
        ),
        Field("source", ValueType.TEXT, Label("Lähde", "Källa", "Source")),
        RANK,
        EXAMPLE,
    ),
    existence=MANAGEMENT,
)

INDICATOR_VALUE = EntityType(
    "indicator_value",
    "indicator_values",
    Label("Mittarin arvo", "Mätarens värde", "Indicator value"),
    (
        Field(
            "indicator",
            ValueType.REFERENCE,
            Label("Mittari", "Mätare", "Indicator"),
            refers_to="indicator",
            required=True,
        ),
        Field(
            "measured_on",
            ValueType.DATE,
            Label("Päivä", "Datum", "Date"),
            REPORTED,
            PROGRESS,
            required=True,
        ),
        Field(
            "value",
            ValueType.NUMBER,
            Label("Arvo", "Värde", "Value"),
            REPORTED,
            PROGRESS,
            required=True,
        ),
        EXAMPLE,
    ),
    existence=PROGRESS,
)
