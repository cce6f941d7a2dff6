"""A new municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from ..rules import LANGUAGES, slug_of
from ..services import NewMunicipality
from ..words import LANGUAGE_CHOICES
from .texts import TextsForm


class NewMunicipalityForm(TextsForm):
    """Name, address, languages; the first coordinator's address where nobody is signed in."""

    def __init__(self, *args: Any, asks_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("name", _("Name"), {}, LANGUAGES, needed=_("Give the name."))
        self.add_texts(
            "genitive",
            _("Genitive"),
            {},
            LANGUAGES,
            hint=_("As in “the city of X's digital roadmap”: Kauhavan, Kauhavas, Kauhava's."),
            needed=_("Give the genitive: it stands in the title of every page."),
        )
        self.fields["slug"] = forms.CharField(
            label=_("Address"),
            help_text=_("What stands in addresses: small letters, digits and hyphens. It stays."),
            required=False,
            max_length=60,
            widget=forms.TextInput(attrs={"class": "w-m", "spellcheck": "false"}),
        )
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages of the pages"),
            choices=LANGUAGE_CHOICES,
            initial=["fi"],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one language.")},
        )
        self.fields["small"] = forms.BooleanField(
            label=_("Begin the small way"),
            help_text=_("The roadmap, progress by half-year and the yearly changes alone."),
            required=False,
            initial=True,
        )
        if asks_email:
            self.fields["email"] = forms.EmailField(
                label=_("Your e-mail address"),
                help_text=_("You become the municipality's first coordinator."),
                error_messages={
                    "required": _("Give your address."),
                    "invalid": _("Write the address as name@example.fi."),
                },
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        slug = (values.get("slug") or slug_of(values.get("name_fi") or "")).lower()
        try:
            validate_slug(slug)
        except forms.ValidationError:
            self.add_error("slug", _("Write small letters, digits and hyphens alone."))
        values["slug"] = slug
        return values

    def new(self) -> NewMunicipality:
        """What was filled in."""
        held = self.cleaned_data
        return NewMunicipality(
            slug=held["slug"],
            name=self.texts("name", {}),
            genitive=self.texts("genitive", {}),
            languages=held["languages"],
            small=held["small"],
        )
