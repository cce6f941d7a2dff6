"""What is filled in of ideas. Errors keep everything that was typed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from digitiekartta.roadmaps.forms.texts import TextsForm
from digitiekartta.ui.languages import pick

from .rules import (
    LONGEST_SECONDS,
    MOST_LINKS,
    NOTE_LONGEST,
    SHORTEST_SECONDS,
    TEXT_LONGEST,
    TITLE_LONGEST,
    IdeaState,
    ProposedBy,
    links_in,
)
from .services import Proposal, Step
from .words import STATES

LANGUAGE_NAMES = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}
SALT = "digitiekartta.idea"
TEXTS = ("title", "proposal", "reason", "benefit")
Choices = Sequence[tuple[str, str]]


def opened_stamp() -> str:
    """When the form was opened, signed. The machine's clock: it is a matter of seconds."""
    return signing.TimestampSigner(salt=SALT).sign("idea")


def opened_seconds_ago(stamp: str) -> float | None:
    """How long ago a form was opened; None where nobody here opened it, or long ago."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(stamp, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return None
    written = stamp.split(":")[1]
    return time.time() - signing.b62_decode(written)


def _area(label: Any, hint: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=TEXT_LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("This may not be empty.")},
    )


class ProposalForm(forms.Form):
    """An idea as a member writes it."""

    title = forms.CharField(
        label=_("The idea in one sentence"),
        max_length=TITLE_LONGEST,
        error_messages={"required": _("Give the idea a title.")},
    )
    proposal = _area(_("What is proposed?"), _("What should be done, and how would it work?"))
    reason = _area(_("Why?"), _("What does not work today?"), rows=3, required=False)
    benefit = _area(_("Who benefits?"), rows=2, required=False)
    perspective = forms.ChoiceField(label=_("What is it about?"), required=False)
    language = forms.ChoiceField(label=_("Language of the idea"))

    def __init__(
        self, data: Any = None, *, perspectives: Choices, languages: Sequence[str], language: str
    ) -> None:
        super().__init__(data, initial={"language": language})
        self.fields["perspective"].choices = [  # type: ignore[attr-defined]
            ("", _("I can't say")),
            *perspectives,
        ]
        if not perspectives:
            del self.fields["perspective"]
        known = [(code, LANGUAGE_NAMES[code]) for code in languages]
        self.fields["language"].choices = known  # type: ignore[attr-defined]
        if len(known) == 1:
            del self.fields["language"]
        self._language = language

    def proposed(self) -> Proposal:
        """What was filled in."""
        held = self.cleaned_data
        chosen = held.get("perspective")
        return Proposal(
            language=held.get("language") or self._language,
            perspective_id=UUID(chosen) if chosen else None,
            **{name: held[name] for name in TEXTS},
        )


class ResidentForm(ProposalForm):
    """An idea as a resident writes it, without giving her name. Kept from programs by a field that
    people leave empty, the time that writing takes, and few links."""

    email = forms.EmailField(
        label=_("E-mail address for the answer"),
        help_text=_(
            "Only for one answer. It is not published, and it is removed once the answer is sent."
        ),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write the address as name@example.fi, or leave it empty.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        written: str = self.cleaned_data["website"]
        if written:
            # Whoever filled it in by mistake has to find it.
            self.fields["website"].widget.attrs.pop("tabindex", None)
            raise forms.ValidationError(gettext("Leave this field empty: people don't fill it in."))
        return written

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ago = opened_seconds_ago(given.get("opened") or "")
        if ago is None:
            self.add_error(None, gettext("The form had been open for long. Send it again."))
        elif ago < SHORTEST_SECONDS:
            self.add_error(
                None, gettext("The form was sent at once. Wait a few seconds and send it again.")
            )
        if links_in(str(given.get(name, "")) for name in TEXTS) > MOST_LINKS:
            said = ngettext(
                "An idea may hold %(n)s link at most.",
                "An idea may hold %(n)s links at most.",
                MOST_LINKS,
            )
            self.add_error("proposal", said % {"n": MOST_LINKS})
        return given


class HandlingForm(TextsForm):
    """The next step of an idea's handling, told to everybody who sees it."""

    state = forms.ChoiceField(
        label=_("What happens to the idea?"),
        choices=[(str(one), said) for one, said in STATES.items() if one != IdeaState.RECEIVED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happens to the idea.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        languages: list[str],
        parties: Choices,
        actions: Choices,
        others: Choices,
        initial: dict[str, Any],
        note: dict[str, str],
    ) -> None:
        super().__init__(
            data,
            languages=languages,
            texts={"note": (_("Public note"), 4, NOTE_LONGEST)},
            held={"note": note},
            needed="note",
            initial=initial,
        )
        choices = {
            "handler": (_("Who handles it"), _("Nobody yet"), parties),
            "action": (_("A part of which action"), _("No action"), actions),
            "other": (_("Merged with which idea"), _("No other idea"), others),
        }
        for name, (label, none, known) in choices.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", none), *known], required=False
            )
        self.fields["internal_note"] = forms.CharField(
            label=_("Internal note"),
            help_text=_("Only the digital team sees it. It may have to be given out if asked for."),
            max_length=NOTE_LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        notes = [f"note_{one}" for one in languages]
        self.order_fields(["state", "handler", "action", "other", *notes, "internal_note"])

    def step(self) -> Step:
        """The step that was filled in."""
        held = self.cleaned_data
        note = (held["internal_note"] or "").strip()
        return Step(
            state=IdeaState(held["state"]),
            note=self.written("note"),
            handler_id=_id(held["handler"]),
            action_id=_id(held["action"]),
            other_id=_id(held["other"]),
            internal_note={self.languages[0]: note} if note else {},
        )


def _id(chosen: str) -> UUID | None:
    return UUID(chosen) if chosen else None


def internal_note_of(note: dict[str, str], language: str) -> str:
    """The internal note as the form begins with it."""
    return pick(note, language).text


class TurningAwayForm(forms.Form):
    """Leaving a resident's idea unpublished, with an answer where she left an address."""

    answer = forms.CharField(
        label=_("Answer to the resident"),
        max_length=NOTE_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SettingForm(forms.Form):
    """Who may propose."""

    ideas_from = forms.ChoiceField(
        label=_("Who may propose ideas?"),
        required=False,
        choices=[
            (str(ProposedBy.MEMBERS), _("The municipality's own people, signed in")),
            (str(ProposedBy.EVERYBODY), _("Residents too, without signing in")),
        ],
        widget=forms.RadioSelect,
    )
