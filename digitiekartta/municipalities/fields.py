"""The municipality's entities in the document."""

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

from .rules import BodyTask, PartyKind, PerspectiveGroup, Role

_NAME = Field("name", ValueType.TEXT, Label("Nimi", "Namn", "Name"))
_RANK = Field("rank", ValueType.INTEGER, Label("Järjestys", "Ordning", "Order"))

MUNICIPALITY = EntityType(
    "municipality",
    "municipalities",
    Label("Kunta", "Kommun", "Municipality"),
    (
        _NAME,
        Field("genitive", ValueType.TEXT, Label("Nimen omistusmuoto", "Genitiv", "Genitive")),
        Field("slug", ValueType.STRING, Label("Osoite", "Adress", "Address")),
        Field("languages", ValueType.STRINGS, Label("Kielet", "Språk", "Languages")),
        Field("colour", ValueType.STRING, Label("Tunnusväri", "Profilfärg", "Colour")),
        Field("website", ValueType.STRING, Label("Verkkosivut", "Webbplats", "Website")),
        Field("contact", ValueType.STRING, Label("Yhteystieto", "Kontakt", "Contact")),
        Field(
            "shows_names",
            ValueType.BOOLEAN,
            Label("Nimet julki", "Namn offentligt", "Names public"),
        ),
        Field("published", ValueType.BOOLEAN, Label("Julkaistu", "Publicerad", "Published")),
        Field(
            "accessibility_reviewed_on",
            ValueType.DATE,
            Label(
                "Saavutettavuus tarkistettu", "Tillgängligheten granskad", "Accessibility reviewed"
            ),
        ),
        Field(
            "accessibility_reviewer",
            ValueType.TEXT,
            Label("Miten tarkistettu", "Hur granskad", "How it was reviewed"),
        ),
        Field(
            "accessibility_faults",
            ValueType.TEXT,
            Label("Tunnetut puutteet", "Kända brister", "Known faults"),
        ),
        Field("logo", ValueType.STRING, Label("Tunnus", "Symbol", "Logo")),
        Field(
            "feedback_email",
            ValueType.STRING,
            Label("Palautteen osoite", "Adress för respons", "Feedback address"),
        ),
        Field("wordings", ValueType.DATA, Label("Sanamuodot", "Ordval", "Wordings")),
        Field("features", ValueType.DATA, Label("Toiminnot", "Funktioner", "Features")),
        Field(
            "ideas_from",
            ValueType.CHOICE,
            Label("Kuka ehdottaa ideoita", "Vem lämnar idéer", "Who proposes ideas"),
            audience=Audience.TEAM,
            choices=("everybody",),
        ),
        Field(
            "reminders",
            ValueType.DATA,
            Label("Muistutusten rytmi", "Påminnelsernas rytm", "Reminder rhythm"),
            audience=Audience.TEAM,
        ),
        Field(
            "sign_in_rules",
            ValueType.DATA,
            Label("Kirjautumisen vaatimukset", "Krav på inloggning", "Demands on signing in"),
            audience=Audience.TEAM,
        ),
        Field(
            "authorities",
            ValueType.DATA,
            Label("Päätösvalta", "Beslutanderätt", "Authorities"),
            audience=Audience.TEAM,
            authority=Authority.MANAGEMENT,
        ),
    ),
    existence=Authority.BOARD,
)

PARTY = EntityType(
    "party",
    "parties",
    Label("Taho", "Part", "Party"),
    (
        Field(
            "kind",
            ValueType.CHOICE,
            Label("Laji", "Slag", "Kind"),
            choices=tuple(PartyKind),
            required=True,
        ),
        _NAME,
        Field("genitive", ValueType.TEXT, Label("Nimen omistusmuoto", "Genitiv", "Genitive")),
        Field("slug", ValueType.STRING, Label("Osoite", "Adress", "Address")),
        Field(
            "parent", ValueType.REFERENCE, Label("Kuuluu", "Hör till", "Part of"), refers_to="party"
        ),
        Field("headcount", ValueType.INTEGER, Label("Henkilöstö", "Personal", "Staff")),
        Field(
            "task",
            ValueType.CHOICE,
            Label("Tehtävä digitiekartassa", "Uppgift i färdplanen", "Task in the roadmap"),
            choices=tuple(BodyTask),
            authority=Authority.BOARD,
        ),
        Field(
            "duties",
            ValueType.TEXT,
            Label("Mitä tekee", "Vad den gör", "What it does"),
            authority=Authority.BOARD,
        ),
        Field("ended_on", ValueType.DATE, Label("Päättynyt", "Upphört", "Ended")),
        _RANK,
        EXAMPLE,
    ),
)

