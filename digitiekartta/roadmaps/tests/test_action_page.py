"""Toimenpide: its status sentence, its money, its neighbours, and the page itself."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.pages.action import (
    ActionPage,
    Gate,
    Saying,
    Sentence,
    action_page,
    money_of,
    sentence_of,
)
from digitiekartta.roadmaps.plan.entities import Action, Effect, Funding, Note, Parts
from digitiekartta.roadmaps.rules import (
    EffectClass,
    EffectPhase,
    FundingKind,
    FundingState,
    Situation,
    Status,
)
from tests import kauhava as towns
from tests.fixtures import PageClient

from . import small_plan as small
from .test_filters import SKILLS, TOOLS, plan
from .test_grid import WORDS

PAST, NOW, NEXT = HalfYear(2026, 1), small.NOW, HalfYear(2027, 1)
REASON = small.text("Syy")


def sentence(first: HalfYear = PAST, last: HalfYear = NEXT, **more: Any) -> Sentence:
    return sentence_of(small.action(1, span=Span(first, last), **more), NOW)


def done_on(day: str) -> Parts:
    on = datetime.date.fromisoformat(day)
    return Parts(notes=(Note("n", on, {}, Status.DONE, None, on_behalf=False),))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"status": Status.ONGOING, "situation": Situation.ONGOING}, Sentence(Saying.ENDS, NEXT)),
        (
            {"status": Status.ONGOING, "situation": Situation.ONGOING, "recurring": True},
            Sentence(Saying.RECURS, NEXT),
        ),
        ({"first": NEXT}, Sentence(Saying.BEGINS, NEXT)),
        (
            {"first": NEXT, "situation": Situation.WAITING_FOR_MONEY},
            Sentence(Saying.BEGINS_IF_MONEY, NEXT),
        ),
        (
            {"late": True, "situation": Situation.WAITING_FOR_MONEY, "reason": REASON},
            Sentence(Saying.SHOULD_HAVE_BEGUN, PAST, reason=REASON),
        ),
        (
            {"late": True, "situation": Situation.LATE},
            Sentence(Saying.SHOULD_HAVE_BEGUN, PAST, needs_reason=True),
        ),
        (
            {"last": PAST, "late": True, "status": Status.ONGOING, "situation": Situation.LATE},
            Sentence(Saying.SHOULD_HAVE_ENDED, PAST, needs_reason=True),
        ),
        (
            {
                "late": True,
                "recurring": True,
                "status": Status.ONGOING,
                "situation": Situation.LATE,
                "reason": REASON,
            },
            Sentence(Saying.NOT_REPORTED, PAST, reason=REASON),
        ),
        ({"situation": Situation.DONE}, Sentence(Saying.DONE)),
        (
            {"situation": Situation.DONE, "parts": done_on("2026-04-28")},
            Sentence(Saying.DONE_ON, on=datetime.date(2026, 4, 28)),
        ),
        ({"situation": Situation.PAUSED}, Sentence(Saying.PAUSED, needs_reason=True)),
        (
            {"situation": Situation.CANCELLED, "reason": REASON},
            Sentence(Saying.CANCELLED, reason=REASON),
        ),
        (
            {"situation": Situation.CANCELLED, "merged_into": "a2", "reason": REASON},
            Sentence(Saying.MERGED, reason=REASON),
        ),
    ],
)
def test_the_status_sentence_says_what_follows_from_the_situation(
    more: dict[str, Any], told: Sentence
) -> None:
    assert sentence(**more) == told


def line(
    state: FundingState, amount: int | None = None, year: int | None = 2026, **more: Any
) -> Funding:
    values = {"actual": None, "note": {}, "decision": None, **more}
    return Funding(f"{state}-{year}", year, FundingKind.OPERATING, state, amount, **values)


def funded(*lines: Funding, **more: Any) -> Action:
    return small.action(1, span=Span(NOW, NEXT), parts=Parts(funding=lines), **more)


@pytest.mark.parametrize(
    ("action", "gate"),
    [
        (funded(), Gate.UNKNOWN),
        (funded(line(FundingState.NONE_NEEDED)), Gate.NOT_NEEDED),
        (funded(line(FundingState.EXISTING)), Gate.OPEN),
        (funded(line(FundingState.PARTLY_APPROVED)), Gate.OPEN),
        (funded(line(FundingState.APPROVED, year=2027)), Gate.CLOSED),
        (funded(line(FundingState.PROPOSED)), Gate.CLOSED),
        (funded(line(FundingState.MOVED), line(FundingState.PROPOSED, year=2027)), Gate.CLOSED),
        (funded(line(FundingState.PROPOSED), situation=Situation.DONE), Gate.PAST),
        (funded(situation=Situation.CANCELLED), Gate.PAST),
    ],
)
def test_the_money_gate_is_told_as_it_is_this_year_or_when_work_is_to_begin(
    action: Action, gate: Gate
) -> None:
    assert money_of(action, NOW).gate is gate


def test_a_sum_that_was_moved_or_refused_is_not_counted_twice() -> None:
    money = money_of(
        funded(line(FundingState.MOVED, 60), line(FundingState.PROPOSED, 85, 2027)), NOW
    )
    assert (money.amount, money.leaves_out) == (85, True)


def test_one_line_needs_no_sum_and_actuals_have_one_of_their_own() -> None:
    alone = money_of(funded(line(FundingState.EXISTING, 60, actual=50)), NOW)
    assert (alone.amount, alone.actual, alone.has_actuals) == (None, None, True)
    two = money_of(
        funded(line(FundingState.EXISTING, 60, actual=50), line(FundingState.APPROVED, 10, 2027)),
        NOW,
    )
    assert (two.amount, two.actual, two.leaves_out) == (70, 50, False)


def page_of(action: Action, *others: Action) -> ActionPage:
    shown = plan(*sorted((action, *others), key=lambda one: one.rank))
    return action_page(shown, action, (), WORDS)


def test_the_neighbours_are_those_on_the_grid_by_priority() -> None:
    first, second = small.action(1, goal=TOOLS), small.action(2, goal=SKILLS)
    third = small.action(3, goal=TOOLS)
    page = page_of(first, second, third)
    assert (page.before, page.after) == (second, third)
    assert page_of(second, first, third).before is None
    assert page_of(third, first, second).after is None


def test_what_it_needs_and_what_needs_it_are_actions_of_the_plan_alone() -> None:
    action = small.action(1, parts=Parts(needs=("a3", "a2", "piilossa"), needed_by=("a4",)))
    page = page_of(action, *(small.action(serial) for serial in (2, 3, 4)))
    assert [one.serial for one in page.needs] == [2, 3]
    assert [one.serial for one in page.needed_by] == [4]


def test_a_merged_action_leads_to_the_other_and_back() -> None:
    ended, other = small.action(1, merged_into="a2", cancelled=True), small.action(2)
    assert page_of(ended, other).merged_into == other
    assert page_of(other, ended).merged_here == (ended,)


def test_effects_stand_by_class_expected_beside_observed() -> None:
    effects = (
        Effect(EffectClass.ECOLOGY, EffectPhase.EXPECTED, small.text("a")),
        Effect(EffectClass.SERVICE, EffectPhase.OBSERVED, small.text("b")),
        Effect(EffectClass.ECOLOGY, EffectPhase.OBSERVED, small.text("c")),
    )
    rows = page_of(small.action(1, parts=Parts(effects=effects))).effects
    assert [(one.effect_class, len(one.expected), len(one.observed)) for one in rows] == [
        (EffectClass.SERVICE, 0, 1),
        (EffectClass.ECOLOGY, 1, 1),
    ]


# --- The page ---------------------------------------------------------------------------------


def address(number: int, prefix: str = "") -> str:
    return f"{prefix}/kauhava/toimenpiteet/{number}/"


@pytest.mark.parametrize(
    ("serial", "told"),
    [
        (1, "Valmis. Valmistui 10.12.2025."),
        (10, "Käynnissä. Valmistuu suunnitelman mukaan tammi–kesäkuussa 2027."),
        (9, "Käynnissä. Toistuu puolivuosittain joulukuuhun 2027 asti."),
        (20, "Alkamassa. Alkaa suunnitelman mukaan tammi–kesäkuussa 2027."),
        (17, "Odottaa määrärahaa. Alkaa tammi–kesäkuussa 2027, jos määräraha myönnetään."),
        (13, "Odottaa määrärahaa. Piti alkaa tammi–kesäkuussa 2026."),
        (14, "Myöhässä. Piti valmistua tammi–kesäkuussa 2026. Syy: Vastuuhenkilö vaihtui."),
        (12, "Tauolla. Syy: Kilpailutus uusitaan yhdessä naapurikuntien kanssa."),
        (28, "Peruttu. Syy: Kokeilun hyödyt jäivät pieniksi; opit viety toimenpiteeseen 4.1."),
    ],
)
def test_the_page_begins_with_the_status_in_plain_words(
    page_client: PageClient, kauhava: towns.Town, serial: int, told: str
) -> None:
    assert page_client.get(address(serial)).text(".standing").startswith(told)


def test_the_page_tells_the_action_whole(page_client: PageClient, kauhava: towns.Town) -> None:
    page = page_client.get(address(10))
    text = page.text()
    assert page.h1 == "Intranet uusitaan"
    assert "Henkilöstö löytää ohjeet yhdestä paikasta" in text
    assert "Uusitaan intranet ja siirretään ohjeet yhteen paikkaan" in text
    assert "tammikuu 2026 – kesäkuu 2027. Alun perin tammi–joulu 2026." in text
    assert page.texts(".money tfoot .number")[0] == "50 000 €"
    assert page.link("Keskushallinto") == "/kauhava/toimenpiteet/?vastuu=keskushallinto"
    assert page.has('a[href="/kauhava/tavoitteet/#tavoite-2"]')
    assert len(page.all(".story > li")) == 4
    assert "1.6 Digiperehdytys uusille työntekijöille" in page.text("[data-live-key=dependencies]")
    assert page.one("a[rel=prev]")["href"] == address(9)
    assert page.one("a[rel=next]")["href"] == address(11)


def test_a_change_of_schedule_is_told_with_its_reason(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    latest = page_client.get(address(10)).texts("#muutokset-kirjaukset > li")[0]
    assert latest.startswith("12.6.2026 Aikataulu muuttui")
    assert "tammi–joulu 2026" in latest
    assert "tammikuu 2026 – kesäkuu 2027" in latest
    assert "Syy: Ohjeita on enemmän kuin arvioitiin" in latest


def test_a_cancelled_action_keeps_its_page_and_says_why(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(address(28))
    assert "12.6.2026 Peruttu Syy: Johtoryhmä perui toimenpiteen" in page.text(
        "#muutokset-kirjaukset"
    )


@pytest.mark.parametrize(
    ("prefix", "word"), [("", "Käynnissä"), ("/sv", "Pågår"), ("/en", "In progress")]
)
def test_an_action_has_its_page_in_every_language(
    page_client: PageClient, kauhava: towns.Town, prefix: str, word: str
) -> None:
    assert page_client.get(address(10, prefix)).text(".standing").startswith(f"{word}.")


def test_a_number_that_no_action_has_is_a_clear_page(
    page_client: PageClient, kauhava: towns.Town
) -> None:
    page = page_client.get(address(999), status=404)
    assert "Digitiekartassa ei ole toimenpidettä, jonka pysyvä numero on 999." in page.text()


def test_what_is_missing_says_so(page_client: PageClient, lappajarvi: towns.Town) -> None:
    text = page_client.get("/lappajarvi/toimenpiteet/1/").text()
    assert "Etenemistä ei ole vielä kirjattu." in text
    assert "Vaikutuksia ei ole vielä lisätty." in text
    assert text.count("ei vielä lisätty") >= 4


def test_a_merged_action_says_into_which(page_client: PageClient, lappajarvi: towns.Town) -> None:
    town = lappajarvi
    other = towns.add_action(town, "2")
    services.merge_actions(
        ledger_id=town.ledger_id,
        intent=towns.intent(),
        action_id=town.action("1").pk,
        into_id=other,
        reason=towns.text("Sama työ"),
    )
    page = page_client.get("/lappajarvi/toimenpiteet/1/")
    assert "Yhdistettiin toiseen toimenpiteeseen: 2 Toimenpide 2." in page.text(".standing")
    assert "Syy: Sama työ" in page.text(".standing")
    assert "Tähän on yhdistetty toimenpide: 1 Toimenpide 1" in page_client.get(
        "/lappajarvi/toimenpiteet/2/"
    ).text(".standing")
