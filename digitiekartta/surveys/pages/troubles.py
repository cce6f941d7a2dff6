"""What a respondent is told when something keeps her from the form or her answer from counting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..answering.problems import Trouble
from ..rules import ALPHABET, CODE_LENGTH, typed_code
from ..words import Word


@dataclass(frozen=True, slots=True)
class Telling:
    """What happened, what is kept, what to do."""

    title: Word
    kept: Word
    do: Word


TELLINGS: Mapping[Trouble, Telling] = {
    Trouble.WRONG_CODE: Telling(
        _("Check your code"),
        _("Your answer was not saved yet. What you answered is kept below."),
        _("Correct the code and send the answer again."),
    ),
    Trouble.TOO_MANY_WRONG_CODES: Telling(
        _("Too many wrong codes"),
        _("Your answer was not saved. Your code is not used up."),
        _(
            "Wrong codes have been tried from your network again and again. Wait a few minutes, go "
            "back and try again. A right code works all the time."
        ),
    ),
    Trouble.WRONG_LINK: Telling(
        _("The link does not work"),
        _("No answer was saved."),
        _(
            "The link is incomplete, or the survey that it was for has ended. Open the whole link "
            "again from the message or by the QR code that you got."
        ),
    ),
    Trouble.NOTHING_ANSWERED: Telling(
        _("Answer at least one question"),
        _("Nothing was saved: no question was answered."),
        _("Choose a level, or say that you can't tell, and send the answer again."),
    ),
    Trouble.MALFORMED: Telling(
        _("The answer could not be read"),
        _("Your answer was not saved. Your code is not used up."),
        _("Open the survey again and send the answer once more."),
    ),
    Trouble.TOO_LARGE: Telling(
        _("The answer could not be read"),
        _("Your answer was not saved. Your code is not used up."),
        _("Open the survey again and send the answer once more."),
    ),
    Trouble.TOO_SLOW: Telling(
        _("The connection was too slow"),
        _("Your answer was not saved. Your code is not used up."),
        _("Go back to the form and send the answer again."),
    ),
    Trouble.NOT_STORED: Telling(
        _("The answer could not be saved right now"),
        _("The fault is ours, not yours. What you answered is kept below."),
        _("Wait a moment and send the answer again. A code is counted only once."),
    ),
}


def fault_of_code(typed: str) -> str:
    """What is wrong with a code as it was typed, as far as that can be told by looking at it."""
    code = typed_code(typed)
    if not code:
        return gettext("Write your code.")
    if len(code) != CODE_LENGTH:
        return ngettext(
            "A code has 12 characters. You wrote %(num)s.",
            "A code has 12 characters. You wrote %(num)s.",
            len(code),
        ) % {"num": len(code)}
    if not set(code) <= set(ALPHABET):
        return gettext(
            "A code has only letters and digits that can't be mixed up: never 0, 1, I, L or O."
        )
    return gettext(
        "This is not a code of the survey that is open. Check it one character at a time. A code "
        "of an earlier survey does not work any more."
    )
