"""What can go wrong at the coordinator's desk: bad input, two at once, codes asked for again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest

from digitiekartta.municipalities.rules import Role
from digitiekartta.surveys import services
from digitiekartta.surveys.models import Round, RoundUnit
from digitiekartta.surveys.rules import Way
from tests.fixtures import PageClient
from tests.kauhava import intent

from .desk import member, stamped
from .rounds import Stage, settings, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(page_client: PageClient) -> Stage:
    """A draft of three groups, and its coordinator signed in."""
    made = staged(ways={"c": Way.OPEN_LINK, "b": Way.PAPER})
    page_client.sign_in(member(made.ledger_id, Role.COORDINATOR, "k@example.test"))
    return made


def _here(stage: Stage) -> str:
    return f"/{stage.slug}/kyselyt/{stage.round_id}/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_fi", ""),
        ("name_fi", "x" * 121),
        ("k_mean", "4"),
        ("k_mean", "viisi"),
        ("k_distribution", "9"),
        ("closes_on", "2026-12-01"),
        ("closes_on", "31.2.2027"),
        ("closes_on", "' OR 1=1 --"),
    ],
)
def test_a_setting_that_breaks_a_rule_is_told_and_what_was_typed_is_kept(
    page_client: PageClient, stage: Stage, field: str, value: str
) -> None:
    address = _here(stage) + "asetukset/"
    before = stage.round
    filled = {
        "name_fi": "<b>Kysely</b>",
        "name_sv": "Enkät",
        "opens_on": "2026-12-09",
        "closes_on": "2026-12-20",
        "k_mean": "12",
        "k_distribution": "15",
        field: value,
    }
    sent = stamped(page_client.get(address), **filled)
    page = page_client.post(address, sent, 422)
    assert page.has(".error-summary")
    for name, typed in filled.items():
        assert page.one(f"[name={name}]")["value" if value or name != field else "name"]
        if typed:
            assert page.one(f"[name={name}]").get("value") == typed
    assert stage.round.name == before.name
    assert stage.round.k_mean == before.k_mean


@pytest.mark.parametrize("staff", ["-1", "kaksi", "200001", "1.5"])
def test_a_number_of_staff_that_is_none_is_told_at_its_group(
    page_client: PageClient, stage: Stage, staff: str
) -> None:
    address = _here(stage) + "ryhmat/"
    unit = stage.unit("a")
    filled = {f"asked-{unit.party_id}": "on", f"way-{unit.party_id}": "email"}
    sent = stamped(page_client.get(address), **filled, **{f"staff-{unit.party_id}": staff})
    page = page_client.post(address, sent, 422)
    assert page.one(f"[name=staff-{unit.party_id}]")["value"] == staff
    assert page.one(f"[name=asked-{unit.party_id}]").has_attr("checked")
    assert RoundUnit.objects.filter(round=stage.round_id).count() == 3


def test_two_coordinators_who_change_the_same_see_both_values(
    page_client: PageClient, stage: Stage
) -> None:
    address = _here(stage) + "asetukset/"
    page = page_client.get(address)
    services.change_round(
        ledger_id=stage.ledger_id,
        intent=intent(),
        round_id=stage.round_id,
        settings=settings(name={"fi": "Toisen nimi"}),
    )
    filled = {"opens_on": "2026-12-09", "closes_on": "2026-12-23", "k_mean": 5}
    sent = stamped(page, name_fi="Oma nimi", k_distribution=10, **filled)
    told = page_client.post(address, sent, 409)
    assert "Oma nimi" in told.text("main table")
    assert "Toisen nimi" in told.text("main table")
    assert stage.round.name == {"fi": "Toisen nimi"}


def test_the_same_form_sent_twice_makes_one_round_and_other_values_are_refused(
    page_client: PageClient, stage: Stage
) -> None:
    page = page_client.get("/lappajarvi/kyselyt/uusi/")
    framework = str(page.one("select[name=framework] option")["value"])
    sent = stamped(page, name_fi="Uusi", framework=framework, k_mean=5, k_distribution=10)
    first = page_client.redirect("/lappajarvi/kyselyt/uusi/", sent)
    assert page_client.redirect("/lappajarvi/kyselyt/uusi/", sent) == first
    page_client.post("/lappajarvi/kyselyt/uusi/", {**sent, "name_fi": "Toinen"}, 409)
    assert Round.objects.count() == 2


@pytest.mark.parametrize("stamp", [{}, {"revision": "x"}, {"revision": -1}, {"key": "avain"}])
def test_a_stamp_that_no_page_made_is_refused(
    page_client: PageClient, stage: Stage, stamp: dict[str, object]
) -> None:
    whole = {"revision": 1, "key": uuid4()} if stamp else {}
    page_client.post(_here(stage) + "avaa/", {**whole, **stamp}, 400)
    assert stage.round.state == "draft"


def test_a_round_with_something_missing_says_what_and_cant_be_opened(
    page_client: PageClient, stage: Stage
) -> None:
    services.set_units(
        ledger_id=stage.ledger_id, intent=intent(), round_id=stage.round_id, groups=[]
    )
    page = page_client.get(_here(stage) + "avaa/")
    assert page.has(".notice.warning")
    assert not page.has("main form")
    sent = {"revision": 10**6, "key": uuid4()}
    assert "ryhmä" in page_client.post(_here(stage) + "avaa/", sent, 422).text("main")


def _made(page_client: PageClient, stage: Stage) -> tuple[dict[str, str], dict[str, str]]:
    """What made the codes of an opened round, and the codes by their fields."""
    stage.open()
    sent = stamped(page_client.get(_here(stage) + "tunnukset/"))
    page = page_client.post(_here(stage) + "tunnukset/", sent)
    inputs = page.all(".code-group input[name^=codes]")
    return sent, {str(one["name"]): str(one["value"]) for one in inputs}


def test_codes_are_shown_once_and_never_again(page_client: PageClient, stage: Stage) -> None:
    sent, held = _made(page_client, stage)
    assert {len(one.split()) for one in held.values()} == {44, 14}
    again = page_client.post(_here(stage) + "tunnukset/", sent)
    for address in ("tunnukset/", "", f"tunnukset/{stage.unit('a').pk}/"):
        page = page_client.get(_here(stage) + address)
        assert not any(code in page.html for one in held.values() for code in one.split())
    assert not again.has(".code-group")
    assert stage.unit("a").code_count == 44


def test_slips_are_ten_to_a_page_and_hold_every_code(
    page_client: PageClient, stage: Stage, tmp_path: Path
) -> None:
    _, held = _made(page_client, stage)
    address = _here(stage) + "tunnukset/laput/"
    answer = page_client.client.post(address, {**held, "language": "fi"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF")
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing")
    (tmp_path / "slips.pdf").write_bytes(answer.content)
    text = subprocess.run(
        [program, "-layout", tmp_path / "slips.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert text.count("\f") == 5 + 2
    assert all(code in text for one in held.values() for code in one.split())


def test_a_list_of_codes_is_one_column_that_spreadsheets_read(
    page_client: PageClient, stage: Stage
) -> None:
    _, held = _made(page_client, stage)
    name = f"codes-{stage.unit('a').pk}"
    answer = page_client.client.post(_here(stage) + "tunnukset/luettelo/", {name: held[name]})
    assert answer.content.startswith(b"\xef\xbb\xbftunnus\r\n")
    assert answer.content.decode("utf-8-sig").split()[1:] == held[name].split()


@pytest.mark.parametrize("codes", ["", "AAAA-BBBB-CCCC", "=cmd|calc", "x" * 100_000])
def test_nothing_is_printed_of_codes_that_are_not_the_groups(
    page_client: PageClient, stage: Stage, codes: str
) -> None:
    _made(page_client, stage)
    for address in ("laput/", "luettelo/"):
        sent = {f"codes-{stage.unit('a').pk}": codes}
        page_client.post(_here(stage) + f"tunnukset/{address}", sent, 400)


def test_spare_codes_are_made_up_to_as_many_again(page_client: PageClient, stage: Stage) -> None:
    _made(page_client, stage)
    address = _here(stage) + f"tunnukset/{stage.unit('a').pk}/"
    page = page_client.post(address, stamped(page_client.get(address), count=3))
    assert page.has(".code-group")
    assert stage.unit("a").code_count == 47
    sent = stamped(page_client.get(address), count=1000)
    page_client.post(address, sent, 422)
    page_client.post(address, {**sent, "key": uuid4(), "count": "-2"}, 422)
    assert stage.unit("a").code_count == 47


def test_an_open_link_has_a_poster_and_no_codes(page_client: PageClient, stage: Stage) -> None:
    stage.open()
    unit = stage.unit("c")
    answer = page_client.answer(_here(stage) + f"juliste/{unit.pk}/?kieli=fi")
    assert answer.content.startswith(b"%PDF")
    page_client.get(_here(stage) + f"juliste/{unit.pk}/?kieli=xx", 400)
    page_client.get(_here(stage) + f"juliste/{stage.unit('a').pk}/", 404)


def test_a_round_closes_early_only_when_that_is_said(page_client: PageClient, stage: Stage) -> None:
    stage.open()
    address = _here(stage) + "sulje/"
    sent = stamped(page_client.get(address))
    page_client.post(address, sent, 422)
    assert stage.round.state == "open"


@pytest.mark.parametrize("day", ["2026-12-23", "2026-12-10", "", "9999-12-31"])
def test_the_last_day_moves_only_later(page_client: PageClient, stage: Stage, day: str) -> None:
    stage.open()
    address = _here(stage) + "jatka/"
    page_client.post(address, stamped(page_client.get(address), closes_on=day), 422)


@pytest.mark.parametrize("share", ["0", "101", "-1", "x", "50.5", "9" * 500])
def test_a_response_rate_that_is_none_is_not_found(
    page_client: PageClient, stage: Stage, share: str
) -> None:
    page_client.get(_here(stage) + f"nakyvyys/?osuus={share}", 404)


def test_what_is_pasted_is_shown_row_by_row_and_never_as_markup(
    page_client: PageClient, stage: Stage
) -> None:
    address = _here(stage) + "ryhmat/liita/"
    rows = "A\t41\n<script>alert(1)</script>\t3\nB\t13\tposti\n"
    page = page_client.post(address, stamped(page_client.get(address), rows=rows))
    assert len(page.all("main table tbody tr")) == 3
    assert not page.has("main script")
    page_client.post(address, stamped(page, rows="x" * 200_001), 422)
    page_client.post(address, stamped(page, rows=""), 422)
