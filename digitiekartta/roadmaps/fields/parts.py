"""What belongs to an action: money, effects, work, dependencies, links and notes."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    VISIBILITY,
    Audience,
    EntityType,
    Field,
    Label,
    ValueType,
)

from ..rules import EffectClass, EffectPhase, FundingKind, FundingState, Status
from .shared import MANAGEMENT, NOTE, OF_ACTION, PROGRESS, REPORTED

FUNDING = EntityType(
    "funding",
    "funding",
    Label("Määräraha", "Anslag", "Funding"),
    (
        OF_ACTION,
        Field("year", ValueType.INTEGER, Label("Vuosi", "År", "Year")),
        Field(
            "kind",
            ValueType.CHOICE,
            Label("Laji", "Slag", "Kind"),
            choices=tuple(FundingKind),
            required=True,
        ),
        Field(
            "state",
            ValueType.CHOICE,
            Label("Tila", "Status", "State"),
            authority=PROGRESS,
            choices=tuple(FundingState),
            required=True,
        ),
        Field(
            "amount",
            ValueType.INTEGER,
            Label("Määrä, €", "Belopp, €", "Amount, €"),
            authority=MANAGEMENT,
        ),
        Field(
            "actual",
            ValueType.INTEGER,
            Label("Toteuma, €", "Utfall, €", "Actual, €"),
            REPORTED,
            PROGRESS,
        ),
        Field(
            "account",
            ValueType.STRING,
            Label("Kustannuspaikka", "Kostnadsställe", "Cost centre"),
            audience=Audience.MEMBERS,
        ),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            authority=PROGRESS,
            refers_to="decision",
        ),
        NOTE,
        EXAMPLE,
    ),
    existence=MANAGEMENT,
)

EFFECT = EntityType(
    "effect",
    "effects",
    Label("Vaikutus", "Effekt", "Effect"),
    (
        OF_ACTION,
        Field(
            "effect_class",
            ValueType.CHOICE,
            Label("Laji", "Slag", "Class"),
            choices=tuple(EffectClass),
            required=True,
        ),
        Field(
            "phase",
            ValueType.CHOICE,
            Label("Vaihe", "Skede", "Phase"),
            choices=tuple(EffectPhase),
            required=True,
        ),
        Field("text", ValueType.TEXT, Label("Vaikutus", "Effekt", "Effect")),
        EXAMPLE,
    ),
)

WORK_ESTIMATE = EntityType(
    "work_estimate",
    "work_estimates",
    Label("Työmääräarvio", "Arbetsinsats", "Work estimate"),
    (
        OF_ACTION,
        Field(
            "half_year",
            ValueType.HALF_YEAR,
            Label("Puolivuosi", "Halvår", "Half-year"),
            required=True,
        ),
        Field(
            "person_days",
            ValueType.INTEGER,
            Label("Henkilötyöpäivää", "Persondagar", "Person-days"),
            required=True,
        ),
        EXAMPLE,
    ),
)

DEPENDENCY = EntityType(
    "dependency",
    "dependencies",
    Label("Riippuvuus", "Beroende", "Dependency"),
    (
        OF_ACTION,
        Field(
            "depends_on",
            ValueType.REFERENCE,
            Label("Edellyttää", "Förutsätter", "Depends on"),
            refers_to="action",
            required=True,
        ),
        EXAMPLE,
    ),
)

LINK = EntityType(
    "link",
    "links",
    Label("Linkki", "Länk", "Link"),
    (
        OF_ACTION,
        Field("url", ValueType.STRING, Label("Osoite", "Adress", "Address"), required=True),
        Field("title", ValueType.TEXT, Label("Nimi", "Rubrik", "Title")),
        VISIBILITY,
        EXAMPLE,
    ),
)

PROGRESS_NOTE = EntityType(
    "note",
    "notes",
    Label("Etenemistieto", "Lägesuppgift", "Progress note"),
    (
        OF_ACTION,
        Field(
            "noted_on",
            ValueType.DATE,
            Label("Päivä", "Datum", "Date"),
            REPORTED,
            PROGRESS,
            required=True,
        ),
        Field(
            "text",
            ValueType.TEXT,
            Label("Mitä tapahtui", "Vad hände", "What happened"),
            REPORTED,
            PROGRESS,
        ),
        Field(
            "status",
            ValueType.CHOICE,
            Label("Tila", "Status", "Status"),
            REPORTED,
            PROGRESS,
            choices=tuple(Status),
        ),
        Field(
            "party",
            ValueType.REFERENCE,
            Label("Kuka", "Vem", "Who"),
            REPORTED,
            PROGRESS,
            refers_to="party",
        ),
        Field(
            "on_behalf",
            ValueType.BOOLEAN,
            Label("Kirjattu puolesta", "Antecknat för någons räkning", "On behalf"),
            REPORTED,
            PROGRESS,
        ),
        Field(
            "told_by",
            ValueType.STRING,
            Label("Kuka kertoi", "Vem berättade", "Told by"),
            REPORTED,
            PROGRESS,
            audience=Audience.MEMBERS,
        ),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=PROGRESS,
)
