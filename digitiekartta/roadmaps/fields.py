"""The roadmap's entities in the document."""

from __future__ import annotations

from digitiekartta.documents.registry import (
    EXAMPLE,
    RESTRICTED,
    VISIBILITY,
    Audience,
    Authority,
    EntityType,
    Field,
    FieldKind,
    Label,
    ValueType,
)

from .rules import Direction, EffectClass, EffectPhase, FundingKind, FundingState, Status

_MANAGEMENT, _BOARD, _PROGRESS = Authority.MANAGEMENT, Authority.BOARD, Authority.PROGRESS
_REPORTED = FieldKind.PROGRESS
_RANK = Field("rank", ValueType.INTEGER, Label("Järjestys", "Ordning", "Order"))
_NOTE = Field("note", ValueType.TEXT, Label("Huomautus", "Anmärkning", "Note"))
_TITLE = Field("title", ValueType.TEXT, Label("Nimi", "Rubrik", "Title"))
_ROADMAP = Field(
    "roadmap",
    ValueType.REFERENCE,
    Label("Digitiekartta", "Digital färdplan", "Roadmap"),
    refers_to="roadmap",
    required=True,
)
_ACTION = Field(
    "action",
    ValueType.REFERENCE,
    Label("Toimenpide", "Åtgärd", "Action"),
    refers_to="action",
    required=True,
)

ROADMAP = EntityType(
    "roadmap",
    "roadmaps",
    Label("Digitiekartta", "Digital färdplan", "Roadmap"),
    (
        Field("title", ValueType.TEXT, Label("Nimi", "Namn", "Title"), authority=_BOARD),
        Field("first", ValueType.HALF_YEAR, Label("Alkaa", "Börjar", "Begins"), authority=_BOARD),
        Field("last", ValueType.HALF_YEAR, Label("Päättyy", "Slutar", "Ends"), authority=_BOARD),
        Field("foreword", ValueType.TEXT, Label("Saatesanat", "Förord", "Foreword"), authority=_BOARD),
        Field("vision", ValueType.TEXT, Label("Visio", "Vision", "Vision"), authority=_BOARD),
        Field(
            "vision_lead",
            ValueType.TEXT,
            Label("Vision selitys", "Visionens förklaring", "Vision explained"),
            authority=_BOARD,
        ),
        Field(
            "operating_model",
            ValueType.TEXT,
            Label("Toimintamalli", "Verksamhetsmodell", "Operating model"),
            authority=_BOARD,
        ),
        Field("framework", ValueType.REFERENCE, Label("Kehikko", "Ram", "Framework"), refers_to="framework"),
        Field("published", ValueType.BOOLEAN, Label("Julkaistu", "Publicerad", "Published")),
        Field(
            "valid_version",
            ValueType.REFERENCE,
            Label("Voimassa oleva versio", "Gällande version", "Valid version"),
            refers_to="version",
            authority=_PROGRESS,
        ),
        EXAMPLE,
    ),
    existence=_BOARD,
)

GOAL = EntityType(
    "goal",
    "goals",
    Label("Tavoite", "Mål", "Goal"),
    (
        _ROADMAP,
        Field("title", ValueType.TEXT, Label("Nimi", "Rubrik", "Title"), authority=_MANAGEMENT),
        Field(
            "description",
            ValueType.TEXT,
            Label("Kuvaus", "Beskrivning", "Description"),
            authority=_MANAGEMENT,
        ),
        Field(
            "priority",
            ValueType.REFERENCE,
            Label("Kehittämisen kärki", "Prioritet", "Priority"),
            refers_to="priority",
            authority=_MANAGEMENT,
        ),
        Field("number", ValueType.INTEGER, Label("Numero", "Nummer", "Number")),
        _RANK,
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
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
        Field("name", ValueType.TEXT, Label("Nimi", "Namn", "Name"), authority=_MANAGEMENT),
        Field("unit", ValueType.TEXT, Label("Yksikkö", "Enhet", "Unit")),
        Field(
            "direction",
            ValueType.CHOICE,
            Label("Suunta", "Riktning", "Direction"),
            choices=tuple(Direction),
            required=True,
        ),
        Field("target", ValueType.NUMBER, Label("Tavoitearvo", "Målvärde", "Target"), authority=_MANAGEMENT),
        Field("source", ValueType.TEXT, Label("Lähde", "Källa", "Source")),
        _RANK,
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
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
        Field("measured_on", ValueType.DATE, Label("Päivä", "Datum", "Date"), _REPORTED, _PROGRESS, required=True),
        Field("value", ValueType.NUMBER, Label("Arvo", "Värde", "Value"), _REPORTED, _PROGRESS, required=True),
        EXAMPLE,
    ),
    existence=_PROGRESS,
)

