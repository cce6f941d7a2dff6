"""What is valid, what is only planned, and what everybody may read."""

from __future__ import annotations

import datetime
from uuid import uuid4

from django.db.models import UUIDField

from digitiekartta.config.example import remove_example
from digitiekartta.decisions import services as decisions
from digitiekartta.decisions.models import Decision, Version
from digitiekartta.decisions.queries import frozen_bytes
from digitiekartta.decisions.rules import DecisionKind
from digitiekartta.documents.document import canonical, sha256
from digitiekartta.documents.registry import Audience, FieldKind, Registry, ValueType
from digitiekartta.history import queries as history
from digitiekartta.history.tables import table_of
from digitiekartta.municipalities.models import Municipality, Party
from digitiekartta.municipalities.rules import HalfYear, PartyKind, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Goal
from digitiekartta.roadmaps.plan.entities import Plan
from digitiekartta.roadmaps.queries import document_of_plan, plan_as_of
from digitiekartta.roadmaps.registry import REGISTRY
from digitiekartta.roadmaps.rules import Situation
from digitiekartta.ui.clock import HELSINKI
from tests.kauhava import NOW, TODAY, Town, add_action, intent, text


def approve(town: Town, *, example: bool = False) -> Version:
    body = Party.objects.filter(ledger_id=town.ledger_id, kind=PartyKind.BODY).first()
    body = body or Party.objects.filter(ledger_id=town.ledger_id)[0]
    decision = decisions.record_decision(
        ledger_id=town.ledger_id,
        intent=intent(),
        kind=DecisionKind.ROADMAP,
        body_id=body.pk,
        decided_on=TODAY,
    )
    assert decision.entity_id is not None
    receipt = decisions.approve_version(
        ledger_id=town.ledger_id,
        intent=intent(),
        subject_kind="roadmap",
        subject_id=town.roadmap_id,
        decision_id=decision.entity_id,
        example=example,
    )
    return Version.objects.get(pk=receipt.entity_id)


def test_without_a_version_readers_see_the_working_plan_and_that_it_is_not_approved(
    lappajarvi: Town,
) -> None:
    plan = lappajarvi.plan()
    assert not plan.approved
    assert [one.number for one in plan.actions] == ["1"]


def test_a_new_action_waits_for_the_decision_of_the_management_team(lappajarvi: Town) -> None:
    approve(lappajarvi)
    add_action(lappajarvi, "2")
    assert [one.number for one in lappajarvi.plan().actions] == ["1"]
    approve(lappajarvi)
    assert [one.number for one in lappajarvi.plan().actions] == ["1", "2"]


def test_cancelling_waits_for_the_decision_and_progress_and_schedule_do_not(
    lappajarvi: Town,
) -> None:
    approve(lappajarvi)
    action_id = lappajarvi.action("1").pk
    later = Span(HalfYear(2027, 1), HalfYear(2027, 2))
    services.reschedule_action(
        ledger_id=lappajarvi.ledger_id, intent=intent("Siirtyy"), action_id=action_id, span=later
    )
    services.cancel_action(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=action_id,
        reason=text("Ei tarvita."),
    )
    shown = lappajarvi.plan().actions[0]
    assert shown.span == later
    assert shown.situation is Situation.WAITING_FOR_MONEY
    approve(lappajarvi)
    assert lappajarvi.plan().actions[0].situation is Situation.CANCELLED


def test_the_vision_is_what_the_board_approved(kauhava: Town) -> None:
    approved = kauhava.plan().roadmap.vision
    services.write_texts(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        roadmap_id=kauhava.roadmap_id,
        texts={"vision": text("Toinen visio")},
    )
    assert kauhava.plan().roadmap.vision == approved


def test_a_versions_hashes_are_of_its_bytes_and_of_the_public_file(kauhava: Town) -> None:
    versions = Version.objects.order_by("number")
    assert [one.number for one in versions] == [1, 2]
    for version in versions:
        assert sha256(frozen_bytes(version.pk)) == version.sha256
    assert versions[1].supersedes == versions[0]
    assert versions[0].decision.decided_on == datetime.date(2024, 12, 16)


def test_a_past_plan_is_as_it_stood_then(kauhava: Town) -> None:
    then = datetime.datetime(2025, 3, 1, 12, 0, tzinfo=HELSINKI)
    plan = plan_as_of(kauhava.ledger_id, at=then, audience=Audience.PUBLIC, on=then.date())
    assert plan.version is not None
    assert plan.version.number == 1
    assert len(plan.actions) == 32
    assert not any(one.situation is Situation.CANCELLED for one in plan.actions)
    moved = next(one for one in plan.actions if one.number == "3.4")
    assert str(moved.span.first) == "2026-H1"


