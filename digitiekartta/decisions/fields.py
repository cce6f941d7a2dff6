"""Decisions and versions in the document."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    VISIBILITY,
    Authority,
    EntityType,
    Field,
    Label,
    ValueType,
)

from .rules import DecisionKind

DECISION = EntityType(
    "decision",
    "decisions",
    Label("Päätös", "Beslut", "Decision"),
    (
        Field(
            "kind",
            ValueType.CHOICE,
            Label("Laji", "Slag", "Kind"),
            choices=tuple(DecisionKind),
            required=True,
        ),
        Field(
            "body", ValueType.REFERENCE, Label("Päättäjä", "Beslutare", "Body"), refers_to="party"
        ),
        Field("decided_on", ValueType.DATE, Label("Päivä", "Datum", "Date"), required=True),
        Field("reference", ValueType.STRING, Label("Viite", "Referens", "Reference")),
        Field("link", ValueType.STRING, Label("Pöytäkirja", "Protokoll", "Minutes")),
        Field("summary", ValueType.TEXT, Label("Sisältö", "Innehåll", "Summary")),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

VERSION = EntityType(
    "version",
    "versions",
    Label("Hyväksytty versio", "Godkänd version", "Approved version"),
    (
        Field("number", ValueType.INTEGER, Label("Numero", "Nummer", "Number"), required=True),
        Field(
            "subject_kind",
            ValueType.STRING,
            Label("Kohteen laji", "Objektets slag", "Subject kind"),
        ),
        Field("subject_id", ValueType.STRING, Label("Kohde", "Objekt", "Subject")),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            refers_to="decision",
            required=True,
        ),
        Field(
            "supersedes",
            ValueType.REFERENCE,
            Label("Korvaa", "Ersätter", "Supersedes"),
            refers_to="version",
        ),
        Field(
            "frozen_revision",
            ValueType.INTEGER,
            Label("Lokin tilanne", "Loggens läge", "Revision of the log"),
        ),
        Field("sha256", ValueType.STRING, Label("Tarkiste", "Kontrollsumma", "SHA-256")),
        Field(
            "public_sha256",
            ValueType.STRING,
            Label(
                "Julkisen tiedoston tarkiste",
                "Den offentliga filens kontrollsumma",
                "Public SHA-256",
            ),
        ),
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

ENTITIES = (DECISION, VERSION)
