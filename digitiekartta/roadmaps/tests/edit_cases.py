"""Every edit with what is typed in it, and what somebody else does at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from digitiekartta.documents.document import Document
from digitiekartta.documents.registry import Audience
from digitiekartta.history.queries import from_tables
from digitiekartta.municipalities.models import Party
from digitiekartta.municipalities.rules import HalfYear, Span
from digitiekartta.roadmaps import services
from digitiekartta.roadmaps.models import Action, Funding, Goal, Indicator
from digitiekartta.roadmaps.rules import FundingState, Status
from digitiekartta.roadmaps.services.progress import Report
from tests.kauhava import NOW, Town, intent, text
from tests.pages import Page

Write = Callable[[Town], Any]


def nothing(town: Town) -> None:
    """Nothing is prepared."""


@dataclass(frozen=True)
class Case:
    """An edit: who makes it, what is typed, what somebody else does meanwhile.

    ``typed`` may be a function of the town. ``clashes``: both changed the same.
    """

    part: str
    typed: dict[str, Any] | Callable[[Town], dict[str, Any]]
    other: Write
    by: str = "coordinator"
    before: Write = nothing
    clashes: bool = True
    path: Callable[[Town], str] = field(default=lambda town: "")

    def address(self, town: Town) -> str:
        return self.path(town) or f"/kauhava/toimenpiteet/{act(town).serial}/muokkaa/{self.part}/"

    def filled(self, town: Town) -> dict[str, Any]:
        return self.typed(town) if callable(self.typed) else self.typed


def act(town: Town) -> Action:
    return town.action("1.6")


def of_action(service: Callable[..., Any], why: str = "Toinen ehti", **more: Any) -> Write:
    """Somebody else's write about the action."""
    return lambda town: service(
        ledger_id=town.ledger_id, intent=intent(why), action_id=act(town).pk, **more
    )


def report(status: Status) -> Write:
    told = Report(status=status, reason=text("Syy on tässä"), text=text("Näin kävi"))
    return of_action(services.report_progress, report=told)


def cancelled(town: Town) -> None:
    of_action(services.cancel_action, reason=text("Ei tarvita"))(town)


def line(town: Town) -> Funding:
    return Funding.objects.get(action=act(town))


def changed_line(town: Town) -> None:
    told = services.Line(FundingState.APPROVED, amount=777)
    services.change_funding(
        ledger_id=town.ledger_id, intent=intent(), funding_id=line(town).pk, line=told
    )


def reworded(name: str, words: str) -> Write:
    return of_action(services.reword_action, texts={name: text(words)})


def another(town: Town) -> str:
    return str(town.action("2.1").pk)


def party(slug: str) -> Callable[[Town], Party]:
    return lambda town: Party.objects.get(ledger_id=town.ledger_id, slug=slug)


def handed_to_board(town: Town) -> None:
    board = Party.objects.get(ledger_id=town.ledger_id, slug="kaupunginhallitus")
    of_action(services.hand_over_action, responsible_id=board.pk)(town)


def goal(town: Town) -> Goal:
    return Goal.objects.get(roadmap_id=town.roadmap_id, number=1)


def indicator(town: Town) -> Indicator:
    found = Indicator.objects.filter(goal=goal(town)).order_by("rank").first()
    assert found is not None
    return found


def renamed_goal(town: Town) -> None:
    told = services.GoalTold(1, text("Toisen nimi"), goal(town).description, goal(town).priority_id)
    services.change_goal(
        ledger_id=town.ledger_id, intent=intent(), goal_id=goal(town).pk, goal=told
    )


def renamed_indicator(town: Town) -> None:
    held = indicator(town)
    told = services.IndicatorTold(text("Toisen mittari"), held.unit, held.direction, held.target)
    services.change_indicator(
        ledger_id=town.ledger_id, intent=intent(), indicator_id=held.pk, indicator=told
    )


def measured(town: Town) -> None:
    services.record_value(
        ledger_id=town.ledger_id,
        intent=intent(),
        indicator_id=indicator(town).pk,
        measured_on=NOW.date(),
        value=3.0,
    )


