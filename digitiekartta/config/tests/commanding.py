"""Commands run as people run them: as processes of their own, in folders of their own."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.live_site import COMMAND, clean_environment


def run(
    var: Path,
    *arguments: str | Path,
    largest_file: int = 0,
    umask: int = 0o022,
    cwd: Path | None = None,
    **settings: str,
) -> subprocess.CompletedProcess[str]:
    """Runs a command on a folder, with no database but the folder's unless it is told of one.

    ``largest_file`` (bytes; 0: any) is where writing fails, as it does on a disk that is full.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    environment = clean_environment(DIGITIEKARTTA_VAR=str(var), **settings)
    if "DATABASE_URL" not in settings:
        environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        check=False,
        env=environment,
        cwd=cwd or (var if var.is_dir() else None),
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=limit if largest_file else None,
        umask=umask,
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a command ended with."""
    assert done.returncode == 1, (done.returncode, done.stderr)
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("digitiekartta: ")
    return lines[0]


def manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        data: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return data


def content(path: Path) -> tuple[Any, Any]:
    """What a backup says of the rows and documents in it."""
    told = manifest(path)
    return told["tables"], told["ledgers"]


def mode(path: Path) -> str:
    """Who may do what with a file or folder: 600, 755."""
    return oct(path.stat().st_mode)[-3:]


@contextlib.contextmanager
def rewritten(path: Path, changed: dict[str, bytes]) -> Iterator[Path]:
    """A copy of an archive with some members changed, for as long as it is looked at."""
    copy = path.with_name("changed-" + path.name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    try:
        yield copy
    finally:
        os.unlink(copy)
