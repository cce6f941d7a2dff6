"""The one file of a backup: a zip archive with a manifest that proves the rest.

``manifest.json`` holds the hash of every other member, what migrations the database stood at, the
number of rows by table, and for every ledger its revision and its document's hash. The database is
``database.sqlite3``, a copy, or ``tables/<table>.jsonl``, one row a line. ``uploads/<kind>/<name>``
are the uploaded files, whose names are hashes of their content. ``secret_key`` is there when it was
asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from .problems import ProblemError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
TABLES = "tables/"
KEY = "secret_key"
UPLOADS = "uploads/"
_CHUNK = 1024 * 1024
_UPLOAD = re.compile(r"uploads/[a-z]{1,20}/[A-Za-z0-9_-]{1,100}(\.[a-z0-9]{1,5})?")
_KINDS = ("sqlite", "tables")


@dataclass(slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    version: str
    kind: str
    migrations: list[list[str]]
    tables: dict[str, int]
    ledgers: dict[str, dict[str, Any]]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Writes the members of an archive and remembers their hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.hashes: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        with self._archive.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
        self.hashes[name] = digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        manifest.files = self.hashes
        written = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
        self._archive.writestr(MANIFEST, written)


@contextlib.contextmanager
def written(path: Path) -> Iterator[Writer]:
    """An archive that stands at ``path`` once it is whole and on the disk, and not before."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as problem:
        raise ProblemError(f"{path} can't be written: {problem.strerror}") from problem
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        sync_folder(path.parent)
    except OSError as problem:
        raise ProblemError(f"{path} can't be written: {problem.strerror}") from problem
    finally:
        Path(name).unlink(missing_ok=True)


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def extracted(path: Path, folder: Path) -> Manifest:
    """Unpacks an archive into a folder, every member proved by its hash.

    Raises ProblemError for what is no backup, is not whole, or is of a later format.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(path, archive)
            _check_members(path, archive, manifest)
            for name, expected in manifest.files.items():
                if _extract(archive, name, folder / name) != expected:
                    raise ProblemError(f"{path} is damaged: {name} has another hash")
    except FileNotFoundError as problem:
        raise ProblemError(f"there is no file {path}") from problem
    except OSError as problem:
        raise ProblemError(f"{path} can't be unpacked: {problem.strerror}") from problem
    except (zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError) as problem:
        raise ProblemError(f"{path} is not a whole backup: {problem}") from problem
    return manifest


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    data = json.loads(archive.read(MANIFEST))
    if data.get("format", 0) > FORMAT:
        raise ProblemError(f"{path} was made by a newer version of Digitiekartta")
    manifest = Manifest(**data)
    if manifest.kind not in _KINDS:
        raise ValueError(f"unknown kind {manifest.kind!r}")
    return manifest


def _check_members(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Only members that the manifest names, and only names that stay inside the folder."""
    names = set(archive.namelist()) - {MANIFEST}
    if names != set(manifest.files):
        raise ProblemError(f"{path} is damaged: its files are not those of its manifest")
    for name in names:
        table = name.removeprefix(TABLES).removesuffix(".jsonl")
        known = name in (DATABASE, KEY) or is_upload(name) or table.isidentifier()
        if not known:
            raise ProblemError(f"{path} holds {name!r}, which no backup does")


def is_upload(name: str) -> bool:
    """Whether a member's name is that of an uploaded file, and stays inside the folder."""
    return _UPLOAD.fullmatch(name) is not None


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> str:
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as member, target.open("wb") as file:
        for chunk in chunks_of(member):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
