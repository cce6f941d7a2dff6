"""What several entity types of the roadmap have alike."""

from __future__ import annotations

from digitiekartta.documents.registry import Authority, Field, FieldKind, Label, ValueType

MANAGEMENT, BOARD, PROGRESS = Authority.MANAGEMENT, Authority.BOARD, Authority.PROGRESS
REPORTED = FieldKind.PROGRESS
RANK = Field("rank", ValueType.INTEGER, Label("Järjestys", "Ordning", "Order"))
NOTE = Field("note", ValueType.TEXT, Label("Huomautus", "Anmärkning", "Note"))
TITLE = Field("title", ValueType.TEXT, Label("Nimi", "Rubrik", "Title"))
OF_ROADMAP = Field(
    "roadmap",
    ValueType.REFERENCE,
    Label("Digitiekartta", "Digital färdplan", "Roadmap"),
    refers_to="roadmap",
    required=True,
)
OF_ACTION = Field(
    "action",
    ValueType.REFERENCE,
    Label("Toimenpide", "Åtgärd", "Action"),
    refers_to="action",
    required=True,
)
