"""People in the document.

A name is outside the hash of versions: they hold the person's id alone.
"""

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

PERSON = EntityType(
    "person",
    "people",
    Label("Henkilö", "Person", "Person"),
    (
        Field("name", ValueType.STRING, Label("Nimi", "Namn", "Name")),
        Field(
            "email",
            ValueType.STRING,
            Label("Sähköposti", "E-post", "E-mail"),
            audience=Audience.TEAM,
        ),
        Field(
            "account",
            ValueType.STRING,
            Label("Tunnus", "Konto", "Account"),
            audience=Audience.TEAM,
        ),
        Field(
            "left_on",
            ValueType.DATE,
            Label("Lähtenyt", "Slutat", "Left"),
            audience=Audience.MEMBERS,
        ),
        VISIBILITY,
        EXAMPLE,
    ),
)

ENTITIES = (PERSON,)
