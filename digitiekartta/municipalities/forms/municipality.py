"""Settings of the municipality itself. Each form gives the fields that it changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digitiekartta.ui.colours import parse

from .. import logo
from ..models import Municipality
from ..rules import is_on, reminder_rhythm
from ..words import BUILT, FEATURE_NOTES, FEATURES, LANGUAGE_CHOICES
from .texts import TextsForm, day_field

LOGO_FAULTS = {
    logo.LogoFault.TYPE: _(
        "The file is not an SVG, PNG or JPEG picture. Its name must end in .svg, .png or .jpg."
    ),
    logo.LogoFault.SIZE: _("The file is too large. Use at most 300 kB and 4,000 pixels a side."),
    logo.LogoFault.BROKEN: _("The picture could not be read. Save it again as SVG or PNG."),
}
HOURS = [(hour, f"{hour}.00") for hour in range(24)]


class SectionForm(TextsForm):
    """A section of the municipality's settings."""

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.languages = [code for code in ("fi", "sv", "en") if code in municipality.languages]
        self.build()

    def build(self) -> None:
        """Adds the fields."""

    def settings(self) -> dict[str, Any]:
        """What was filled in, by the names of the municipality's fields."""
        return dict(self.cleaned_data)


class BasicsForm(SectionForm):
    """Name, languages, contact."""

    def build(self) -> None:
        held, needed = self.municipality, _("Give the name.")
        self.add_texts("name", _("Name"), held.name, self.languages, needed=needed)
        self.add_texts(
            "genitive",
            _("Whose"),
            held.genitive,
            self.languages,
            hint=_("As in “the city of X's digital roadmap”: Kauhavan, Kauhavas, Kauhava's."),
            needed=_("Give the genitive: it stands in the title of every page."),
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages of the pages"),
            choices=LANGUAGE_CHOICES,
            initial=held.languages,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one language.")},
        )
        self.fields["website"] = forms.URLField(
            label=_("Website"),
            required=False,
            initial=held.website,
            assume_scheme="https",
            error_messages={"invalid": _("Write the address as https://www.example.fi.")},
        )
        self.fields["contact"] = forms.CharField(
            label=_("Contact"),
            help_text=_("An e-mail address, a telephone number or a page. Shown to everybody."),
            required=False,
            max_length=200,
            initial=held.contact,
        )
        self.fields["feedback_email"] = forms.EmailField(
            label=_("Address for feedback"),
            help_text=_("Feedback on accessibility comes here. It must be answered in 14 days."),
            required=False,
            initial=held.feedback_email,
            error_messages={"invalid": _("Write the address as name@example.fi.")},
        )

    def settings(self) -> dict[str, Any]:
        held = self.municipality
        return {
            "name": self.texts("name", held.name),
            "genitive": self.texts("genitive", held.genitive),
            **{
                one: self.cleaned_data[one]
                for one in ("languages", "website", "contact", "feedback_email")
            },
        }


class PublicationForm(SectionForm):
    """Whether everybody may read, and whether names are shown."""

    published = forms.BooleanField(
        label=_("The roadmap's pages are open to everybody"),
        required=False,
        help_text=_("When this is off, the pages do not exist for anybody outside."),
    )
    shows_names = forms.BooleanField(
        label=_("Names of people are shown to everybody"),
        required=False,
        help_text=_(
            "Only names that are marked public. Without this the responsible party is shown, and "
            "names stay inside. A name is personal data: publish it only where you have a reason."
        ),
    )

    def build(self) -> None:
        for name in ("published", "shows_names"):
            self.fields[name].initial = getattr(self.municipality, name)


class AccessibilityForm(SectionForm):
    """What the accessibility statement says of the municipality's own work."""

    def build(self) -> None:
        held = self.municipality
        self.fields["accessibility_reviewed_on"] = day_field(
            _("Last reviewed"), _("The statement is reviewed every year.")
        )
        self.fields["accessibility_reviewed_on"].initial = held.accessibility_reviewed_on
        self.add_texts(
            "accessibility_reviewer",
            _("How it was reviewed"),
            held.accessibility_reviewer,
            self.languages,
            hint=_("For instance: reviewed by the municipality itself, with keyboard alone."),
            lines=2,
            most=1000,
        )
        self.add_texts(
            "accessibility_faults",
            _("Known faults"),
            held.accessibility_faults,
            self.languages,
            hint=_("What is not accessible, for whom, and when it will be mended."),
            lines=4,
            most=4000,
        )

    def settings(self) -> dict[str, Any]:
        held = self.municipality
        return {
            "accessibility_reviewed_on": self.cleaned_data["accessibility_reviewed_on"],
            "accessibility_reviewer": self.texts(
                "accessibility_reviewer", held.accessibility_reviewer
            ),
            "accessibility_faults": self.texts("accessibility_faults", held.accessibility_faults),
        }