SEAT = EntityType(
    "seat",
    "seats",
    Label("Paikka toimielimessä", "Plats i organet", "Seat in a body"),
    (
        Field(
            "body",
            ValueType.REFERENCE,
            Label("Toimielin", "Organ", "Body"),
            refers_to="party",
            required=True,
        ),
        Field(
            "represents",
            ValueType.REFERENCE,
            Label("Edustaa", "Representerar", "Represents"),
            refers_to="party",
            required=True,
        ),
        Field("convener", ValueType.BOOLEAN, Label("Kokoonkutsuja", "Sammankallare", "Convener")),
        Field(
            "person", ValueType.REFERENCE, Label("Henkilö", "Person", "Person"), refers_to="person"
        ),
        _RANK,
    ),
)

FRAMEWORK = EntityType(
    "framework",
    "frameworks",
    Label("Arviointikehikko", "Bedömningsram", "Framework"),
    (
        _NAME,
        Field("version", ValueType.INTEGER, Label("Versio", "Version", "Version")),
        Field("scale", ValueType.DATA, Label("Asteikko", "Skala", "Scale")),
    ),
)

PERSPECTIVE = EntityType(
    "perspective",
    "perspectives",
    Label("Näkökulma", "Perspektiv", "Perspective"),
    (
        Field(
            "framework",
            ValueType.REFERENCE,
            Label("Kehikko", "Ram", "Framework"),
            refers_to="framework",
            required=True,
        ),
        Field("number", ValueType.INTEGER, Label("Numero", "Nummer", "Number")),
        Field("question", ValueType.TEXT, Label("Kysymys", "Fråga", "Question")),
        _NAME,
        Field("short_name", ValueType.TEXT, Label("Lyhyt nimi", "Kort namn", "Short name")),
        Field(
            "group",
            ValueType.CHOICE,
            Label("Ryhmä", "Grupp", "Group"),
            choices=tuple(PerspectiveGroup),
        ),
        Field("note", ValueType.TEXT, Label("Huomautus", "Anmärkning", "Note")),
    ),
)

GATE = EntityType(
    "gate",
    "gates",
    Label("Vuosikellon kohta", "Punkt i årsklockan", "Gate of the annual clock"),
    (
        _NAME,
        Field(
            "first", ValueType.STRING, Label("Alkaa (kk-pp)", "Börjar (mm-dd)", "Begins (mm-dd)")
        ),
        Field(
            "last", ValueType.STRING, Label("Viimeistään (kk-pp)", "Senast (mm-dd)", "By (mm-dd)")
        ),
        Field(
            "last_year_only",
            ValueType.BOOLEAN,
            Label("Vain kauden viimeisenä vuonna", "Bara periodens sista år", "Last year only"),
        ),
        Field("party", ValueType.REFERENCE, Label("Kuka", "Vem", "Who"), refers_to="party"),
        Field("description", ValueType.TEXT, Label("Kuvaus", "Beskrivning", "Description")),
        _RANK,
    ),
)

MEMBERSHIP = EntityType(
    "membership",
    "memberships",
    Label("Jäsenyys", "Medlemskap", "Membership"),
    (
        Field(
            "role",
            ValueType.CHOICE,
            Label("Rooli", "Roll", "Role"),
            audience=Audience.TEAM,
            choices=tuple(Role),
            required=True,
        ),
        Field(
            "account",
            ValueType.STRING,
            Label("Tunnus", "Konto", "Account"),
            audience=Audience.TEAM,
        ),
        Field(
            "party",
            ValueType.REFERENCE,
            Label("Edustaa", "Representerar", "Represents"),
            audience=Audience.TEAM,
            refers_to="party",
        ),
        VISIBILITY,
        EXAMPLE,
    ),
)

ENTITIES = (MUNICIPALITY, PARTY, SEAT, FRAMEWORK, PERSPECTIVE, GATE)
