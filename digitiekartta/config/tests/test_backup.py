"""A backup is made while the site is served, and a restore puts the same documents back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digitiekartta.config.restore import _restore_key
from tests import examples
from tests.live_site import Site, start

from .commanding import content, manifest, mode, rewritten, run, sentence
from .test_two_workers import rename

POSTGRESQL = bool(os.environ.get("DATABASE_URL", "").startswith("postgres"))


def document(site: Site) -> bytes:
    with urllib.request.urlopen(f"{site.url}/kauhava/digitiekartta.json", timeout=10) as answer:
        found: bytes = answer.read()
    return found


def test_what_is_restored_is_what_was_backed_up(
    start_site: Callable[..., Site], tmp_path: Path
) -> None:
    site = start_site()
    before = document(site)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert site.run("backup", str(first)).returncode == 0
    rename(site)
    changed = site.run("restore", str(first))
    assert changed.returncode == 1
    assert "stop it" in changed.stderr
    site.stop()
    restored = site.run("restore", str(first))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert site.run("backup", str(second)).returncode == 0
    assert content(first) == content(second)
    settings: dict[str, Any] = {
        name: site.environment[name] for name in ("DATABASE_URL",) if name in site.environment
    }
    again = start(site.var, **settings)
    try:
        assert document(again) == before
        assert rename(again) == manifest(first)["ledgers"].popitem()[1]["revision"] + 1
    finally:
        again.stop()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example, in SQLite, and its backup."""
    folder = tmp_path_factory.mktemp("var")
    examples.copy_file(folder)
    (folder / "secret_key").write_text("k" * 50)
    assert run(folder, "backup", folder / "copy.zip").returncode == 0
    return folder


@pytest.fixture
def copy(var: Path) -> Path:
    return var / "copy.zip"


