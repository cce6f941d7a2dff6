"""The frame and the error pages are valid, whole and obey the strict content security policy."""

import dataclasses
import datetime
import re

import html5lib
import jinja2
import pytest
from django import forms
from django.utils import translation

from digitiekartta.ui.environment import environment
from digitiekartta.ui.frame import Frame, LanguageLink, NavItem
from digitiekartta.ui.icons import ICONS

ENV = environment(
    loader=jinja2.ChoiceLoader(
        [
            jinja2.DictLoader(
                {
                    "page.html": '{% extends "ui/frame.html" %}'
                    "{% block title %}Otsikko{% endblock %}"
                    "{% block main %}<h1>Otsikko</h1>{{ inside|safe }}{% endblock %}"
                }
            ),
            jinja2.PackageLoader("digitiekartta.ui", "jinja2"),
        ]
    )
)
FRAME = Frame(
    stylesheet_url="/tyyli/abc.css",
    font_url="/static/ui/fonts/a.woff2",
    languages=(
        LanguageLink("fi", "Suomeksi", "/kauhava/", True),
        LanguageLink("sv", "På svenska", "/sv/kauhava/"),
        LanguageLink("en", "In English", "/en/kauhava/"),
    ),
    municipality_name="Kauhava <&>",
    municipality_genitive="Kauhavan",
    home_url="/kauhava/",
    nav=(NavItem("Etusivu", "/kauhava/", True), NavItem("Tasot", "/kauhava/tasot/")),
    account=(NavItem("Kirjaudu", "/kirjaudu/"),),
    search_url="/kauhava/haku/",
    scripts=("/static/ui/js/page.js", "/static/ui/js/live.js"),
    live_url="/kauhava/live",
    revision=7,
    example=True,
    unapproved=True,
    notice="Huoltokatko 12.12.",
    footer_links=(NavItem("Saavutettavuus", "/kauhava/saavutettavuus/"),),
    as_of=datetime.date(2026, 12, 9),
    description="Kuvaus",
)


STATES = [("a", "A"), ("b", "B")]


class Report(forms.Form):
    title = forms.CharField(label="Otsikko", help_text="Lyhyt nimi")
    note = forms.CharField(label="Mitä tapahtui", required=False, widget=forms.Textarea)
    state = forms.ChoiceField(
        label="Tila", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    public = forms.BooleanField(label="Julkinen", required=False)


PARTS = """
{% from "ui/components.html" import status_tag, example_tag, section_head, page_head, empty_state,
   notice, breadcrumb, feed_item, story_item, fact, figure, missing, day, moment %}
{% from "ui/links.html" import button, button_link, print_button, disclosure, views, chips,
   pagination %}
{% from "ui/forms.html" import field, choices, tick, error_summary, select, search_field,
   filter_actions %}
{{ breadcrumb([("Etusivu", "/")], "Nyt") }}{{ section_head("Otsikko", "Johdanto", id="a") }}
{{ status_tag("late", "myöhässä") }}{{ example_tag() }}{{ missing() }}{{ moment(now, true) }}
{{ empty_state("Ei vielä", "Miksi", "Kuka") }}{{ notice("Teksti", "warning", "Huomaa") }}
<ul class="feed">{% call feed_item(today, "Digitiimi", "x-1") %}Eteni{% endcall %}</ul>
<ol class="story">{% call story_item(today, "Valmis", "done") %}<p>Tehty</p>{% endcall %}</ol>
<dl class="facts">{% call fact("Vastuu") %}Digitiimi{% endcall %}</dl>
{% call figure("Kuva", "") %}<table><tr><td>1</td></tr></table>{% endcall %}{{ figure("K", "") }}
{{ button("Tallenna") }}{{ button_link("Peruuta", "/") }}{{ print_button() }}
{% call disclosure("Lisää") %}<p>Loput</p>{% endcall %}{{ views([("Lista", "/", true)], "Näkymä") }}
{{ chips([("Tila: valmis", "/")]) }}{{ pagination([(1, "/"), none], 1, "", "/2") }}
<form>{{ error_summary(form) }}{{ field(form.title, width="m", autocomplete="off") }}
{{ field(form.note) }}{{ choices(form.state, in_row=true) }}
{{ tick(form.public, hint="Ohje") }}</form>
<form>{{ select("tila", "Tila", [("", "Kaikki")]) }}{{ search_field("q", "Hae") }}
{{ filter_actions("/") }}</form>
"""


def page(frame: Frame = FRAME, inside: str = "") -> str:
    return ENV.get_template("page.html").render(frame=frame, inside=inside)


def all_parts() -> str:
    form = Report({"title": "", "state": "c"})
    moments = {"now": datetime.datetime.now(datetime.UTC), "today": datetime.date(2026, 12, 9)}
    return ENV.from_string(PARTS).render(form=form, **moments)


def check(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert html.count("<h1") == 1
    for icon in re.findall(r'href="#i-([a-z_]+)"', html):
        assert icon in ICONS


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_page_is_valid_html_in_every_language(language: str) -> None:
    with translation.override(language):
        check(page())


def test_every_part_is_valid_html() -> None:
    with translation.override("fi"):
        check(page(inside=all_parts()))


def test_a_page_says_whose_it_is_and_escapes_names() -> None:
    with translation.override("fi"):
        html = page()
    assert "<title>Otsikko – Kauhavan digitiekartta</title>" in html
    assert "<b>Kauhava &lt;&amp;&gt;</b>" in html
    assert '<html lang="fi"' in html


def test_a_page_without_anything_extra_is_whole_too() -> None:
    bare = Frame(stylesheet_url="/a.css", font_url="/a.woff2", languages=())
    html = page(bare)
    check(html)
    assert "data-live" not in html
    assert "<nav" not in html
    assert "strip" not in html


def test_example_content_and_an_unapproved_plan_are_marked_on_every_page() -> None:
    with translation.override("fi"):
        assert "Esimerkkiaineisto." in page()
        assert "Ei vielä hyväksytty." in page()
        plain = page(dataclasses.replace(FRAME, example=False, unapproved=False))
    assert "Esimerkkiaineisto." not in plain
    assert "Ei vielä hyväksytty." not in plain


def test_languages_are_links_named_in_their_own_language() -> None:
    html = page()
    assert '<a href="/sv/kauhava/" lang="sv" hreflang="sv">På svenska</a>' in html
    assert html.count('rel="alternate"') == 2


@pytest.mark.parametrize("status", [400, 403, 404, 418, 500, 503])
def test_an_error_says_what_happened_and_leads_on(status: int) -> None:
    frame = Frame(stylesheet_url="/a.css", font_url="/a.woff2", languages=())
    with translation.override("fi"):
        html = ENV.get_template("ui/error.html").render(frame=frame, status=status, message="")
    check(html)
    assert 'href="/"' in html


def test_a_failed_field_is_tied_to_its_error_and_keeps_what_was_typed() -> None:
    with translation.override("fi"):
        html = all_parts()
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<a href="#id_title">' in html
