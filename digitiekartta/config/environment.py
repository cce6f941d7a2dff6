"""What the environment says. Every setting of the platform that comes from outside is read here."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

PREFIX = "DIGITIEKARTTA_"
SHORTEST_KEY = 32
"""Characters that a secret key has at least."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*"
_HOST = re.compile(rf"{_NAME}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_ALLOWED_HOST = re.compile(rf"\*|\.?{_NAME}|\[[0-9A-Fa-f:.]+\]")


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


def public_url() -> str:
    """``DIGITIEKARTTA_PUBLIC_URL`` as browsers name an origin (``scheme://host``, with the port
    where it isn't the scheme's own), or nothing. Raises SettingError.
    """
    given = read("PUBLIC_URL")
    try:
        return _origin(given) if given else ""
    except ValueError as problem:
        raise SettingError(
            f"{PREFIX}PUBLIC_URL is {given!r}; it must be an address without a path, "
            "such as https://digitiekartta.example.fi"
        ) from problem


def _origin(address: str) -> str:
    """Raises ValueError for what is more or less than an origin."""
    parts = urlsplit(address)
    host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    beside = ("@" in parts.netloc, parts.path.rstrip("/"), parts.query, parts.fragment)
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host) or any(beside):
        raise ValueError(address)
    shown = f"[{host}]" if ":" in host else host
    own_port = port is None or port == _DEFAULT_PORTS[parts.scheme]
    return f"{parts.scheme}://{shown}" + ("" if own_port else f":{port}")


def allowed_hosts(public_url: str) -> list[str]:
    """``DIGITIEKARTTA_ALLOWED_HOSTS``, and the host of the public address. Raises SettingError."""
    hosts = listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    for one in hosts:
        if not _ALLOWED_HOST.fullmatch(one):
            raise SettingError(
                f"{PREFIX}ALLOWED_HOSTS holds {one!r}; it must list host names alone, without "
                "scheme, port or path, such as digitiekartta.example.fi"
            )
    host = urlsplit(public_url).hostname
    if host:
        hosts.append(f"[{host}]" if ":" in host else host)
    return hosts


def keep_to_owner() -> None:
    """What this process makes from now on is its owner's alone: files 0600, folders 0700."""
    os.umask(0o077)


def make_folder(folder: Path) -> None:
    """Makes the folder of data, its owner's alone, where there is none. Raises SettingError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise SettingError(
            f"the folder {folder} can't be written: {problem.strerror}; "
            f"set {PREFIX}VAR to one that can"
        ) from problem


def secret_key(var: Path) -> str:
    """``DIGITIEKARTTA_SECRET_KEY``, else the key kept under ``var``, made at first need.

    Raises SettingError for a key that is too short to keep a secret.
    """
    return known_key(var) or keep_key(var, secrets.token_urlsafe(50))


def known_key(var: Path) -> str | None:
    """The key that is set or kept; None where there is none yet. Raises SettingError."""
    given = read("SECRET_KEY")
    if given:
        return _long_enough(given, f"{PREFIX}SECRET_KEY", "set a longer one")
    kept = key_file(var)
    try:
        key = kept.read_text("ascii").strip()
        to_owner_alone(kept)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it holds something else"
        raise SettingError(f"the secret key {kept} can't be read: {reason}") from problem
    return _long_enough(
        key, str(kept), "put the right one back, or remove the file: a new key signs everybody out"
    )


def key_file(var: Path) -> Path:
    """Where the key is kept that no setting gives."""
    return var / "secret_key"


def _long_enough(key: str, place: str, advice: str) -> str:
    if len(key) < SHORTEST_KEY:
        fault = f"has only {len(key)} characters of at least {SHORTEST_KEY}" if key else "is empty"
        raise SettingError(f"the secret key {place} {fault}; {advice}")
    return key


def keep_key(var: Path, key: str) -> str:
    """Keeps a key under ``var`` where none is yet; gives the one that stands there then.

    It appears there whole or not at all, however many processes start at once and however full
    the disk is. Raises SettingError.
    """
    kept = key_file(var)
    _long_enough(key, f"for {kept}", "it was not kept")
    make_folder(var)
    try:
        descriptor, name = tempfile.mkstemp(prefix=".secret_key-", dir=var)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            os.link(name, kept)
        except FileExistsError:
            return known_key(var) or key
        finally:
            os.unlink(name)
    except OSError as problem:
        raise SettingError(
            f"the secret key {kept} can't be written: {problem.strerror}; make room there, "
            f"or set {PREFIX}VAR to a folder that has some"
        ) from problem
    return key


def make_no_key() -> None:
    """For a command that only looks: where there is no key, this process has one that nobody keeps.
    Raises SettingError."""
    if known_key(var_folder()) is None:
        os.environ[PREFIX + "SECRET_KEY"] = secrets.token_urlsafe(50)


def to_owner_alone(path: Path) -> None:
    """Takes a file from everybody but its owner, as far as it is ours; it may be missing."""
    with contextlib.suppress(OSError):
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Makes its folder when there is something to keep. What can't be kept is compiled anew."""

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            os.makedirs(self.directory, mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)


def compiled_templates(var: Path) -> jinja2.BytecodeCache:
    """Where compiled templates are kept between starts.

    The folder is the server's own: what is in it is run.
    """
    return _CompiledTemplates(str(var / "templates"))
