"""The action."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    RESTRICTED,
    VISIBILITY,
    Audience,
    EntityType,
    Field,
    Label,
    ValueType,
)

from ..rules import Status
from .shared import MANAGEMENT, OF_ROADMAP, PROGRESS, RANK, REPORTED, TITLE

ACTION = EntityType(
    "action",
    "actions",
    Label("Toimenpide", "Åtgärd", "Action"),
    (
        OF_ROADMAP,
        Field(
            "serial",
            ValueType.INTEGER,
            Label("Pysyvä numero", "Permanent nummer", "Serial"),
            required=True,
        ),
        Field("number", ValueType.STRING, Label("Tunnus", "Beteckning", "Number")),
        TITLE,
        Field("statement", ValueType.TEXT, Label("Mitä tehdään", "Vad görs", "What is done")),
        Field(
            "benefit",
            ValueType.TEXT,
            Label("Mitä asukas huomaa", "Vad invånaren märker", "What residents notice"),
        ),
        Field("goal", ValueType.REFERENCE, Label("Tavoite", "Mål", "Goal"), refers_to="goal"),
        Field(
            "responsible",
            ValueType.REFERENCE,
            Label("Vastuutaho", "Ansvarig part", "Responsible party"),
            refers_to="party",
        ),
        Field(
            "person",
            ValueType.REFERENCE,
            Label("Vastuuhenkilö", "Ansvarig person", "Responsible person"),
            authority=PROGRESS,
            refers_to="person",
        ),
        Field(
            "deputies",
            ValueType.REFERENCES,
            Label("Varahenkilöt", "Ersättare", "Deputies"),
            authority=PROGRESS,
            refers_to="person",
        ),
        Field(
            "assigned_on",
            ValueType.DATE,
            Label("Vastuu annettu", "Ansvaret givet", "Assigned on"),
            authority=PROGRESS,
            audience=Audience.MEMBERS,
        ),
        Field(
            "accepted_on",
            ValueType.DATE,
            Label("Vastuu hyväksytty", "Ansvaret godkänt", "Accepted on"),
            authority=PROGRESS,
            audience=Audience.MEMBERS,
        ),
        Field(
            "objection",
            ValueType.TEXT,
            Label("Vastalause vastuuseen", "Invändning mot ansvaret", "Objection"),
            authority=PROGRESS,
            audience=Audience.MEMBERS,
        ),
        Field(
            "partners",
            ValueType.REFERENCES,
            Label("Mukana", "Deltar", "Partners"),
            refers_to="party",
        ),
        Field(
            "all_sectors",
            ValueType.BOOLEAN,
            Label("Kaikki toimialat", "Alla sektorer", "All sectors"),
        ),
        Field(
            "outside_partners",
            ValueType.TEXT,
            Label("Mukana muualta", "Deltar utifrån", "Partners outside"),
        ),
        Field(
            "original_first",
            ValueType.HALF_YEAR,
            Label("Alkuperäinen alku", "Ursprunglig början", "Original begin"),
        ),
        Field(
            "original_last",
            ValueType.HALF_YEAR,
            Label("Alkuperäinen loppu", "Ursprungligt slut", "Original end"),
        ),
        Field("first", ValueType.HALF_YEAR, Label("Alkaa", "Börjar", "Begins"), required=True),
        Field("last", ValueType.HALF_YEAR, Label("Päättyy", "Slutar", "Ends"), required=True),
        Field("recurring", ValueType.BOOLEAN, Label("Toistuva", "Återkommande", "Recurring")),
        Field(
            "status",
            ValueType.CHOICE,
            Label("Tila", "Status", "Status"),
            REPORTED,
            PROGRESS,
            choices=tuple(Status),
            required=True,
        ),
        Field(
            "cancelled",
            ValueType.BOOLEAN,
            Label("Peruttu", "Avbruten", "Cancelled"),
            authority=MANAGEMENT,
        ),
        Field(
            "percentage",
            ValueType.INTEGER,
            Label("Valmiina %", "Klart %", "Per cent done"),
            REPORTED,
            PROGRESS,
        ),
        Field("reason", ValueType.TEXT, Label("Syy", "Orsak", "Reason"), REPORTED, PROGRESS),
        Field(
            "merged_into",
            ValueType.REFERENCE,
            Label("Yhdistetty", "Sammanslagen med", "Merged into"),
            authority=MANAGEMENT,
            refers_to="action",
        ),
        Field(
            "communication", ValueType.TEXT, Label("Viestintä", "Kommunikation", "Communication")
        ),
        Field("training", ValueType.TEXT, Label("Osaaminen", "Kompetens", "Training")),
        Field(
            "internal_note",
            ValueType.TEXT,
            Label("Sisäinen muistiinpano", "Intern anteckning", "Internal note"),
            audience=Audience.TEAM,
        ),
        RANK,
        VISIBILITY,
        RESTRICTED,
        EXAMPLE,
    ),
    existence=MANAGEMENT,
)
