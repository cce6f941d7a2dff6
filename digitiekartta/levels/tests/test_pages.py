"""The coordinator's pages of levels: what they record, and what they say when they can't."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.levels.models import Target
from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys.tests.desk import member
from tests.fixtures import PageClient
from tests.kauhava import Town
from tests.pages import Page

TARGETS, RANKING = "/kauhava/tasot/tavoitteet/", "/kauhava/tasot/karjet/"
BASELINE, ESTIMATE = "/kauhava/tasot/lahtotaso/", "/kauhava/tasot/arvio/"


@pytest.fixture
def coordinator(page_client: PageClient, kauhava: Town) -> PageClient:
    page_client.sign_in(member(kauhava.ledger_id, Role.COORDINATOR, "k@example.test"))
    return page_client


def filled(page: Page, **changed: Any) -> dict[str, Any]:
    """What a page's form sends when nothing but ``changed`` is written anew."""
    values: dict[str, Any] = {}
    for one in page.all("main input[name], main textarea[name], main select[name]"):
        name = str(one["name"])
        if one.name == "textarea":
            values[name] = one.get_text().lstrip("\n")
        elif one.name == "select":
            values[name] = str((one.select("option[selected]") or one.select("option"))[0]["value"])
        elif one.get("type") not in ("radio", "checkbox") or one.has_attr("checked"):
            values[name] = str(one.get("value", ""))
    return values | changed


@pytest.mark.parametrize("path", [TARGETS, RANKING, BASELINE, ESTIMATE, BASELINE + "uusi/"])
def test_the_pages_open(coordinator: PageClient, path: str) -> None:
    for prefix in ("", "/sv", "/en"):
        coordinator.get(prefix + path)


def test_one_target_is_changed_among_eleven_and_the_rest_keep_their_decision(
    coordinator: PageClient,
) -> None:
    page = coordinator.get(TARGETS)
    sent = filled(page, **{"level-4": "3,5", "reason-4": "Tarvitaan enemmän.", "reference": "§ 7"})
    assert coordinator.redirect(TARGETS, sent) == "/kauhava/tasot/#luvut"
    (changed,) = Target.objects.filter(example=False)
    assert float(changed.level) == 3.5
    assert changed.reason["fi"] == "Tarvitaan enemmän."
    assert changed.reason["sv"]
    assert changed.decision is not None
    assert changed.decision.reference == "§ 7"
    assert changed.decision.body.slug == "johtoryhma"
    assert Target.objects.filter(example=True).count() == 10