def test_what_stood_there_is_kept_beside(var: Path, copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "digitiekartta.sqlite3"
    target.write_bytes(b"a damaged database")
    done = run(tmp_path, "restore", copy)
    assert done.returncode == 0, done.stderr
    (kept,) = tmp_path.glob("*.before-restore-*")
    assert kept.read_bytes() == b"a damaged database"
    assert str(kept) in done.stdout
    assert run(tmp_path, "backup", tmp_path / "again.zip").returncode == 0
    assert content(tmp_path / "again.zip") == content(copy)


def test_the_secret_key_stays_at_home_unless_it_is_asked_for(var: Path, copy: Path) -> None:
    key = (var / "secret_key").read_bytes()
    assert key not in copy.read_bytes()
    with_key = var / "with-key.zip"
    assert run(var, "backup", "--with-secret-key", with_key).returncode == 0
    with zipfile.ZipFile(with_key) as archive:
        assert archive.read("secret_key") == key


def test_a_key_in_the_backup_is_put_where_there_is_none(var: Path, tmp_path: Path) -> None:
    with_key = tmp_path / "with-key.zip"
    assert run(var, "backup", "--with-secret-key", with_key).returncode == 0
    there = tmp_path / "deep" / "var"
    done = run(there, "restore", with_key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "who was signed in then still is" in done.stdout
    assert (there / "secret_key").read_bytes() == (var / "secret_key").read_bytes()
    made = (there, there / "secret_key", there / "digitiekartta.sqlite3", with_key)
    assert [mode(one) for one in made] == ["700", "600", "600", "600"]


def test_uploaded_files_come_along_and_replace_nothing(var: Path, tmp_path: Path) -> None:
    logos = var / "uploads" / "logos"
    logos.mkdir(parents=True)
    (logos / "abc123.png").write_bytes(b"a logo")
    (logos / ".abc124.png-part").write_bytes(b"half a logo")
    with_logo = tmp_path / "with-logo.zip"
    assert "1 uploaded file" in run(var, "backup", with_logo).stdout
    there = tmp_path / "var"
    done = run(there, "restore", with_logo)
    assert "and 1 uploaded file" in done.stdout, done.stderr
    restored = there / "uploads" / "logos" / "abc123.png"
    assert restored.read_bytes() == b"a logo"
    assert [mode(one) for one in (restored, restored.parent)] == ["600", "700"]
    assert len(list(restored.parent.iterdir())) == 1
    restored.write_bytes(b"the same name")
    assert "uploaded file" not in run(there, "restore", with_logo).stdout
    assert restored.read_bytes() == b"the same name"
    shutil.rmtree(var / "uploads")


HERE, ELSEWHERE = "h" * 40, "e" * 40


@pytest.mark.parametrize(
    ("held", "known", "told"),
    [
        (None, None, "everybody signs in again"),
        (None, HERE, "if the key of this site is the same"),
        (HERE, HERE, "is this site's"),
        (ELSEWHERE, HERE, "of this site was kept"),
        (ELSEWHERE, None, "was put into"),
        ("short", None, "was not restored"),
    ],
)
def test_what_becomes_of_sessions_is_told_and_a_key_that_is_here_stays(
    tmp_path: Path, held: str | None, known: str | None, told: str
) -> None:
    var, member = tmp_path / "var", tmp_path / "secret_key"
    if held is not None:
        member.write_text(held)
    assert told in _restore_key(member, known, var)
    assert (var / "secret_key").exists() == (told == "was put into")


def damaged(copy: Path, do: str) -> dict[str, bytes]:
    """Members that make a backup unfit."""
    told = manifest(copy)
    if do == "a byte":
        with zipfile.ZipFile(copy) as archive:
            database = bytearray(archive.read("database.sqlite3"))
        database[5000] ^= 1
        return {"database.sqlite3": bytes(database)}
    if do == "a document":
        next(iter(told["ledgers"].values()))["document_sha256"] = "0" * 64
    elif do == "a future":
        told["migrations"].append(["roadmaps", "0999_of_the_future"])
    elif do == "a format":
        told["format"] = 99
    elif do == "a path":
        return {"../outside": b"x"}
    return {"manifest.json": json.dumps(told).encode()}


@pytest.mark.parametrize(
    ("do", "told"),
    [
        ("a byte", "another hash"),
        ("a document", "not hold what its manifest says"),
        ("a future", "newer version"),
        ("a format", "newer version"),
        ("a path", "not those of its manifest"),
    ],
)
def test_an_unfit_backup_replaces_nothing(
    var: Path, copy: Path, tmp_path: Path, do: str, told: str
) -> None:
    shutil.copy(var / "digitiekartta.sqlite3", tmp_path)
    before = (tmp_path / "digitiekartta.sqlite3").read_bytes()
    with rewritten(copy, damaged(copy, do)) as changed:
        assert told in sentence(run(tmp_path, "restore", changed))
    assert (tmp_path / "digitiekartta.sqlite3").read_bytes() == before
    assert not (tmp_path.parent / "outside").exists()
    assert list(tmp_path.glob("restoring-*")) == []


@pytest.mark.parametrize("content", [b"", b"a letter", b"PK\x03\x04 and no more"])
def test_what_is_no_backup_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.zip"
    path.write_bytes(content)
    assert "not a whole backup" in sentence(run(tmp_path, "restore", path))
    assert "no file" in sentence(run(tmp_path, "restore", tmp_path / "none.zip"))


def test_a_backup_that_cannot_be_written_is_told(var: Path) -> None:
    sentence(run(var, "backup", var / "none" / "copy.zip"))


def test_an_older_database_is_brought_up_to_date(copy: Path, tmp_path: Path) -> None:
    """A backup whose last migration was not applied yet comes back with it."""
    with zipfile.ZipFile(copy) as archive:
        archive.extract("database.sqlite3", tmp_path)
    old = tmp_path / "old"
    old.mkdir()
    shutil.move(tmp_path / "database.sqlite3", old / "digitiekartta.sqlite3")
    with sqlite3.connect(old / "digitiekartta.sqlite3") as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'mfa'")
        connection.execute("DROP TABLE mfa_authenticator")
    connection.close()
    assert run(old, "migrate").returncode == 0
    assert run(old, "backup", old / "b.zip").returncode == 0
    assert content(old / "b.zip") == content(copy)


@pytest.mark.skipif(not POSTGRESQL, reason="of PostgreSQL")
def test_a_backup_moves_between_the_databases(
    copy: Path, start_site: Callable[..., Site], tmp_path: Path
) -> None:
    site = start_site()
    site.stop()
    assert site.run("restore", str(copy)).returncode == 0
    there = tmp_path / "there.zip"
    assert site.run("backup", str(there)).returncode == 0
    assert content(there) == content(copy)
    assert run(tmp_path, "restore", there).returncode == 0
    back = tmp_path / "back.zip"
    assert run(tmp_path, "backup", back).returncode == 0
    assert content(back) == content(copy)
