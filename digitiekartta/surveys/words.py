"""The words of states, ways, hidden results and broken rules, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .pasting import NotUnderstood
from .protection import Hidden
from .rules import Broken, RoundState, Way
from .statistics import Agreement

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Word = _StrPromise
else:
    Word = str

STATES: Mapping[RoundState, Word] = {
    RoundState.DRAFT: pgettext_lazy("a survey round", "Draft"),
    RoundState.OPEN: pgettext_lazy("a survey round", "Open"),
    RoundState.CLOSED: pgettext_lazy("a survey round", "Closed"),
    RoundState.PUBLISHED: pgettext_lazy("a survey round", "Published"),
}
WAYS: Mapping[Way, Word] = {
    Way.EMAIL: _("Code by e-mail"),
    Way.PAPER: _("Code on a paper slip"),
    Way.OPEN_LINK: _("Open link or QR code"),
}
OCCASIONS: Mapping[str, Word] = {
    "before": _("Before: that a survey is coming"),
    "opening": _("At the opening: the invitation"),
    "reminder": _("A reminder to everybody"),
    "results": _("Thanks, and the results"),
}
HIDDEN: Mapping[Hidden, Word] = {
    Hidden.FEW: _("Too few answered for this to be shown."),
    Hidden.FEW_OPINIONS: _("Too few gave a rating: most could not say."),
    Hidden.SHIELD: _("Hidden so that another group's result can't be worked out."),
}
AGREEMENT: Mapping[Agreement, Word] = {
    Agreement.UNITED: _("united ratings"),
    Agreement.VARIED: _("varying ratings"),
    Agreement.DIVIDED: _("ratings split in two"),
}
NOT_UNDERSTOOD: Mapping[NotUnderstood, Word] = {
    NotUnderstood.NO_NAME: _("The name is missing."),
    NotUnderstood.NAME_TOO_LONG: _("The name is longer than 200 characters."),
    NotUnderstood.NO_HEADCOUNT: _("The number of staff is missing."),
    NotUnderstood.HEADCOUNT_IS_NO_NUMBER: _("The number of staff is not a whole number."),
    NotUnderstood.HEADCOUNT_TOO_LARGE: _("The number of staff is over 200,000."),
    NotUnderstood.WAY_UNKNOWN: _("The way of answering must be e-mail, paper or link."),
    NotUnderstood.TOO_MANY_COLUMNS: _("There are more than three columns."),
    NotUnderstood.NAMED_TWICE: _("The same name stands on an earlier row."),
}
BROKEN: Mapping[Broken, Word] = {
    Broken.NOT_DRAFT: _(
        "The round is open already. Its questions, groups and rules can't be changed any more."
    ),
    Broken.NOT_OPEN: _("The round is not open."),
    Broken.NOT_CLOSED: _("The results can be published once the round is closed."),
    Broken.K_TOO_SMALL: _(
        "The smallest group must be at least 5 for a mean and 10 for a distribution, and a "
        "distribution can't be shown of a smaller group than a mean."
    ),
    Broken.NO_UNITS: _("Choose at least one group that answers."),
    Broken.NO_QUESTIONS: _("The framework has no perspectives to ask about."),
    Broken.HEADCOUNT_NEEDED: _("Give each group that answers its number of staff."),
    Broken.UNIT_TWICE: _("The same group stands in the list twice."),
    Broken.NOT_STAFF: _("Only sectors and units can answer."),
    Broken.NOT_A_TREE: _("A group can't be part of itself."),
    Broken.TOO_FEW_TO_MERGE: _("Choose at least two groups to merge."),
    Broken.NOT_BESIDE: _(
        "Only groups that are part of the same group and have no groups of their own can be merged."
    ),
    Broken.MERGED_ALREADY: _("The group is part of a merged group. Take that apart first."),
    Broken.DATES_NEEDED: _("Give the day when answering ends."),
    Broken.CLOSES_BEFORE_IT_OPENS: _("The last day must be after the first."),
    Broken.OVER_ALREADY: _("The last day has passed already."),
    Broken.NOT_OVER: _("The last day has not passed yet."),
    Broken.ONLY_LATER: _("The round can only be given more days, never fewer."),
    Broken.NO_CODES_HERE: _("This group answers by an open link and needs no codes."),
    Broken.TOO_MANY_CODES: _("A group gets at most twice as many codes as it got at first."),
    Broken.OFF_THE_SCALE: _("A level is a whole number from 1 to 5."),
    Broken.WRONG_NUMBER_OF_ANSWERS: _("The answers don't fit the questions."),
    Broken.NOTHING_ANSWERED: _("No question was answered."),
}