def test_what_is_withdrawn_today_is_gone_from_the_past_and_from_versions_too(
    kauhava: Town,
) -> None:
    action = kauhava.action("2.4")
    services.set_visibility(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=action.pk,
        audience=Audience.TEAM,
        restricted={},
    )
    then = datetime.datetime(2026, 8, 1, 12, 0, tzinfo=HELSINKI)
    past = plan_as_of(kauhava.ledger_id, at=then, audience=Audience.PUBLIC, on=then.date())
    for plan in (past, kauhava.plan()):
        assert not any(one.number == "2.4" for one in plan.actions)


def _as_of(town: Town, at: datetime.datetime) -> Plan:
    return plan_as_of(town.ledger_id, at=at, audience=Audience.PUBLIC, on=at.date())


def test_a_past_moment_is_told_also_when_its_example_version_has_been_removed(
    kauhava: Town,
) -> None:
    then = datetime.datetime(2026, 8, 1, 12, 0, tzinfo=HELSINKI)
    assert _as_of(kauhava, then).actions
    remove_example(NOW)
    history.forget()
    past = _as_of(kauhava, then)
    assert past.version is None
    assert past.actions == ()


def test_in_the_past_an_example_version_gives_way_to_the_one_before_it(lappajarvi: Town) -> None:
    first = approve(lappajarvi)
    add_action(lappajarvi, "2")
    approve(lappajarvi, example=True)
    assert [one.number for one in _as_of(lappajarvi, NOW).actions] == ["1", "2"]
    remove_example(NOW + datetime.timedelta(hours=1))
    past = _as_of(lappajarvi, NOW)
    assert past.version is not None
    assert past.version.id == str(first.pk)
    assert [one.number for one in past.actions] == ["1"]


def test_what_is_withdrawn_is_in_no_open_data_either_where_a_body_decides_what_is_public(
    lappajarvi: Town,
) -> None:
    Municipality.objects.filter(ledger_id=lappajarvi.ledger_id).update(
        authorities={"action.audience": "board"}
    )
    history.forget()
    approve(lappajarvi)
    services.set_visibility(
        ledger_id=lappajarvi.ledger_id,
        intent=intent(),
        action_id=lappajarvi.action("1").pk,
        audience=Audience.TEAM,
        restricted={},
    )
    document = document_of_plan(lappajarvi.ledger_id, audience=Audience.PUBLIC).document
    assert document.of("action") == {}
    assert lappajarvi.plan().actions == ()


def secret_values(registry: Registry) -> dict[tuple[str, str], str]:
    """A text of its own for every text field that is not for everybody."""
    return {
        (entity.name, field.name): f"SALAISUUS {entity.name} {field.name}"
        for entity in registry
        for field in entity.fields
        if field.audience is not Audience.PUBLIC
        and field.kind is not FieldKind.DERIVED
        and field.type in (ValueType.TEXT, ValueType.STRING)
    }


def test_secrets_planted_in_every_non_public_field_appear_in_no_public_document(
    kauhava: Town,
) -> None:
    secrets = secret_values(REGISTRY)
    assert ("action", "internal_note") in secrets
    account = uuid4()
    for (entity, field), secret in secrets.items():
        value: object = (
            {"fi": secret} if REGISTRY.field(entity, field).type is ValueType.TEXT else secret
        )
        table = table_of(entity)
        if isinstance(table._meta.get_field(field), UUIDField):
            value = account
        table._default_manager.filter(ledger_id=kauhava.ledger_id).update(**{field: value})
    content = canonical(
        document_of_plan(kauhava.ledger_id, audience=Audience.PUBLIC).document.entities
    )
    assert b"SALAISUUS" not in content
    assert str(account).encode() not in content
    team = canonical(document_of_plan(kauhava.ledger_id, audience=Audience.TEAM).document.entities)
    assert b"SALAISUUS" in team


def test_a_goal_that_nobody_decided_yet_is_not_shown(kauhava: Town) -> None:
    services.add_goal(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        roadmap_id=kauhava.roadmap_id,
        number=6,
        title=text("Uusi tavoite"),
    )
    assert Goal.objects.filter(number=6).exists()
    assert len(kauhava.plan().goals) == 5
    assert Decision.objects.filter(ledger_id=kauhava.ledger_id).count() == 3