ACTION = EntityType(
    "action",
    "actions",
    Label("Toimenpide", "Åtgärd", "Action"),
    (
        _ROADMAP,
        Field("serial", ValueType.INTEGER, Label("Pysyvä numero", "Permanent nummer", "Serial"), required=True),
        Field("number", ValueType.STRING, Label("Tunnus", "Beteckning", "Number")),
        _TITLE,
        Field("statement", ValueType.TEXT, Label("Mitä tehdään", "Vad görs", "What is done")),
        Field("benefit", ValueType.TEXT, Label("Mitä asukas huomaa", "Vad invånaren märker", "What residents notice")),
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
            authority=_PROGRESS,
            refers_to="person",
        ),
        Field(
            "deputies",
            ValueType.REFERENCES,
            Label("Varahenkilöt", "Ersättare", "Deputies"),
            authority=_PROGRESS,
            refers_to="person",
        ),
        Field("partners", ValueType.REFERENCES, Label("Mukana", "Deltar", "Partners"), refers_to="party"),
        Field("all_sectors", ValueType.BOOLEAN, Label("Kaikki toimialat", "Alla sektorer", "All sectors")),
        Field(
            "outside_partners",
            ValueType.TEXT,
            Label("Mukana muualta", "Deltar utifrån", "Partners outside"),
        ),
        Field("original_first", ValueType.HALF_YEAR, Label("Alkuperäinen alku", "Ursprunglig början", "Original begin")),
        Field("original_last", ValueType.HALF_YEAR, Label("Alkuperäinen loppu", "Ursprungligt slut", "Original end")),
        Field("first", ValueType.HALF_YEAR, Label("Alkaa", "Börjar", "Begins"), required=True),
        Field("last", ValueType.HALF_YEAR, Label("Päättyy", "Slutar", "Ends"), required=True),
        Field("recurring", ValueType.BOOLEAN, Label("Toistuva", "Återkommande", "Recurring")),
        Field(
            "status",
            ValueType.CHOICE,
            Label("Tila", "Status", "Status"),
            _REPORTED,
            _PROGRESS,
            choices=tuple(Status),
            required=True,
        ),
        Field("cancelled", ValueType.BOOLEAN, Label("Peruttu", "Avbruten", "Cancelled"), authority=_MANAGEMENT),
        Field("percentage", ValueType.INTEGER, Label("Valmiina %", "Klart %", "Per cent done"), _REPORTED, _PROGRESS),
        Field("reason", ValueType.TEXT, Label("Syy", "Orsak", "Reason"), _REPORTED, _PROGRESS),
        Field(
            "merged_into",
            ValueType.REFERENCE,
            Label("Yhdistetty", "Sammanslagen med", "Merged into"),
            authority=_MANAGEMENT,
            refers_to="action",
        ),
        Field("communication", ValueType.TEXT, Label("Viestintä", "Kommunikation", "Communication")),
        Field("training", ValueType.TEXT, Label("Osaaminen", "Kompetens", "Training")),
        Field("internal_note", ValueType.TEXT, Label("Sisäinen muistiinpano", "Intern anteckning", "Internal note"), audience=Audience.TEAM),
        _RANK,
        VISIBILITY,
        RESTRICTED,
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
)

