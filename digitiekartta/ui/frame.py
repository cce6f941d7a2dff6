"""What every page's frame shows around the page: one frozen value, made by the page's view."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link of the navigation or the footer."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language. ``label`` is in that language: "På svenska"."""

    code: str
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that ``ui/frame.html`` and ``ui/bare.html`` read.

    ``scripts`` are addresses; the first is run as soon as it arrives (it restores the reader's
    theme before the first paint), the rest after the page is read. ``styles`` are those of a few
    pages alone. ``live_url`` is the event
    stream of what is shown and ``revision`` the log's revision that the page was made from.
    ``member``: the page is made for somebody of the municipality, who hears who is editing and,
    when her session has ended, that she may go on by ``sign_in_url``.
    ``is_fragment`` answers ``?osa=sisalto``: the main part alone, for the scripts.
    ``sign_out`` is where a form is sent to, for whoever is signed in.
    ``strip`` is a template that tells the municipality's own which plan the page shows.
    ``notice`` is one plain sentence for everybody (a planned break, for instance).
    """

    stylesheet_url: str
    font_url: str
    languages: tuple[LanguageLink, ...]
    municipality_name: str = ""
    municipality_genitive: str = ""
    home_url: str = "/"
    nav: tuple[NavItem, ...] = ()
    account: tuple[NavItem, ...] = ()
    sign_out: NavItem | None = None
    search_url: str | None = None
    logo_url: str | None = None
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    live_url: str | None = None
    member: bool = False
    sign_in_url: str = ""
    revision: int | None = None
    example: bool = False
    unapproved: bool = False
    incomplete: bool = False
    notice: str = ""
    strip: str = ""
    footer_links: tuple[NavItem, ...] = ()
    product_name: str = "Digitiekartta"
    as_of: datetime.date | None = None
    description: str = ""
    is_fragment: bool = False

    @property
    def layout(self) -> str:
        """The template that the page extends: the whole frame, or the main part alone."""
        return "ui/fragment.html" if self.is_fragment else "ui/frame.html"

    @property
    def language(self) -> str:
        """The code of the language that the page is in."""
        return next((link.code for link in self.languages if link.current), "fi")
