"""Uploaded files in backups. Their names are hashes of their content: they never change, and what
is there already is the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import archive, environment
from .problems import ProblemError


def add_uploads(writer: archive.Writer, var: Path) -> int:
    """Puts the uploaded files of a folder into a backup; how many. One that is still being
    written has another name, and one that is taken away meanwhile is left out."""
    files = 0
    for path in sorted((var / archive.UPLOADS).rglob("*")):
        name = path.relative_to(var).as_posix()
        if path.is_file() and archive.is_upload(name):
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            writer.add(name, [content])
            files += 1
    return files


def restore_uploads(folder: Path, var: Path) -> int:
    """Puts the uploaded files of an unpacked backup where there are none of their names; how many.

    Raises ProblemError when they can't be written.
    """
    files = 0
    for path in sorted((folder / archive.UPLOADS).rglob("*")):
        target = var / path.relative_to(folder)
        if not path.is_file() or target.exists():
            continue
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}-part")
            shutil.copyfile(path, part)
            environment.to_owner_alone(part)
            os.replace(part, target)
        except OSError as problem:
            raise ProblemError(f"{target} can't be written: {problem.strerror}") from problem
        files += 1
    return files
