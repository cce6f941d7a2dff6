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
    start = page_client.get("/lappajarvi/kyselyt/")
    assert start.has(".empty")

    page = page_client.get("/lappajarvi/kyselyt/uusi/")
    framework = str(page.one("select[name=framework] option")["value"])
    sent = stamped(page, name_fi="Digikysely", framework=framework, k_mean=5, k_distribution=10)
    here = page_client.redirect("/lappajarvi/kyselyt/uusi/", sent)
    one = Round.objects.get()
    assert here == f"/lappajarvi/kyselyt/{one.pk}/"
    assert page_client.redirect("/lappajarvi/kyselyt/uusi/", sent) == here
    assert Round.objects.count() == 1
    page_client.get(here)

    page = page_client.get(f"{here}asetukset/")
    days = {"opens_on": "2026-12-09", "closes_on": "23.12.2026"}
    sent = stamped(page, name_fi="Digikysely", k_mean=5, k_distribution=10, **days)
    page_client.redirect(f"{here}asetukset/", sent)

    page = page_client.get(f"{here}ryhmat/liita/")
    rows = "Nimi\tHenkilöstö\tTapa\nA\t40\tsähköposti\nB\tkaksitoista\nD\t3\n"
    page = page_client.post(f"{here}ryhmat/liita/", stamped(page, rows=rows))
    assert len(page.all("table .not-taken")) == 2
    sent = stamped(page, rows=rows, confirm="1")
    assert page_client.redirect(f"{here}ryhmat/liita/", sent) == f"{here}ryhmat/"

    page = page_client.get(f"{here}ryhmat/")
    chosen = {
        **{f"asked-{parties[one]}": "on" for one in "abc"},
        **{f"staff-{parties[one]}": staff for one, staff in STAFF.items()},
        **{f"way-{parties[one]}": way for one, way in WAYS.items()},
    }
    page_client.redirect(f"{here}ryhmat/", stamped(page, **chosen))
    page_client.get(f"{here}nakyvyys/?osuus=30")
    page_client.get(f"{here}viestit/")

    page = page_client.get(f"{here}avaa/")
    assert page_client.redirect(f"{here}avaa/", stamped(page)) == f"{here}tunnukset/"
    page = page_client.get(f"{here}tunnukset/")
    page = page_client.post(f"{here}tunnukset/", stamped(page))
    held = {
        str(one["name"]): str(one["value"]) for one in page.all(".code-group input[name^=codes]")
    }
    units = {unit.party.slug: unit for unit in RoundUnit.objects.filter(round=one)}
    codes = held[f"codes-{units['a'].pk}"].split()
    assert len(codes) == 44

    stage = Stage(ledger_id, "lappajarvi", one.pk)
    for place, code in enumerate(codes[:20]):
        level = place % 5 + 1
        assert stage.answer("a", code.replace("-", ""), level) is Outcome.COUNTED
    for code in held[f"codes-{units['b'].pk}"].split()[:8]:
        assert stage.answer("b", code.replace("-", ""), 3) is Outcome.COUNTED
    page = page_client.get(here)
    assert "20" in page.text(".counts")

    page = page_client.get(f"{here}jatka/")
    page_client.redirect(f"{here}jatka/", stamped(page, closes_on="2026-12-30"))
    page = page_client.get(f"{here}sulje/")
    assert page_client.redirect(f"{here}sulje/", stamped(page, early="1")) == f"{here}tulokset/"
    page = page_client.get(f"{here}tulokset/")
    assert re.search(r"3,0", page.text("main"))
    page_client.redirect(f"{here}tulokset/", stamped(page))
    assert not page_client.get(f"{here}tulokset/").has("main form[method=post]")
    one.refresh_from_db()
    assert one.state == "published"