class FeaturesForm(SectionForm):
    """What is in use."""

    def build(self) -> None:
        for one in BUILT:
            self.fields[str(one)] = forms.BooleanField(
                label=FEATURES[one],
                help_text=FEATURE_NOTES[one],
                required=False,
                initial=is_on(self.municipality.features, one),
            )

    def settings(self) -> dict[str, Any]:
        chosen = {str(one): self.cleaned_data[str(one)] for one in BUILT}
        return {"features": {**self.municipality.features, **chosen}}


class RemindersForm(SectionForm):
    """When mail may go out and when silence is noticed."""

    silence_days = forms.IntegerField(
        label=_("An action is silent after so many days"),
        help_text=_("Days without any report while it is going on. The usual is 90."),
        min_value=7,
        max_value=400,
        error_messages={
            one: _("Give a whole number from 7 to 400.")
            for one in ("required", "invalid", "min_value", "max_value")
        },
        widget=forms.NumberInput(attrs={"class": "w-s"}),
    )
    quiet_from = forms.TypedChoiceField(
        label=_("No mail from"), choices=HOURS, coerce=int, widget=forms.Select({"class": "w-s"})
    )
    quiet_until = forms.TypedChoiceField(
        label=_("until"),
        choices=HOURS,
        coerce=int,
        help_text=_("The same hour twice: mail goes out at any time of a working day."),
        widget=forms.Select({"class": "w-s"}),
    )
    quiet_weekends = forms.BooleanField(label=_("No mail on Saturdays and Sundays"), required=False)

    def build(self) -> None:
        held = reminder_rhythm(self.municipality.reminders)
        for name in self.fields:
            self.fields[name].initial = getattr(held, name)

    def settings(self) -> dict[str, Any]:
        return {"reminders": {name: self.cleaned_data[name] for name in self.fields}}


class LookForm(SectionForm):
    """Colour and logo. A checked logo is in ``kept`` after ``is_valid``: its name and its bytes."""

    colour = forms.CharField(
        label=_("Colour"),
        max_length=7,
        help_text=_("As #0f4c5c. It is made lighter or darker where it could not be read."),
        error_messages={"required": _("Give a colour.")},
        widget=forms.TextInput(
            attrs={"class": "w-s", "spellcheck": "false", "data-colour": "", "autocomplete": "off"}
        ),
    )
    logo = forms.FileField(
        label=_("Arms or logo"),
        required=False,
        help_text=_(
            "SVG, PNG or JPEG, at most 300 kB. It stands at the top of every page, 32 pixels high."
        ),
        error_messages={"empty": LOGO_FAULTS[logo.LogoFault.BROKEN]},
        widget=forms.FileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg"}),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    kept: tuple[str, bytes] | None = None

    def build(self) -> None:
        self.fields["colour"].initial = self.municipality.colour
        if not self.municipality.logo:
            del self.fields["without_logo"]

    def clean_colour(self) -> str:
        try:
            return parse(self.cleaned_data["colour"]).hex
        except ValueError:
            raise forms.ValidationError(_("Write the colour as #0f4c5c.")) from None

    def clean_logo(self) -> None:
        file = self.cleaned_data.get("logo")
        if file is None:
            return
        try:
            self.kept = logo.checked(file.name, logo.read(file))
        except logo.LogoError as error:
            raise forms.ValidationError(LOGO_FAULTS[error.fault]) from None

    def settings(self) -> dict[str, Any]:
        given: dict[str, Any] = {"colour": self.cleaned_data["colour"]}
        if self.kept is not None:
            given["logo"] = self.kept[0]
        elif self.cleaned_data.get("without_logo"):
            given["logo"] = ""
        return given
