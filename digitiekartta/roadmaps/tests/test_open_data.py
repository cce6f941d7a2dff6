"""Open data: the document as it stands and what follows from it; versions stay as they are."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from digitiekartta.documents.registry import Audience
from digitiekartta.roadmaps import services
from tests.fixtures import PageClient
from tests.kauhava import TODAY, Town, intent

DOCUMENT, SCHEMA = "/kauhava/digitiekartta.json", "/kauhava/digitiekartta.schema.json"


def _fetched(page_client: PageClient, path: str) -> dict[str, Any]:
    answer = page_client.client.get(path)
    assert answer.status_code == 200
    return dict(json.loads(answer.content))


def test_each_action_has_the_situation_that_the_pages_show_as_at_a_day(
    page_client: PageClient, kauhava: Town
) -> None:
    data = _fetched(page_client, DOCUMENT)
    numbers = {one["id"]: one["number"] for one in data["actions"]}
    told = {numbers[one["action"]]: one for one in data["situations"]}
    assert len(told) == len(data["actions"]) == 33
    assert data["as_of"] == TODAY.isoformat()
    situations = [one["situation"] for one in told.values()]
    assert (situations.count("done"), situations.count("ongoing")) == (11, 12)
    assert {number for number, one in told.items() if one["situation"] == "late"} == {
        "1.6", "3.1", "5.3",
    }  # fmt: skip
    waiting = told["2.7"]
    assert (waiting["situation"], waiting["late"], waiting["waiting_for_money"]) == (
        "waiting_for_money", True, True,
    )  # fmt: skip


@pytest.mark.parametrize("path", [DOCUMENT, "/kauhava/versiot/1.json", "/kauhava/versiot/2.json"])
def test_the_document_and_every_version_are_as_the_schema_says(
    page_client: PageClient, kauhava: Town, path: str
) -> None:
    schema = _fetched(page_client, SCHEMA)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(_fetched(page_client, path))


def test_a_version_has_no_situations(page_client: PageClient, kauhava: Town) -> None:
    assert "situations" not in _fetched(page_client, "/kauhava/versiot/2.json")


def test_what_is_not_public_has_no_situation_either(page_client: PageClient, kauhava: Town) -> None:
    action = kauhava.action("4.1")
    services.set_visibility(
        ledger_id=kauhava.ledger_id,
        intent=intent(),
        action_id=action.pk,
        audience=Audience.TEAM,
        restricted={},
    )
    told = _fetched(page_client, DOCUMENT)["situations"]
    assert str(action.pk) not in {one["action"] for one in told}
    assert len(told) == 32


def test_the_page_tells_what_is_computed(page_client: PageClient, kauhava: Town) -> None:
    assert "situations" in page_client.get("/kauhava/avoin-data/").texts("main code")
