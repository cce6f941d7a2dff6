"""The coordinator's round from nothing to published results, through the pages alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from digitiekartta.municipalities import services as municipalities
from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys.models import Round, RoundUnit
from digitiekartta.surveys.services.answers import Outcome
from tests.fixtures import PageClient
from tests.kauhava import intent, text

from .desk import member, stamped
from .rounds import STAFF, Stage, new_framework, new_party

WAYS = {"a": "email", "b": "paper", "c": "open_link"}
pytestmark = pytest.mark.django_db


def town(slug: str = "lappajarvi") -> Any:
    """A municipality with a framework and three sectors, and no round."""
    ledger_id, _ = municipalities.create_municipality(
        intent=intent(), slug=slug, name=text(slug), genitive=text(slug), languages=["fi", "sv"]
    )
    new_framework(ledger_id)
    parties = {one: new_party(ledger_id, one) for one in ("a", "b", "c")}
    return ledger_id, parties


def test_a_round_goes_from_nothing_to_published_results_through_the_pages(
    page_client: PageClient,
) -> None:
    ledger_id, parties = town()
    page_client.sign_in(member(ledger_id, Role.COORDINATOR, "k@example.test"))
    assert page_client.get("/lappajarvi/kyselyt/").has(".empty")
    here = _made(page_client)
    _given_its_days(page_client, here)
    _pasted(page_client, here)
    _grouped(page_client, here, parties)
    for address in ("nakyvyys/?osuus=30", "viestit/", "viestit/?kieli=sv", "esikatselu/"):
        page_client.get(here + address)
    codes = _opened_with_codes(page_client, here)
    _answered(Stage(ledger_id, "lappajarvi", Round.objects.get().pk), codes)
    assert "20" in page_client.get(here).text(".counts")
    _closed_and_published(page_client, here)
    assert Round.objects.get().state == "published"
    page_client.get("/lappajarvi/kyselyt/")


def _made(client: PageClient) -> str:
    page = client.get("/lappajarvi/kyselyt/uusi/")
    framework = str(page.one("select[name=framework] option")["value"])
    sent = stamped(page, name_fi="Digikysely", framework=framework, k_mean=5, k_distribution=10)
    here = client.redirect("/lappajarvi/kyselyt/uusi/", sent)
    assert here == f"/lappajarvi/kyselyt/{Round.objects.get().pk}/"
    client.get(here)
    return here


def _given_its_days(client: PageClient, here: str) -> None:
    page = client.get(f"{here}asetukset/")
    days = {"opens_on": "2026-12-09", "closes_on": "23.12.2026"}
    sent = stamped(page, name_fi="Digikysely", k_mean=5, k_distribution=10, **days)
    client.redirect(f"{here}asetukset/", sent)


def _pasted(client: PageClient, here: str) -> None:
    page = client.get(f"{here}ryhmat/liita/")
    rows = "Nimi\tHenkilöstö\tTapa\nA\t40\tsähköposti\nB\tkaksitoista\nD\t3\n"
    page = client.post(f"{here}ryhmat/liita/", stamped(page, rows=rows))
    assert len(page.all("table .not-taken")) == 2
    sent = stamped(page, rows=rows, confirm="1")
    assert client.redirect(f"{here}ryhmat/liita/", sent) == f"{here}ryhmat/"


def _grouped(client: PageClient, here: str, parties: Any) -> None:
    page = client.get(f"{here}ryhmat/")
    chosen = {
        **{f"asked-{parties[one]}": "on" for one in "abc"},
        **{f"staff-{parties[one]}": staff for one, staff in STAFF.items()},
        **{f"way-{parties[one]}": way for one, way in WAYS.items()},
    }
    client.redirect(f"{here}ryhmat/", stamped(page, **chosen))


def _opened_with_codes(client: PageClient, here: str) -> dict[str, list[str]]:
    """The codes by the slugs of their groups."""
    page = client.get(f"{here}avaa/")
    assert client.redirect(f"{here}avaa/", stamped(page)) == f"{here}tunnukset/"
    page = client.get(f"{here}tunnukset/")
    page = client.post(f"{here}tunnukset/", stamped(page))
    inputs = page.all(".code-group input[name^=codes]")
    held = {str(one["name"]): str(one["value"]).split() for one in inputs}
    units = RoundUnit.objects.filter(pk__in=[name.removeprefix("codes-") for name in held])
    return {unit.party.slug: held[f"codes-{unit.pk}"] for unit in units}


def _answered(stage: Stage, codes: dict[str, list[str]]) -> None:
    assert len(codes["a"]) == 44
    for place, code in enumerate(codes["a"][:20]):
        level = place % 5 + 1
        assert stage.answer("a", code.replace("-", ""), level) is Outcome.COUNTED
    for code in codes["b"][:8]:
        assert stage.answer("b", code.replace("-", ""), 3) is Outcome.COUNTED


def _closed_and_published(client: PageClient, here: str) -> None:
    page = client.get(f"{here}jatka/")
    client.redirect(f"{here}jatka/", stamped(page, closes_on="2026-12-30"))
    page = client.get(f"{here}sulje/")
    assert client.redirect(f"{here}sulje/", stamped(page, early="1")) == f"{here}tulokset/"
    page = client.get(f"{here}tulokset/")
    assert re.search(r"3,0", page.text("main"))
    client.redirect(f"{here}tulokset/", stamped(page))
    assert not client.get(f"{here}tulokset/").has("main form[method=post]")
