"""Words of ideas: stages, faults, ready answers, and mails in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digitiekartta.ui.languages import pick

from .rules import BrokenIdea, IdeaState, Origin

STATES = {
    IdeaState.RECEIVED: _("Received"),
    IdeaState.HANDLING: _("Under handling"),
    IdeaState.EXPERIMENT: _("Being tried out"),
    IdeaState.IN_ACTION: _("Part of an action"),
    IdeaState.MERGED: _("Merged with another idea"),
    IdeaState.ANSWERED: _("Answered, not taken forward"),
}
ORIGINS = {
    Origin.MEMBER: _("Proposed by the municipality's staff"),
    Origin.RESIDENT: _("Proposed by a resident"),
}
RULES = {
    BrokenIdea.NOTE_NEEDED: _("Tell in a sentence or two what was done and why."),
    BrokenIdea.HANDLER_NEEDED: _("Choose who handles the idea."),
    BrokenIdea.ACTION_NEEDED: _("Choose the action that the idea is a part of."),
    BrokenIdea.IDEA_NEEDED: _("Choose the idea with which this one is merged."),
    BrokenIdea.ITSELF: _("An idea can't be merged with itself."),
    BrokenIdea.MERGED_ALREADY: _("That idea has been merged itself. Choose the one that is left."),
    BrokenIdea.TITLE_NEEDED: _("Give the idea a title."),
}


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """An answer to begin with, in every language that a municipality may write in."""

    key: str
    name: object
    texts: Mapping[str, str]


READY_ANSWERS = (
    ReadyAnswer(
        "kasittelyyn",
        _("We take it under handling"),
        {
            "fi": "Kiitos ideasta. Selvitämme, miten se sopisi digitiekarttaan, ja kerromme tällä "
            "sivulla, miten asia etenee.",
            "sv": "Tack för idén. Vi utreder hur den passar in i den digitala färdplanen och "
            "berättar på den här sidan hur saken framskrider.",
            "en": "Thank you for the idea. We look into how it would fit the digital roadmap and "
            "tell on this page how the matter proceeds.",
        },
    ),
    ReadyAnswer(
        "jo-tehdaan",
        _("It is being done already"),
        {
            "fi": "Kiitos ideasta. Asia on jo osa digitiekartan toimenpidettä, jonka etenemistä "
            "voit seurata sen omalta sivulta.",
            "sv": "Tack för idén. Saken ingår redan i en åtgärd i färdplanen, och du kan följa "
            "åtgärden på dess egen sida.",
            "en": "Thank you for the idea. The matter is already a part of an action of the "
            "roadmap, and you can follow the action on its own page.",
        },
    ),
    ReadyAnswer(
        "kokeillaan",
        _("We try it out"),
        {
            "fi": "Kiitos ideasta. Kokeilemme sitä pienessä mittakaavassa ja päätämme jatkosta "
            "kokemusten perusteella. Kerromme tuloksista tällä sivulla.",
            "sv": "Tack för idén. Vi prövar den i liten skala och beslutar om fortsättningen "
            "utifrån erfarenheterna. Vi berättar om resultaten på den här sidan.",
            "en": "Thank you for the idea. We try it out on a small scale and decide what follows "
            "by what we learn. We tell of the results on this page.",
        },
    ),
    ReadyAnswer(
        "ei-rahaa",
        _("Not now: there is no appropriation"),
        {
            "fi": "Kiitos ideasta. Se on hyvä, mutta siihen ei ole määrärahaa tällä "
            "suunnitelmakaudella. Otamme sen esiin, kun digitiekarttaa päivitetään seuraavan "
            "kerran.",
            "sv": "Tack för idén. Den är god, men det finns inget anslag för den under den här "
            "planperioden. Vi tar upp den nästa gång färdplanen uppdateras.",
            "en": "Thank you for the idea. It is a good one, but there is no appropriation for it "
            "in this period. We take it up when the roadmap is next updated.",
        },
    ),
    ReadyAnswer(
        "ei-kuulu",
        _("It does not belong to the roadmap"),
        {
            "fi": "Kiitos ideasta. Se ei kuulu digitiekarttaan, joten emme vie sitä täällä "
            "eteenpäin. Välitimme sen asiasta vastaavalle toimialalle.",
            "sv": "Tack för idén. Den hör inte till den digitala färdplanen, så vi för den inte "
            "vidare här. Vi har förmedlat den till den sektor som ansvarar för saken.",
            "en": "Thank you for the idea. It does not belong to the digital roadmap, so we do not "
            "take it forward here. We passed it on to the sector that is responsible.",
        },
    ),
)


def ready_answer(key: str) -> Mapping[str, str]:
    """The texts of a ready answer; none for a key that is not known."""
    return next((one.texts for one in READY_ANSWERS if one.key == key), {})


def in_action_note(language: str) -> str:
    """What is told of an idea that becomes an action, to begin with, in a language."""
    with translation.override(language):
        return gettext(
            "The idea goes forward: a new action has been proposed from it. The action stands in "
            "the roadmap once it has been decided."
        )


def answer_mail(
    municipality: Mapping[str, str],
    title: Mapping[str, str],
    state: IdeaState,
    note: Mapping[str, str],
    language: str,
) -> tuple[str, str]:
    """The subject and the text of the answer to whoever proposed an idea, in her language."""
    with translation.override(language):
        subject = gettext("Your idea: %(title)s") % {"title": _line(pick(title, language).text)}
        lines = [
            gettext("Your idea has been handled: %(state)s.") % {"state": STATES[state]},
            pick(note, language).text,
            _farewell(municipality, language),
        ]
    return subject, "\n\n".join(lines)


def turned_away_mail(
    municipality: Mapping[str, str], title: str, answer: str, language: str
) -> tuple[str, str]:
    """The subject and the text to whoever sent an idea that was not published."""
    with translation.override(language):
        subject = gettext("Your idea: %(title)s") % {"title": _line(title)}
        lines = [
            gettext("Your idea was read but not published."),
            answer,
            _farewell(municipality, language),
        ]
    return subject, "\n\n".join(lines)


def _farewell(municipality: Mapping[str, str], language: str) -> str:
    name = pick(municipality, language).text
    told = gettext("Your address has now been removed, and this message is not repeated.")
    return f"{told}\n\n{name}"


def _line(text: str) -> str:
    """A text on one line: a header of a mail holds no more."""
    return " ".join(text.split())
