"""The tool that keeps the message catalogues: what it finds and what it refuses."""

from __future__ import annotations

from pathlib import Path

import jinja2
import polib
import pytest

from tools import messages
from tools.messages import Message, NotLiteralError


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with one page and one Python file."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    folder = tmp_path / "goals"
    (folder / "jinja2" / "goals").mkdir(parents=True)
    (folder / "jinja2" / "goals" / "list.html").write_text(
        '<h1>{{ _("Goals") }}</h1>{% trans n=3 %}%(n)s{{ n }} goal{% pluralize %}{{ n }} goals'
        "{% endtrans %}".replace("%(n)s", "")
    )
    (folder / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _, pgettext\n"
        'LATE = _("Late")\n\n\ndef word() -> str:\n    return pgettext("an action", "Open")\n'
    )
    return folder


def _translate(module: Path, **texts: str) -> None:
    for language in messages.LANGUAGES:
        path = module / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.msgstr = texts.get(entry.msgid, f"{entry.msgid} ({language})")
            if entry.msgid_plural:
                entry.msgstr, entry.msgstr_plural = "", {0: "%(n)s yksi", 1: "%(n)s monta"}
        catalogue.save()
        path.with_suffix(".mo").write_bytes(catalogue.to_binary())


def test_texts_are_found_in_templates_and_in_python(module: Path) -> None:
    assert set(messages.gather(module)) == {
        Message("Goals"),
        Message("%(n)s goal", plural="%(n)s goals"),
        Message("Late"),
        Message("Open", context="an action"),
    }


def test_a_text_that_is_not_written_out_is_refused() -> None:
    with pytest.raises(NotLiteralError, match="line 2"):
        list(messages.in_python("from x import gettext\ngettext(name)"))
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701
    with pytest.raises(NotLiteralError, match="line 1"):
        list(messages.in_template("{{ _(name) }}", environment))


def test_a_missing_translation_fails_and_a_complete_catalogue_passes(module: Path) -> None:
    assert any("missing" in fault for fault in messages.faults(module))
    messages.update(module)
    assert any("not translated" in fault for fault in messages.faults(module))
    _translate(module)
    assert list(messages.faults(module)) == []


def test_updating_keeps_translations_and_drops_what_is_not_used(module: Path) -> None:
    messages.update(module)
    _translate(module, Goals="Tavoitteet")
    (module / "words.py").write_text("")
    assert any("unused: 'Late'" in fault for fault in messages.faults(module))
    messages.update(module)
    assert list(messages.faults(module)) == []
    catalogue = polib.pofile(str(module / "locale/fi/LC_MESSAGES/django.po"))
    assert {entry.msgid: entry.msgstr for entry in catalogue if not entry.msgid_plural} == {
        "Goals": "Tavoitteet"
    }


def test_updating_twice_changes_nothing(module: Path) -> None:
    messages.update(module)
    files = sorted((module / "locale").rglob("django.*"))
    before = [path.read_bytes() for path in files]
    messages.update(module)
    assert [path.read_bytes() for path in files] == before
    assert len(files) == 4


@pytest.mark.parametrize("written", ["Tavoitteet %(name)s", "<b>Tavoitteet</b>", " Tavoitteet"])
def test_a_translation_with_other_marks_than_the_english_fails(module: Path, written: str) -> None:
    messages.update(module)
    _translate(module, Goals=written)
    assert len(list(messages.faults(module))) == len(messages.LANGUAGES)


def test_a_stale_compiled_catalogue_fails(module: Path) -> None:
    messages.update(module)
    _translate(module)
    (module / "locale/sv/LC_MESSAGES/django.mo").write_bytes(b"")
    (fault,) = messages.faults(module)
    assert "stale" in fault


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_same_text_is_translated_alike_in_every_module(language: str) -> None:
    """The catalogues are one at run time: of two translations the first module's stands in all."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for path in sorted(messages.PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            words = str(entry.msgstr_plural or entry.msgstr)
            if not entry.obsolete and entry.translated():
                said.setdefault((entry.msgctxt, entry.msgid), {})[path.parts[-5]] = words
    assert {key: each for key, each in said.items() if len(set(each.values())) > 1} == {}
