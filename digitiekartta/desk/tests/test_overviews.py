"""The sector's page, the hand-over sheet and the coordinator's overview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from digitiekartta.desk.models import Visit
from digitiekartta.desk.services import note_visit
from digitiekartta.history import queries as history
from digitiekartta.history.models import Entry
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps import queries as roadmaps
from digitiekartta.roadmaps import services
from tests.cast import NAMES, Cast, account
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, add_action, intent

OVERVIEW = "/kauhava/tilanne/"
READERS = {"coordinator", "team", "head", "management"}


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_which_overview(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    member = 404 if name == "stranger" else 200
    refused = 404 if name == "stranger" else 403
    page_client.get(OVERVIEW, 200 if name in READERS else refused)
    for part in ("", "luovutus/"):
        page_client.get(f"/kauhava/toimialat/{cast.sector.slug}/{part}", member)


def test_the_overview_tells_what_is_late_and_why(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(OVERVIEW)
    (late,) = page.all("section[aria-labelledby=myohassa]")
    assert [one.get_text() for one in late.select(".number-of")] == ["1.6", "2.7", "3.1", "5.3"]


def test_an_objection_is_seen_by_the_coordinator_and_in_the_sector(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    services.object_to_assignment(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=kauhava.action("1.6").pk,
        objection={"fi": "Ei kuulu meille."},
    )
    page_client.sign_in(cast["coordinator"])
    for address in (OVERVIEW, f"/kauhava/toimialat/{cast.sector.slug}/"):
        page = page_client.get(address)
        assert "Ei kuulu meille." in page.all("section[aria-labelledby=vastalause]")[0].get_text()
    page = page_client.get("/kauhava/oma/")
    (decide,) = page.all("section[aria-labelledby=osa-ratkaise]")
    page_client.get(str(decide.select("a")[1]["href"]))
    page_client.sign_in(cast["head"])
    assert not page_client.get("/kauhava/oma/").all("section[aria-labelledby=osa-ratkaise]")


def test_what_others_did_since_the_last_visit_is_told(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    assert not page_client.get(OVERVIEW).all("section[aria-labelledby=uutta] li")
    services.reschedule_action(
        ledger_id=kauhava.ledger_id,
        intent=intent("Toimittaja myöhästyi."),
        action_id=kauhava.action("1.6").pk,
        span=kauhava.plan().actions[0].span,
    )
    (told,) = page_client.get(OVERVIEW).all("section[aria-labelledby=uutta] li")
    assert "Toimittaja myöhästyi." in told.get_text()


@pytest.mark.database
def test_a_visit_is_noted_once_an_hour_and_nothing_is_missed(kauhava: Town, cast: Cast) -> None:
    def visit(revision: int, minutes: int) -> int:
        return note_visit(
            account_id=cast["coordinator"].pk,
            ledger_id=kauhava.ledger_id,
            revision=revision,
            at=NOW + timedelta(minutes=minutes),
        )

    assert visit(100, 0) == 100
    assert visit(105, 30) == 100
    assert Visit.objects.get().at == NOW
    assert visit(110, 61) == 100
    assert visit(115, 90) == 100
    assert visit(120, 130) == 110


def test_looking_again_within_the_hour_writes_nothing(
    client: Client,
    kauhava: Town,
    cast: Cast,
    queries_of: Callable[[Callable[[], object]], list[str]],
) -> None:
    client.force_login(cast["coordinator"])
    client.get(OVERVIEW)
    entries = Entry.objects.count()
    asked = queries_of(lambda: client.get(OVERVIEW))
    assert not [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("page", ["oma/", "oma/puolesta/", "tilanne/", "toimialat/sivistystoimi/"])
def test_a_page_takes_as_many_queries_for_twice_the_actions(
    client: Client,
    lappajarvi: Town,
    queries_of: Callable[[Callable[[], object]], list[str]],
    page: str,
) -> None:
    party = lappajarvi.plan().parties[0]
    row = Party.objects.get(pk=party.id)
    client.force_login(account(lappajarvi.ledger_id, Role.HEAD, "johtaja@kunta.test", row))

    def add(numbers: range) -> None:
        for number in numbers:
            action = add_action(lappajarvi, str(number))
            services.hand_over_action(
                ledger_id=lappajarvi.ledger_id,
                intent=intent(),
                action_id=action,
                responsible_id=row.pk,
            )

    def first_time() -> None:
        history.forget()
        roadmaps.forget()
        assert client.get(f"/lappajarvi/{page}").status_code == 200

    add(range(2, 5))
    first_time()
    few = queries_of(first_time)
    add(range(5, 9))
    assert len(queries_of(first_time)) == len(few) <= 60
