"""Gathers the interface's texts into the catalogues of each module and compiles them.

Message ids are English, so that English needs no catalogue. ``--check`` changes nothing and fails
when a text lacks its Finnish or Swedish, is unused, or holds other placeholders or tags than the
English, when one text is translated in two ways, and when a compiled catalogue is stale.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "digitiekartta"
LANGUAGES = ("fi", "sv")
HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
WIDTH = 98
# Which arguments of a translating function are its context, its text and its plural.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*")


@dataclass(frozen=True, order=True, slots=True)
class Message:
    """A text to translate: its context where it needs one, and its plural where it counts."""

    text: str
    context: str = ""
    plural: str = ""


class NotLiteralError(ValueError):
    """A translating function was called with something else than a written text."""


def _message(function: str, arguments: Iterable[object]) -> Message:
    parts = dict(zip(FUNCTIONS[function], arguments, strict=False))
    if set(parts) != set(FUNCTIONS[function]) or not all(
        isinstance(one, str) for one in parts.values()
    ):
        raise NotLiteralError(f"{function}() must be given written texts")
    return Message(**{name: str(one) for name, one in parts.items()})


def in_python(source: str) -> Iterator[Message]:
    """The messages of a Python file. Raises NotLiteralError with the line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in FUNCTIONS:
            wanted = node.args[: len(FUNCTIONS[name])]
            try:
                yield _message(name, [getattr(one, "value", None) for one in wanted])
            except NotLiteralError as problem:
                raise NotLiteralError(f"line {node.lineno}: {problem}") from problem


def in_template(source: str, environment: jinja2.Environment) -> Iterator[Message]:
    """The messages of a template. Raises NotLiteralError with the line."""
    extract: Any = environment.extract_translations  # type: ignore[attr-defined]
    for line, function, arguments in extract(source, gettext_functions=tuple(FUNCTIONS)):
        given = (arguments,) if isinstance(arguments, str) else arguments
        try:
            yield _message(function, [one for one in given or () if one is not None])
        except NotLiteralError as problem:
            raise NotLiteralError(f"line {line}: {problem}") from problem


def _sources(module: Path) -> Iterator[Path]:
    for path in sorted([*module.rglob("*.py"), *module.glob("jinja2/**/*.html")]):
        if not {"tests", "migrations"} & set(path.relative_to(module).parts):
            yield path


def gather(module: Path) -> dict[Message, set[str]]:
    """The messages of a module and the files that use each. Raises NotLiteralError, naming it."""
    environment = jinja2.Environment(  # noqa: S701 -- nothing is rendered
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True
    )
    found: defaultdict[Message, set[str]] = defaultdict(set)
    for path in _sources(module):
        source, name = path.read_text(), str(path.relative_to(ROOT))
        messages = in_python(source) if path.suffix == ".py" else in_template(source, environment)
        try:
            for message in messages:
                found[message].add(name)
        except NotLiteralError as problem:
            raise NotLiteralError(f"{name}, {problem}") from problem
    return dict(found)


def _catalogue_path(module: Path, language: str) -> Path:
    return module / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def catalogue(language: str, messages: dict[Message, set[str]], old: polib.POFile) -> polib.POFile:
    """The catalogue of these messages with the translations that the old one has for them."""
    translated = {_key(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = {**HEADER, "Language": language}
    for message in sorted(messages):
        kept = translated.get(message)
        entry = polib.POEntry(
            msgid=message.text,
            msgctxt=message.context or None,
            msgid_plural=message.plural or None,
            occurrences=[(name, "") for name in sorted(messages[message])],
            msgstr=kept.msgstr if kept else "",
            comment=kept.comment if kept else "",
            tcomment=kept.tcomment if kept else "",
        )
        if message.plural:
            entry.msgstr_plural = dict(kept.msgstr_plural) if kept else {0: "", 1: ""}
        new.append(entry)
    return new


def update(module: Path) -> None:
    """Brings a module's catalogues up to date with its texts and compiles them."""
    messages = gather(module)
    for language in LANGUAGES:
        path = _catalogue_path(module, language)
        if not messages:
            path.unlink(missing_ok=True)
            path.with_suffix(".mo").unlink(missing_ok=True)
            continue
        new = catalogue(language, messages, _read(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{new}")
        path.with_suffix(".mo").write_bytes(new.to_binary())


def faults(module: Path) -> Iterator[str]:
    """What is wrong with a module's catalogues, in words."""
    messages = gather(module)
    for language in LANGUAGES:
        path = _catalogue_path(module, language)
        name, old = path.relative_to(ROOT), _read(path)
        present = {_key(entry) for entry in old}
        yield from (f"{name}: missing: {one.text!r}" for one in sorted(messages.keys() - present))
        yield from (f"{name}: unused: {one.text!r}" for one in sorted(present - messages.keys()))
        for entry in old:
            yield from (f"{name}: {fault}: {entry.msgid!r}" for fault in _entry_faults(entry))
        compiled = path.with_suffix(".mo")
        if messages and (not compiled.exists() or compiled.read_bytes() != old.to_binary()):
            yield f"{name.with_suffix('.mo')}: stale; run make messages"


def _entry_faults(entry: polib.POEntry) -> Iterator[str]:
    written = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(written) or (entry.msgid_plural and len(written) != 2) or "fuzzy" in entry.flags:
        yield "not translated"
        return
    # The singular may say "one" in words; everything else keeps every placeholder and tag.
    expected = _marks(entry.msgid_plural or entry.msgid)
    optional = expected - _marks(entry.msgid) | (
        {"count", "num", "n"} if entry.msgid_plural else set()
    )
    for text in written:
        if not (expected - optional <= _marks(text) <= expected | _marks(entry.msgid)):
            yield "other placeholders or tags than the English"
        if text.strip() != text and entry.msgid.strip() == entry.msgid:
            yield "space at the end or the beginning"


def _marks(text: str) -> set[str]:
    found = {match[1] or match[2] or match[0] for match in _PLACEHOLDER.finditer(text)}
    return found | set(_TAG.findall(text))


def _told_in_two_ways(modules: Iterable[Path]) -> Iterator[str]:
    for language in LANGUAGES:
        seen: defaultdict[Message, set[str]] = defaultdict(set)
        for module in modules:
            for entry in _read(_catalogue_path(module, language)):
                written = entry.msgstr or " | ".join(entry.msgstr_plural.values())
                seen[_key(entry)].add(written)
        for message, ways in seen.items():
            if len(ways) > 1:
                yield f"{language}: {message.text!r} is translated in two ways: {sorted(ways)}"


def all_modules() -> list[Path]:
    """The modules of the platform."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def main(arguments: list[str] | None = None) -> int:
    """Updates the catalogues; with ``--check`` tells what is wrong and gives 1 when anything is."""
    parser = argparse.ArgumentParser(prog="messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is wrong")
    options = parser.parse_args(arguments)
    modules = all_modules()
    try:
        if not options.check:
            for module in modules:
                update(module)
        found = [fault for module in modules for fault in faults(module)]
    except NotLiteralError as problem:
        found = [str(problem)]
    found += _told_in_two_ways(modules)
    print("\n".join(found), file=sys.stderr) if found else None
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