def wrote(name: str) -> Write:
    return lambda town: services.write_texts(
        ledger_id=town.ledger_id,
        intent=intent(),
        roadmap_id=town.roadmap_id,
        texts={name: text("Toisen teksti")},
    )


def in_roadmap(path: str) -> Callable[[Town], str]:
    return lambda town: f"/kauhava/{path}/"


CASES = [
    Case(
        "aikataulu",
        {"first": "2026-H1", "last": "2027-H2", "reason": "Myöhästyy"},
        of_action(services.reschedule_action, span=Span(HalfYear(2025, 1), HalfYear(2025, 2))),
    ),
    Case("sanamuoto", {"title_fi": "Uusi nimi"}, reworded("title", "Toisen nimi")),
    Case(
        "vastuu",
        lambda town: {"responsible": str(party("johtoryhma")(town).pk), "reason": "Työnjako"},
        handed_to_board,
    ),
    Case(
        "henkilo",
        {"person": "", "deputies": []},
        lambda town: of_action(services.name_person, person_id=act(town).deputies[0])(town),
    ),
    Case(
        "hyvaksynta", {}, of_action(services.object_to_assignment, objection=text("Ei käy")), "head"
    ),
    Case(
        "vastalause",
        {"objection": "Ei ole aikaa"},
        of_action(services.object_to_assignment, objection=text("Ei käy")),
        "responsible",
    ),
    Case(
        "vastalauseen-peruminen",
        {},
        of_action(services.object_to_assignment, objection=text("Ei käy mitenkään")),
        "responsible",
        before=of_action(services.object_to_assignment, objection=text("Ei käy")),
    ),
    Case("eteneminen", {"status": "done", "text": "Valmis"}, report(Status.PAUSED), "responsible"),
    Case("tauolle", {"reason": "Odotamme"}, report(Status.DONE), "responsible"),
    Case(
        "jatka",
        {"status": "ongoing"},
        report(Status.DONE),
        "responsible",
        before=report(Status.PAUSED),
    ),
    Case(
        "rahoitus",
        {"state": "proposed", "kind": "operating", "year": "2027", "amount": "5000"},
        changed_line,
        clashes=False,
    ),
    Case(
        "rahoitusrivi",
        {"state": "rejected", "amount": "12", "actual": "10", "note": "Säästyi"},
        changed_line,
        path=lambda town: (
            f"/kauhava/toimenpiteet/{act(town).serial}/muokkaa/rahoitusrivi/{line(town).pk}/"
        ),
    ),
    Case(
        "linkit",
        {"url": "https://kauhava.fi/digi", "title_fi": "Lisää"},
        of_action(services.change_links, add=services.NewLink("https://muu.fi", {})),
        "deputy",
        clashes=False,
    ),
    Case(
        "riippuvuudet",
        lambda town: {"add": another(town)},
        lambda town: of_action(services.change_dependencies, add=[town.action("2.2").pk])(town),
        clashes=False,
    ),
    Case(
        "vaikutukset",
        {"effect_class": "ecology", "phase": "observed", "text_fi": "Paperia säästyi"},
        reworded("title", "Toisen nimi"),
        "responsible",
        clashes=False,
    ),
    Case(
        "tyomaara",
        lambda town: {f"days_{act(town).first}": "41"},
        lambda town: of_action(services.estimate_half_years, days={act(town).first: 17})(town),
        "head",
        before=lambda town: of_action(services.estimate_half_years, days={act(town).first: 5})(
            town
        ),
    ),
    Case(
        "paikka",
        {"number": "9.9", "reason": "Siirtyi"},
        lambda town: of_action(services.place_action, number="8.8", goal_id=act(town).goal_id)(
            town
        ),
    ),
    Case(
        "nakyvyys",
        {"audience": "public", "restricted": ["benefit"], "reason": "24 § 7 k"},
        of_action(services.set_visibility, audience=Audience.TEAM, restricted={"training": "team"}),
        clashes=True,
    ),
    Case(
        "muistiinpano",
        {"internal_note_fi": "Kysy tarjous"},
        reworded("internal_note", "Toisen muistiinpano"),
        "team",
    ),
    Case(
        "yhdista",
        lambda town: {"merged_into": another(town), "reason": "Sama asia"},
        lambda town: of_action(
            services.merge_actions, into_id=town.action("2.2").pk, reason=text("Samaa")
        )(town),
    ),
    Case("peru", {"reason": "Ei tarvita"}, of_action(services.cancel_action, reason=text("Muu"))),
    Case(
        "jaa",
        {"last": "2026-H1", "number": "1.6b", "reason": "Kahdessa osassa"},
        of_action(services.reschedule_action, span=Span(HalfYear(2025, 2), HalfYear(2026, 2))),
        before=of_action(
            services.reschedule_action, span=Span(HalfYear(2026, 1), HalfYear(2026, 2))
        ),
    ),
    Case(
        "palauta",
        {"reason": "Tarvitaankin"},
        reworded("title", "Toisen nimi"),
        before=cancelled,
        clashes=False,
    ),
    Case(
        "uusi-toimenpide",
        {"title_fi": "Uusi toimi", "first": "2026-H1", "last": "2026-H2"},
        reworded("title", "Toisen nimi"),
        "head",
        clashes=False,
        path=in_roadmap("toimenpiteet/uusi"),
    ),
    Case("visio", {"vision_fi": "Uusi visio"}, wrote("vision"), path=in_roadmap("muokkaa/visio")),
    Case(
        "saatesanat",
        {"foreword_fi": "Uudet saatesanat"},
        wrote("foreword"),
        path=in_roadmap("muokkaa/saatesanat"),
    ),
    Case(
        "toimintamalli",
        {"operating_model_fi": "Uusi malli"},
        wrote("operating_model"),
        path=in_roadmap("muokkaa/toimintamalli"),
    ),
    Case(
        "uusi-tavoite",
        {"number": "77", "title_fi": "Uusi tavoite"},
        renamed_goal,
        clashes=False,
        path=in_roadmap("muokkaa/uusi-tavoite"),
    ),
    Case(
        "tavoite",
        {"title_fi": "Uusi nimi"},
        renamed_goal,
        path=in_roadmap("tavoitteet/1/muokkaa/tavoite"),
    ),
    Case(
        "uusi-mittari",
        {"name_fi": "Uusi mittari", "direction": "up", "target": "5"},
        renamed_goal,
        clashes=False,
        path=in_roadmap("tavoitteet/1/muokkaa/uusi-mittari"),
    ),
    Case(
        "mittari",
        {"name_fi": "Uusi nimi"},
        renamed_indicator,
        path=lambda town: f"/kauhava/tavoitteet/1/muokkaa/mittari/{indicator(town).pk}/",
    ),
    Case(
        "arvo",
        {"measured_on": "2026-12-09", "value": "4,5"},
        measured,
        path=lambda town: f"/kauhava/tavoitteet/1/muokkaa/arvo/{indicator(town).pk}/",
    ),
]


def case_of(part: str) -> Case:
    """The case of an edit."""
    return next(one for one in CASES if one.part == part)


def values(page: Page) -> dict[str, Any]:
    """What a form would send as it stands."""
    found: dict[str, Any] = {}
    for one in page.all("form.edit [name]"):
        name, kind = str(one["name"]), one.get("type")
        if one.name == "select":
            chosen = one.select("option[selected]") or one.select("option")[:1]
            found[name] = str(chosen[0]["value"]) if chosen else ""
        elif kind in ("radio", "checkbox"):
            if one.has_attr("checked"):
                found.setdefault(name, []).append(str(one.get("value", "on")))
        else:
            found[name] = (
                one.text.removeprefix("\n") if one.name == "textarea" else one.get("value", "")
            )
    return found


def document(town: Town) -> Document:
    return from_tables(town.ledger_id).document