FUNDING = EntityType(
    "funding",
    "funding",
    Label("Määräraha", "Anslag", "Funding"),
    (
        _ACTION,
        Field("year", ValueType.INTEGER, Label("Vuosi", "År", "Year")),
        Field("kind", ValueType.CHOICE, Label("Laji", "Slag", "Kind"), choices=tuple(FundingKind), required=True),
        Field(
            "state",
            ValueType.CHOICE,
            Label("Tila", "Status", "State"),
            authority=_PROGRESS,
            choices=tuple(FundingState),
            required=True,
        ),
        Field("amount", ValueType.INTEGER, Label("Määrä, €", "Belopp, €", "Amount, €"), authority=_MANAGEMENT),
        Field("actual", ValueType.INTEGER, Label("Toteuma, €", "Utfall, €", "Actual, €"), _REPORTED, _PROGRESS),
        Field("account", ValueType.STRING, Label("Kustannuspaikka", "Kostnadsställe", "Cost centre"), audience=Audience.MEMBERS),
        Field(
            "decision",
            ValueType.REFERENCE,
            Label("Päätös", "Beslut", "Decision"),
            authority=_PROGRESS,
            refers_to="decision",
        ),
        _NOTE,
        EXAMPLE,
    ),
    existence=_MANAGEMENT,
)

EFFECT = EntityType(
    "effect",
    "effects",
    Label("Vaikutus", "Effekt", "Effect"),
    (
        _ACTION,
        Field("effect_class", ValueType.CHOICE, Label("Laji", "Slag", "Class"), choices=tuple(EffectClass), required=True),
        Field("phase", ValueType.CHOICE, Label("Vaihe", "Skede", "Phase"), choices=tuple(EffectPhase), required=True),
        Field("text", ValueType.TEXT, Label("Vaikutus", "Effekt", "Effect")),
        EXAMPLE,
    ),
)

WORK_ESTIMATE = EntityType(
    "work_estimate",
    "work_estimates",
    Label("Työmääräarvio", "Arbetsinsats", "Work estimate"),
    (
        _ACTION,
        Field("half_year", ValueType.HALF_YEAR, Label("Puolivuosi", "Halvår", "Half-year"), required=True),
        Field("person_days", ValueType.INTEGER, Label("Henkilötyöpäivää", "Persondagar", "Person-days"), required=True),
        EXAMPLE,
    ),
)

DEPENDENCY = EntityType(
    "dependency",
    "dependencies",
    Label("Riippuvuus", "Beroende", "Dependency"),
    (
        _ACTION,
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
        _ACTION,
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
        _ACTION,
        Field("noted_on", ValueType.DATE, Label("Päivä", "Datum", "Date"), _REPORTED, _PROGRESS, required=True),
        Field("text", ValueType.TEXT, Label("Mitä tapahtui", "Vad hände", "What happened"), _REPORTED, _PROGRESS),
        Field(
            "status",
            ValueType.CHOICE,
            Label("Tila", "Status", "Status"),
            _REPORTED,
            _PROGRESS,
            choices=tuple(Status),
        ),
        Field("party", ValueType.REFERENCE, Label("Kuka", "Vem", "Who"), _REPORTED, _PROGRESS, refers_to="party"),
        Field("on_behalf", ValueType.BOOLEAN, Label("Kirjattu puolesta", "Antecknat för någons räkning", "On behalf"), _REPORTED, _PROGRESS),
        VISIBILITY,
        EXAMPLE,
    ),
    existence=_PROGRESS,
)

ENTITIES = (
    ROADMAP,
    GOAL,
    INDICATOR,
    INDICATOR_VALUE,
    ACTION,
    FUNDING,
    EFFECT,
    WORK_ESTIMATE,
    DEPENDENCY,
    LINK,
    PROGRESS_NOTE,
)
