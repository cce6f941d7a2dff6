"""Levels and priorities in the document."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    Authority,
    EntityType,
    Field,
    Label,
    ValueType,
)

from .rules import SeriesKind

_MANAGEMENT = Authority.MANAGEMENT
_PERSPECTIVE = Field(
    "perspective",
    ValueType.REFERENCE,
    Label("Näkökulma", "Perspektiv", "Perspective"),
    refers_to="perspective",
    required=True,
)

SERIES = EntityType(
    "series",
    "series",
    Label("Mittaus", "Mätning", "Measurement round"),
    (
        Field("name", ValueType.TEXT, Label("Nimi", "Namn", "Name")),
        Field(
            "kind",
            ValueType.CHOICE,
            Label("Laji", "Slag", "Kind"),
            choices=tuple(SeriesKind),
            required=True,
        ),
        Field("measured_on", ValueType.DATE, Label("Päivä", "Datum", "Date"), required=True),
        Field(
            "round",
            ValueType.REFERENCE,
            Label("Kyselykierros", "Enkätomgång", "Survey round"),
            refers_to="round",
        ),
        Field("source", ValueType.TEXT, Label("Lähde", "Källa", "Source")),
        Field("respondents", ValueType.INTEGER, Label("Vastaajia", "Svarande", "Respondents")),
        Field("headcount", ValueType.INTEGER, Label("Henkilöstö", "Personal", "Staff")),
        Field(
            "is_baseline",
            ValueType.BOOLEAN,
            Label("Lähtötaso", "Utgångsnivå", "Baseline"),
            authority=_MANAGEMENT,
        ),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös lähtötasosta", "Beslut om utgångsnivån", "Decision on the baseline"),
            refers_to="decision",
            authority=_MANAGEMENT,
        ),
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
    decided_by="decision",
)

MEASUREMENT = EntityType(
    "measurement",
    "measurements",
    Label("Mitattu taso", "Uppmätt nivå", "Measured level"),
    (
        Field(
            "series",
            ValueType.REFERENCE,
            Label("Mittaus", "Mätning", "Round"),
            refers_to="series",
            required=True,
        ),
        _PERSPECTIVE,
        Field("value", ValueType.NUMBER, Label("Taso", "Nivå", "Level"), required=True),
        Field(
            "lower", ValueType.NUMBER, Label("Välin alaraja", "Intervallets nedre gräns", "Lower")
        ),
        Field(
            "upper", ValueType.NUMBER, Label("Välin yläraja", "Intervallets övre gräns", "Upper")
        ),
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

TARGET = EntityType(
    "target",
    "targets",
    Label("Tavoitetaso", "Målnivå", "Target level"),
    (
        _PERSPECTIVE,
        Field(
            "level",
            ValueType.NUMBER,
            Label("Taso", "Nivå", "Level"),
            authority=_MANAGEMENT,
            required=True,
        ),
        Field(
            "reason",
            ValueType.TEXT,
            Label("Perustelu", "Motivering", "Reason"),
            authority=_MANAGEMENT,
        ),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            refers_to="decision",
            authority=_MANAGEMENT,
        ),
        Field(
            "importance",
            ValueType.INTEGER,
            Label("Tärkeysjärjestys", "Viktighetsordning", "Place by importance"),
            authority=_MANAGEMENT,
        ),
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
    decided_by="decision",
)

PRIORITY = EntityType(
    "priority",
    "priorities",
    Label("Kehittämisen kärki", "Prioriterat utvecklingsområde", "Development priority"),
    (
        _PERSPECTIVE,
        Field(
            "number", ValueType.INTEGER, Label("Numero", "Nummer", "Number"), authority=_MANAGEMENT
        ),
        Field(
            "reason",
            ValueType.TEXT,
            Label("Perustelu", "Motivering", "Reason"),
            authority=_MANAGEMENT,
        ),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            refers_to="decision",
            authority=_MANAGEMENT,
        ),
        Field(
            "removed",
            ValueType.BOOLEAN,
            Label("Ei enää kärki", "Inte längre prioriterat", "No longer a priority"),
            authority=_MANAGEMENT,
        ),
        Field(
            "removal_reason",
            ValueType.TEXT,
            Label("Poistamisen perustelu", "Motivering till att det utgår", "Reason for removing"),
            authority=_MANAGEMENT,
        ),
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
    decided_by="decision",
)

ENTITIES = (SERIES, MEASUREMENT, TARGET, PRIORITY)
