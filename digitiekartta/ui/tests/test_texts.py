"""Every text of the interface exists in Finnish and Swedish, and none is left over."""

from pathlib import Path

import jinja2
import polib
import pytest

from digitiekartta.ui.environment import environment

HERE = Path(__file__).parents[1]


def texts_of_templates() -> set[str]:
    env = environment(loader=jinja2.FileSystemLoader(HERE / "jinja2"))
    found = set()
    for name in env.list_templates():
        for _, _, text in env.extract_translations((HERE / "jinja2" / name).read_text("utf-8")):  # type: ignore[attr-defined]
            found.add(text[0] if isinstance(text, tuple) else text)
    return found


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_catalogue_is_complete_and_compiled(language: str) -> None:
    folder = HERE / "locale" / language / "LC_MESSAGES"
    written = {entry.msgid: entry.msgstr for entry in polib.pofile(str(folder / "django.po"))}
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))}
    assert set(written) == texts_of_templates()
    assert all(written.values())
    assert compiled == written
