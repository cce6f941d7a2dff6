"""What the environment says. Every setting of the platform that comes from outside is read here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import jinja2

PREFIX = "DIGITIEKARTTA_"


class SettingError(Exception):
    """A setting that can't be used, told in one sentence."""


def read(name: str, default: str = "") -> str:
    """The value of ``DIGITIEKARTTA_<name>``."""
    return os.environ.get(PREFIX + name, default).strip()


def flag(name: str) -> bool:
    """Whether a setting is on: 1, true, yes or on; off when not given."""
    value = read(name).lower()
    if value in ("", "0", "false", "no", "off"):
        return False
    if value in ("1", "true", "yes", "on"):
        return True
    raise SettingError(f"{PREFIX}{name} is {value!r}; it must be 1 or 0")


def listed(name: str, default: str = "") -> list[str]:
    """A setting with parts separated by commas."""
    return [part.strip() for part in read(name, default).split(",") if part.strip()]


def var_folder() -> Path:
    """The folder of the database file, keys, uploads and outbox (``DIGITIEKARTTA_VAR``)."""
    return Path(read("VAR", "var")).resolve()


def secret_key(var: Path) -> str:
    """``DIGITIEKARTTA_SECRET_KEY``, else the key kept under ``var``, made at first need."""
    given = read("SECRET_KEY")
    if given:
        return given
    kept = var / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        return _made_key(kept)
    except OSError as problem:
        raise SettingError(f"the secret key {kept} can't be read: {problem.strerror}") from problem


def _made_key(kept: Path) -> str:
    key = secrets.token_urlsafe(50)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    except OSError as problem:
        raise SettingError(
            f"the folder {kept.parent} can't be written: {problem.strerror}; "
            f"set {PREFIX}VAR to one that can"
        ) from problem
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def compiled_templates(var: Path) -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept between starts; None where the folder can't be written.

    The folder is the server's own: what is in it is run.
    """
    folder = var / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(folder))
