"""Changes in the users' words: what each kind of change is told as, and what is put together."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.documents.changes import diff
from digitiekartta.documents.document import Document, document_of
from digitiekartta.roadmaps.change_kinds import FOLLOW_UP, READING_ORDER, ChangeKind, is_silent
from digitiekartta.roadmaps.describing import Description, describe
from digitiekartta.roadmaps.registry import REGISTRY

BASE: dict[str, dict[str, dict[str, Any]]] = {
    "party": {
        "sector": {"kind": "sector", "name": {"fi": "Tekninen toimiala", "sv": "Tekniska sektorn"}},
        "team": {"kind": "body", "name": {"fi": "Digitiimi", "sv": "Digiteamet"}},
    },
    "goal": {"g": {"title": {"fi": "Asiat hoituvat verkossa"}, "number": 1}},
    "indicator": {"i": {"goal": "g", "name": {"fi": "Lomakkeet"}, "unit": {"fi": "kpl"}}},
    "perspective": {"p": {"framework": "f", "number": 1, "short_name": {"fi": "Osaaminen"}}},
    "action": {
        "a": {
            "serial": 1,
            "number": "3.4",
            "title": {"fi": "Kiinteistöjen anturit", "sv": "Sensorer i fastigheterna"},
            "statement": {"fi": "Asennetaan anturit kouluihin ja kirjastoihin."},
            "first": "2026-H1",
            "last": "2027-H2",
            "status": "not_started",
            "responsible": "team",
        },
        "b": {
            "serial": 2,
            "number": "3.10",
            "title": {"fi": "Toinen"},
            "first": "2026-H1",
            "last": "2026-H2",
            "status": "ongoing",
        },
    },
    "funding": {
        "m": {
            "action": "a",
            "year": 2027,
            "kind": "investment",
            "state": "proposed",
            "amount": 60000,
        }
    },
}


def _changed(*changes: tuple[str, str, Any]) -> Document:
    """The base with records changed: new fields over the old ones, None for a removed record."""
    entities = {entity: dict(records) for entity, records in BASE.items()}
    for entity, id, fields in changes:
        records = entities.setdefault(entity, {})
        if fields is None:
            del records[id]
        else:
            both = {**records.get(id, {}), **fields}
            records[id] = {name: value for name, value in both.items() if value is not None}
    return document_of(entities)


def _described(*changes: tuple[str, str, Any], language: str = "fi", **more: Any) -> Description:
    before, after = _changed(), _changed(*changes)
    return describe(diff(before, after), before, after, language, **more)


def _told(*changes: tuple[str, str, Any], language: str = "fi") -> list[tuple[ChangeKind, str]]:
    description = _described(*changes, language=language)
    return [
        (group.kind, str(item).replace("\u00a0", " ").replace("\u202f", " "))
        for group in description.groups
        for item in group.items
    ]


NEW_ACTION = {
    "serial": 3,
    "number": "4.1",
    "title": {"fi": "Uusi"},
    "first": "2027-H1",
    "last": "2027-H1",
    "status": "not_started",
    "responsible": "sector",
}


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        (
            ("action", "a", {"first": "2027-H1"}),
            ChangeKind.MOVED,
            "3.4 Kiinteistöjen anturit: aikataulu: tammikuu 2026 – joulukuu 2027 → "
            "tammi–joulu 2027",
        ),
        (
            ("action", "c", NEW_ACTION),
            ChangeKind.NEW,
            "4.1 Uusi: aikataulu: tammi–kesä 2027; vastuutaho: Tekninen toimiala",
        ),
        (("action", "a", {"cancelled": True}), ChangeKind.CANCELLED, "3.4 Kiinteistöjen anturit"),
        (
            ("action", "a", {"merged_into": "b"}),
            ChangeKind.MERGED,
            "3.4 Kiinteistöjen anturit: osana toimenpidettä: 3.10 Toinen",
        ),
        (
            ("action", "a", {"responsible": "sector"}),
            ChangeKind.PEOPLE,
            "3.4 Kiinteistöjen anturit: vastuutaho: Digitiimi → Tekninen toimiala",
        ),
        (
            ("action", "b", {"status": "done"}),
            ChangeKind.PROGRESSED,
            "3.10 Toinen: tila: käynnissä → valmis",
        ),
        (
            ("action", "a", {"recurring": True}),
            ChangeKind.MOVED,
            "3.4 Kiinteistöjen anturit: toistuu puolivuosittain",
        ),
        (
            ("funding", "m", {"state": "approved"}),
            ChangeKind.MONEY,
            "3.4 Kiinteistöjen anturit: investointi 2027, tila: esitetään talousarvioon → "
            "hyväksytty",
        ),
        (
            ("funding", "n", {"action": "b", "kind": "operating", "state": "existing"}),
            ChangeKind.MONEY,
            "3.10 Toinen: määräraha: käyttötalous: olemassa oleva määräraha",
        ),
        (
            ("goal", "g", {"title": {"fi": "Asiointi on helppoa"}}),
            ChangeKind.GOALS,
            "Asiointi on helppoa: nimi: Asiat hoituvat verkossa → Asiointi on helppoa",
        ),
        (
            ("target", "t", {"perspective": "p", "level": 4.0}),
            ChangeKind.LEVELS,
            "Osaaminen: tavoitetaso: 4",
        ),
        (
            (
                "indicator_value",
                "v",
                {"indicator": "i", "measured_on": "2026-10-13", "value": 24.0},
            ),
            ChangeKind.MEASURED,
            "Lomakkeet: 13.10.2026: 24 kpl",
        ),
        (
            ("note", "x", {"action": "b", "noted_on": "2026-05-12", "text": {"fi": "Alkoi."}}),
            ChangeKind.PROGRESSED,
            "3.10 Toinen: 12.5.2026 Alkoi.",
        ),
        (
            ("decision", "d", {"kind": "other", "body": "team", "decided_on": "2026-06-12"}),
            ChangeKind.DECIDED,
            "Digitiimi 12.6.2026: päätös lisättiin",
        ),
        (
            ("link", "l", {"action": "a", "url": "https://example.fi"}),
            ChangeKind.OTHER,
            "3.4 Kiinteistöjen anturit: linkki: https://example.fi",
        ),
        (
            ("goal", "h", {"title": {"fi": "Uusi tavoite"}}),
            ChangeKind.GOALS,
            "Uusi tavoite: tavoite lisättiin",
        ),
    ],
)
def test_a_change_is_told_in_words(
    change: tuple[str, str, Any], kind: ChangeKind, told: str
) -> None:
    assert _told(change) == [(kind, told)]


def test_the_words_are_in_the_asked_language() -> None:
    moved = ("action", "a", {"first": "2027-H1"})
    assert _told(moved, language="sv") == [
        (
            ChangeKind.MOVED,
            "3.4 Sensorer i fastigheterna: tidtabell: januari 2026 – december 2027 → "
            "januari–december 2027",
        )
    ]
    assert _told(moved, language="en")[0][1].endswith("January–December 2027")


def test_a_removed_part_is_told_as_removed() -> None:
    assert _told(("funding", "m", None)) == [
        (
            ChangeKind.MONEY,
            "3.4 Kiinteistöjen anturit: määräraha: investointi 2027, 60 000 €: "
            "esitetään talousarvioon poistettiin",
        )
    ]


def test_what_came_with_a_new_action_is_not_told_apart_from_it() -> None:
    funding = {"action": "c", "kind": "operating", "state": "none_needed"}
    note = {"action": "c", "noted_on": "2026-05-12", "text": {"fi": "Alkoi."}}
    told = _told(("action", "c", NEW_ACTION), ("funding", "n", funding), ("note", "x", note))
    assert [kind for kind, _ in told] == [ChangeKind.NEW]


def test_the_reason_stands_beside_the_change_that_asks_for_one() -> None:
    description = _described(
        ("action", "a", {"first": "2027-H1", "status": "paused", "reason": {"fi": "Raha siirtyi."}})
    )
    reasons = {group.kind: group.items[0].reason for group in description.groups}
    assert reasons == {ChangeKind.MOVED: "Raha siirtyi.", ChangeKind.PROGRESSED: ""}


def test_a_reason_alone_is_progress() -> None:
    description = _described(("action", "a", {"reason": {"fi": "Odottaa intranetiä."}}))
    (group,) = description.groups
    assert group.kind is ChangeKind.PROGRESSED
    assert group.items[0].reason == "Odottaa intranetiä."


def test_a_move_without_a_reason_of_its_own_is_given_the_one_in_the_log() -> None:
    moved = ("action", "a", {"first": "2027-H1"})
    logged = {"a": {"fi": "Työ on arvioitua suurempi."}}
    swedish = _described(moved, language="sv", reasons=logged).groups[0].items[0]
    assert (swedish.reason, swedish.reason_language) == ("Työ on arvioitua suurempi.", "fi")
    own = ("action", "a", {"first": "2027-H1", "reason": {"fi": "Oma syy."}})
    assert _described(own, reasons=logged).groups[0].items[0].reason == "Oma syy."


def test_a_reworded_text_shows_what_went_and_what_came() -> None:
    new = {"statement": {"fi": "Asennetaan anturit kouluihin ja päiväkoteihin."}}
    (group,) = _described(("action", "a", new)).groups
    assert group.kind is ChangeKind.REWORDED
    (line,) = group.items[0].lines
    assert [(one.text, str(one.fate)) for one in line.wording] == [
        ("Asennetaan anturit kouluihin ja ", "stayed"),
        ("kirjastoihin", "went"),
        ("päiväkoteihin", "came"),
        (".", "stayed"),
    ]


def test_a_translation_alone_is_told_in_its_own_language() -> None:
    title = {"fi": "Kiinteistöjen anturit", "sv": "Nya sensorer"}
    (line,) = _described(("action", "a", {"title": title})).groups[0].items[0].lines
    assert (line.old, line.new, line.language) == (
        "Sensorer i fastigheterna",
        "Nya sensorer",
        "sv",
    )


def test_lines_with_a_day_stand_in_the_order_of_days() -> None:
    notes = [
        ("note", id, {"action": "b", "noted_on": on, "text": {"fi": on}})
        for id, on in (("x", "2026-09-01"), ("y", "2026-01-15"), ("z", "2026-05-02"))
    ]
    lines = _described(*notes).groups[0].items[0].lines
    assert [line.on for line in lines] == ["2026-01-15", "2026-05-02", "2026-09-01"]


def test_actions_stand_in_the_order_of_their_numbers_not_of_their_letters() -> None:
    later = {"last": "2027-H1"}
    description = _described(("action", "a", {"first": "2027-H1"}), ("action", "b", later))
    assert [item.subject.name[:4].strip() for item in description.groups[0].items] == [
        "3.4",
        "3.10",
    ]


@pytest.mark.parametrize(
    "change",
    [
        ("action", "a", {"rank": 9}),
        ("action", "a", {"example": True}),
        ("version", "v", {"number": 1, "decision": "d"}),
    ],
)
def test_bookkeeping_is_not_told(change: tuple[str, str, Any]) -> None:
    assert _described(change).groups == ()


def test_nothing_changed_is_an_empty_description() -> None:
    description = _described()
    assert (description.groups, description.total) == ((), 0)


def test_plan_and_follow_up_together_are_everything() -> None:
    description = _described(
        ("action", "a", {"first": "2027-H1"}), ("action", "b", {"status": "done"})
    )
    assert {*description.plan, *description.follow_up} == {*description.groups}
    assert set(READING_ORDER) > FOLLOW_UP
    assert description.count(ChangeKind.MOVED) == 1


def test_every_field_of_the_registry_that_people_know_can_be_told() -> None:
    """No entity type or field of the registry makes the words fail, and none is lost silently."""
    values: dict[str, Any] = {
        "text": {"fi": "Teksti"}, "string": "teksti", "strings": ["fi"], "integer": 3,
        "number": 2.5, "boolean": True, "date": "2026-01-02", "half_year": "2026-H2",
        "reference": "a", "references": ["a"], "data": [{"x": 1}],
    }  # fmt: skip
    for entity in REGISTRY:
        record = {
            field.name: field.choices[0] if field.choices else values[field.type.value]
            for field in entity.fields
            if field.type.value not in ("audience", "restrictions", "moment")
        }
        before, after = document_of({}), document_of({entity.name: {"x": record}})
        came = diff(before, after)
        description = describe(came, before, after, "fi")
        assert description.total == (0 if is_silent(came[0]) else 1), entity.name
        for language in ("fi", "sv", "en"):
            assert all(
                str(item)
                for g in describe(came, before, after, language).groups
                for item in g.items
            )
