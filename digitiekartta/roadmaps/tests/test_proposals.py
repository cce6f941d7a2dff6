"""What waits for a decision: who sees it, what is told of it, and taking it back."""

from __future__ import annotations

from digitiekartta.history.models import Entry
from tests.cast import Cast
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town

from .edit_cases import act, cancelled, case_of, values


def test_a_new_action_is_a_proposal_that_only_those_who_work_on_the_plan_see(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["head"])
    case = case_of("uusi-toimenpide")
    where = case.address(kauhava)
    form = {**values(page_client.get(where)), **case.filled(kauhava), "reason": "Laki muuttuu"}
    there = page_client.redirect(where, form).partition("?")[0]
    assert "ehdotettu" in page_client.get(there).one(".page-head .eyebrow").text
    assert "Uusi toimi" in page_client.get("/kauhava/toimenpiteet/?nakyma=lista").text()
    proposals = page_client.get("/kauhava/paatokset/")
    told = next(one for one in proposals.all(".proposals li") if "Uusi toimi" in one.text)
    assert "Laki muuttuu" in told.text
    assert "head@kunta.test" in told.text
    assert "ohtoryhmä päättää" in told.text
    page_client.get(f"{there}?suunnitelma=voimassa", 404)
    page_client.sign_in(cast["staff"])
    page_client.get(there, 404)


def test_who_proposed_may_take_it_back_even_later(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["team"])
    case = case_of("peru")
    where = case.address(kauhava)
    page_client.redirect(where, {**values(page_client.get(where)), **case.filled(kauhava)})
    latest = Entry.objects.filter(ledger_id=kauhava.ledger_id).latest("revision")
    Entry.objects.filter(pk=latest.pk).update(at=NOW.replace(month=11))
    page_client.sign_in(cast["coordinator"])
    assert not page_client.get("/kauhava/paatokset/").all(f"form[action$='/{latest.revision}/']")
    page_client.sign_in(cast["team"])
    form = page_client.get("/kauhava/paatokset/").all(f"form[action$='/{latest.revision}/']")[0]
    hidden = {one["name"]: one["value"] for one in form.select("input") if one.get("name")}
    page_client.redirect(str(form["action"]), hidden)
    assert not act(kauhava).cancelled


def test_those_who_work_on_the_plan_see_which_plan_they_see(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    assert not page_client.get("/kauhava/").all("header a[href='/kauhava/paatokset/']")
    page_client.sign_in(cast["staff"])
    assert not page_client.get("/kauhava/").all("header a[href='/kauhava/paatokset/']")
    page_client.sign_in(cast["management"])
    cancelled(kauhava)
    serial = act(kauhava).serial
    page = page_client.get(f"/kauhava/toimenpiteet/{serial}/")
    assert "1 kohta odottaa päätöstä" in page.one("header").text
    valid = page_client.get(f"/kauhava/toimenpiteet/{serial}/?suunnitelma=voimassa")
    assert "voimassa olevan suunnitelman" in valid.one("header").text
    assert not valid.all(".standing[data-situation=cancelled]")
