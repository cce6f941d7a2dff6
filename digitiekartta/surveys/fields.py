"""Survey rounds in the document. Answers are in no document, at no time."""

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

from .rules import RoundState, Way

_ROUND = Field(
    "round",
    ValueType.REFERENCE,
    Label("Kyselykierros", "Enkätomgång", "Survey round"),
    refers_to="round",
    required=True,
)

ROUND = EntityType(
    "round",
    "rounds",
    Label("Kyselykierros", "Enkätomgång", "Survey round"),
    (
        Field("name", ValueType.TEXT, Label("Nimi", "Namn", "Name")),
        Field(
            "framework",
            ValueType.REFERENCE,
            Label("Kehikko", "Ram", "Framework"),
            refers_to="framework",
        ),
        Field(
            "state",
            ValueType.CHOICE,
            Label("Tila", "Status", "State"),
            choices=tuple(RoundState),
            required=True,
        ),
        Field("opens_on", ValueType.DATE, Label("Avautuu", "Öppnas", "Opens")),
        Field("closes_on", ValueType.DATE, Label("Sulkeutuu", "Stängs", "Closes")),
        Field("k_mean", ValueType.INTEGER, Label("Pienin ryhmä", "Minsta grupp", "Smallest group")),
        Field(
            "k_distribution",
            ValueType.INTEGER,
            Label("Pienin ryhmä, jakauma", "Minsta grupp, fördelning", "Smallest group, shares"),
        ),
        Field(
            "wording",
            ValueType.DATA,
            Label("Jäädytetyt sanamuodot", "Frysta formuleringar", "Frozen wording"),
        ),
        Field(
            "public_link",
            ValueType.BOOLEAN,
            Label("Linkki etusivulla", "Länk på startsidan", "Link on the home page"),
        ),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

ROUND_UNIT = EntityType(
    "round_unit",
    "round_units",
    Label("Kyselyn ryhmä", "Grupp i enkäten", "Group of a round"),
    (
        _ROUND,
        Field(
            "party",
            ValueType.REFERENCE,
            Label("Yksikkö", "Enhet", "Unit"),
            refers_to="party",
            required=True,
        ),
        Field(
            "parent",
            ValueType.REFERENCE,
            Label("Kuuluu", "Hör till", "Part of"),
            refers_to="round_unit",
        ),
        Field("headcount", ValueType.INTEGER, Label("Henkilöstö", "Personal", "Staff")),
        Field(
            "way",
            ValueType.CHOICE,
            Label("Vastaustapa", "Svarssätt", "Way of answering"),
            audience=Audience.TEAM,
            choices=tuple(Way),
            required=True,
        ),
        Field(
            "code_count",
            ValueType.INTEGER,
            Label("Tunnuksia tehty", "Koder som gjorts", "Codes made"),
            audience=Audience.TEAM,
        ),
        Field(
            "link",
            ValueType.STRING,
            Label("Avoin linkki", "Öppen länk", "Open link"),
            audience=Audience.TEAM,
        ),
        Field("rank", ValueType.INTEGER, Label("Järjestys", "Ordning", "Order")),
        Field("name", ValueType.TEXT, Label("Oma nimi", "Eget namn", "Own name")),
        Field(
            "merged",
            ValueType.DATA,
            Label("Yhdistetyt ryhmät", "Sammanslagna grupper", "Merged groups"),
            audience=Audience.TEAM,
        ),
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

RESULT = EntityType(
    "result",
    "results",
    Label("Kyselyn tulokset", "Enkätens resultat", "Results of a round"),
    (
        _ROUND,
        Field("content", ValueType.DATA, Label("Tulokset", "Resultat", "Results")),
        Field("sha256", ValueType.STRING, Label("Tarkiste", "Kontrollsumma", "SHA-256")),
        Field(
            "published",
            ValueType.BOOLEAN,
            Label("Julkaistu", "Publicerat", "Published"),
        ),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=Authority.PROGRESS,
)

ENTITIES = (ROUND, ROUND_UNIT, RESULT)
