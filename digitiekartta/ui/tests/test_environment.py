"""Templates escape, refuse what is undefined, and write dates and texts in the page's language."""

import datetime
from collections.abc import Mapping
from types import SimpleNamespace

import jinja2
import pytest
from django.utils import translation

from digitiekartta.ui.environment import environment
from digitiekartta.ui.prose import markdown

ENV = environment()


def render(source: str, **context: object) -> str:
    return ENV.from_string(source).render(**context)


def test_text_is_escaped() -> None:
    assert render("{{ text }}", text="<b>") == "&lt;b&gt;"


def test_an_undefined_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("{{ nothing }}")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", "9.12.2026 tammi–kesä 2027 2,6 12 500 € a ja b talo Hae"),
        ("sv", "9.12.2026 januari–juni 2027 2,6 12 500 € a och b hus Sök"),
        ("en", "9 December 2026 January–June 2027 2.6 €12,500 a and b talo Search"),
    ],
)
def test_filters_write_in_the_active_language(language: str, written: str) -> None:
    context: Mapping[str, object] = {
        "day": datetime.date(2026, 12, 9),
        "half": SimpleNamespace(year=2027, half=1),
        "texts": {"fi": "talo", "sv": "hus"},
    }
    source = (
        "{{ day|date }} {{ half|half_year }} {{ 2.6|decimal }} {{ 12500|euros }}"
        ' {{ ["a", "b"]|listing }} {{ texts|say }} {{ _("Search") }}'
    )
    with translation.override(language):
        shown = render(source, **context)
    assert shown.replace("\u00a0", " ").replace("\u202f", " ") == written


def test_a_moment_belongs_to_its_day_in_finland() -> None:
    late_evening = datetime.datetime(2026, 12, 8, 23, 30, tzinfo=datetime.UTC)
    with translation.override("fi"):
        assert render("{{ at|date }}", at=late_evening) == "9.12.2026"
        assert render("{{ at|moment }}", at=late_evening) == "9.12.2026\u00a0klo\u00a01.30"


def test_a_text_in_another_language_is_marked() -> None:
    source = '{% from "ui/components.html" import said %}{{ said(texts) }}'
    env = environment(loader=jinja2.PackageLoader("digitiekartta.ui", "jinja2"))
    with translation.override("sv"):
        shown = env.from_string(source).render(texts={"fi": "talo & piha"})
    assert shown == '<span lang="fi">talo &amp; piha</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Otsikko", "<h3>Otsikko</h3>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>\n"),
        ("[a](https://b.fi)", '<p><a href="https://b.fi" rel="noopener">a</a></p>\n'),
        ("![a](https://b.fi/c.png)", "<p></p>\n"),
    ],
)
def test_running_text_is_safe(text: str, html: str) -> None:
    assert markdown(text).replace("\n", "") == html.replace("\n", "")
