"""Recording for others: who may, what is saved, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from digitiekartta.documents.registry import Audience
from digitiekartta.history.models import Entry
from digitiekartta.roadmaps.models import ProgressNote
from tests.cast import NAMES, Cast
from tests.fixtures import PageClient
from tests.kauhava import Town
from tests.pages import Page

BEHALF = "/kauhava/oma/puolesta/"
MAY = {"coordinator", "team", "head"}


def filled(page: Page, **fields: Any) -> dict[str, Any]:
    """Everything that the page's form holds, with what is filled in."""
    form = page.all("#puolesta")[0]
    held: dict[str, Any] = {
        str(one["name"]): one.get("value", "") for one in form.select("input[name]")
    }
    return {**held, **{str(one["name"]): "" for one in form.select("select[name]")}, **fields}


@pytest.mark.parametrize("name", NAMES)
def test_the_team_and_heads_of_sectors_record_for_others(
    page_client: PageClient, kauhava: Town, cast: Cast, name: str
) -> None:
    page_client.sign_in(cast[name])
    refused = 404 if name == "stranger" else 403
    page_client.get(BEHALF, 200 if name in MAY else refused)


def test_what_is_filled_in_is_saved_with_who_told_it_and_the_rest_is_left_alone(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    serial = cast.serial
    before = ProgressNote.objects.count()
    form = filled(
        page_client.get(BEHALF + "?toimiala=keskushallinto"),
        **{"kertoja-told_by": "Henkilöstöpäällikkö", "kertoja-told_on": "2026-12-08"},
        **{f"{serial}-text": "Koulutus pidettiin."},
    )
    page = page_client.post(BEHALF + "?toimiala=keskushallinto", form)
    assert "1 rivi tallennettiin" in page.text() or "1 row was saved" in page.text()
    note = ProgressNote.objects.filter(action__serial=serial).latest("revision")
    assert (note.text, note.on_behalf) == ({"fi": "Koulutus pidettiin."}, True)
    assert (note.told_by, str(note.noted_on)) == ("Henkilöstöpäällikkö", "2026-12-08")
    assert ProgressNote.objects.count() == before + 1
    story = page_client.get(f"/kauhava/toimenpiteet/{serial}/").text()
    assert "Henkilöstöpäällikkö" in story
    public = str(kauhava.plan(Audience.PUBLIC))
    assert "Koulutus pidettiin." in public
    assert "Henkilöstöpäällikkö" not in public


def test_a_row_alone_is_saved_and_a_row_names_its_own_teller(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(BEHALF)
    serials = [int(str(one["data-serial"])) for one in page.all("[data-behalf]")]
    first, second = [one for one in serials if one != cast.serial][:2]
    form = filled(page, rivi=str(first), **{f"{first}-text": "A", f"{second}-text": "B"})
    form = {**form, f"{first}-why": "Viivästyi", f"{first}-told_by": "Rehtori"}
    page_client.post(BEHALF, form)
    (note,) = ProgressNote.objects.filter(text={"fi": "A"})
    assert note.told_by == "Rehtori"
    assert not ProgressNote.objects.filter(text={"fi": "B"}).exists()


def test_one_wrong_row_does_not_stop_the_others_and_keeps_what_was_typed(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    waiting = kauhava.action("2.7")
    page = page_client.get(BEHALF)
    form = filled(
        page,
        **{f"{waiting.serial}-status": "ongoing", f"{waiting.serial}-text": "Aloitetaanko?"},
        **{f"{cast.serial}-text": "Tämä tallentuu."},
    )
    page = page_client.post(BEHALF, form, 422)
    assert ProgressNote.objects.filter(text={"fi": "Tämä tallentuu."}).count() == 1
    row = page.all(f"#rivi-{waiting.serial}")[0]
    assert row.select("[aria-invalid=true]")
    assert row.select(f"input[name='{waiting.serial}-text']")[0]["value"] == "Aloitetaanko?"
    assert page.all(f"#rivi-{cast.serial} input[name='{cast.serial}-text']")[0].get("value") is None
    page_client.post(BEHALF, form, 422)
    assert ProgressNote.objects.filter(text={"fi": "Tämä tallentuu."}).count() == 1


def test_a_head_records_for_her_own_sector_alone(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    page_client.sign_in(cast["head"])
    page = page_client.get(BEHALF)
    other = kauhava.action("2.7")
    assert not page.all(f"#rivi-{other.serial}")
    form = filled(page, **{f"{other.serial}-text": "Ei minun.", f"{other.serial}-key": "x"})
    page_client.post(BEHALF, form)
    assert not ProgressNote.objects.filter(text={"fi": "Ei minun."}).exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [("?tila=myohassa", 200), ("?tila=hiljaa", 200), ("?tila=x", 404), ("?toimiala=x", 404)],
)
def test_the_rows_are_chosen_by_sector_and_by_what_is_wrong(
    page_client: PageClient, kauhava: Town, cast: Cast, query: str, status: int
) -> None:
    page_client.sign_in(cast["coordinator"])
    page = page_client.get(BEHALF + query, status)
    if query == "?tila=myohassa":
        numbers = {one.get_text() for one in page.all(".behalf-row h2 .number-of")}
        assert numbers == {"1.6", "2.7", "3.1", "5.3"}


def test_a_day_to_come_is_refused(page_client: PageClient, kauhava: Town, cast: Cast) -> None:
    page_client.sign_in(cast["coordinator"])
    form = filled(page_client.get(BEHALF), **{"kertoja-told_on": "2026-12-10"})
    page_client.post(BEHALF, {**form, f"{cast.serial}-text": "Ennuste"}, 422)
    assert not Entry.objects.filter(actor=cast["coordinator"].pk).exists()
