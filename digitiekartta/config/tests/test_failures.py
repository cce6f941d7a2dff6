"""Problems that end with one clear sentence and exit code 1, and lose nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from digitiekartta.config.database import check_sqlite
from digitiekartta.config.problems import ProblemError

from .commanding import mode, run, sentence

DATABASE = "digitiekartta.sqlite3"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database of this version."""
    var = tmp_path_factory.mktemp("var")
    done = run(var, "migrate")
    assert done.stdout == f"The database {var / DATABASE} was brought up to date.\n"
    return var


@pytest.fixture
def var(migrated: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(migrated, tmp_path / "var"))


def test_a_second_migration_has_nothing_to_do(var: Path) -> None:
    done = run(var, "migrate")
    told = f"The database {var / DATABASE} was up to date already.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")


def test_a_port_in_use_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = sentence(run(tmp_path, "serve", "--port", str(port)))
    assert f"127.0.0.1:{port}" in told
    assert not (tmp_path / DATABASE).exists()


@pytest.mark.parametrize("content", [b"not a database at all, but a letter" * 100, b"SQLite 4"])
def test_a_file_of_another_kind_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    assert "not an SQLite database" in sentence(run(tmp_path, "serve", "--port", "0"))
    assert (tmp_path / DATABASE).read_bytes() == content


def test_a_damaged_database_is_left_as_it_is(var: Path) -> None:
    path = var / DATABASE
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = os.urandom(len(content) // 2 - 4096)
    path.write_bytes(content)
    assert "can't be used" in sentence(run(var, "serve", "--port", "0"))
    assert path.read_bytes() == content


def test_a_truncated_database_is_left_as_it_is(var: Path) -> None:
    path = var / DATABASE
    content = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(content)
    assert "can't be used" in sentence(run(var, "serve", "--port", "0"))
    assert path.read_bytes() == content


def test_a_database_of_a_newer_version_is_left_as_it_is(var: Path) -> None:
    with sqlite3.connect(var / DATABASE) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('roadmaps', '0999_of_the_future', '2030-01-01')"
        )
    connection.close()
    told = sentence(run(var, "serve", "--port", "0"))
    assert "newer version" in told
    assert "0999_of_the_future" in told


def test_a_database_that_cannot_be_written_is_told(var: Path) -> None:
    """A folder in place of the log of changes keeps SQLite from writing, whoever runs it."""
    (var / f"{DATABASE}-journal").unlink(missing_ok=True)
    (var / f"{DATABASE}-wal").unlink(missing_ok=True)
    (var / f"{DATABASE}-wal").mkdir()
    sentence(run(var, "serve", "--port", "0"))


COMMANDS = [
    ["backup", "copy.zip"],
    ["tick"],
    ["coordinator", "--kunta", "kauhava", "--email", "k@example.test"],
    ["demo", "--remove"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_command_that_needs_a_database_makes_none_where_there_is_none(
    tmp_path: Path, command: list[str]
) -> None:
    var = tmp_path / "var"
    told = sentence(run(var, *command, cwd=tmp_path))
    assert f"there is no database {var / DATABASE}" in told
    assert "DIGITIEKARTTA_VAR" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"a letter" * 100])
def test_an_empty_file_and_a_file_of_another_kind_are_no_database_to_work_on(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    told = sentence(run(tmp_path, "backup", tmp_path / "copy.zip"))
    assert ("not an SQLite database" if content else "there is no database") in told
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [content]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM django_migrations WHERE app = 'history'", "digitiekartta migrate"),
        (
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('roadmaps', '0999_of_the_future', '2030-01-01')",
            "newer version",
        ),
    ],
)
def test_a_command_works_on_a_database_of_its_own_version_alone(
    var: Path, change: str, told: str
) -> None:
    with contextlib.closing(sqlite3.connect(var / DATABASE)) as connection, connection:
        connection.execute(change)
    assert told in sentence(run(var, "tick"))


def test_a_database_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE one (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(ProblemError, match="something else"):
        check_sqlite(path)
    assert path.read_bytes() == before


def test_a_full_disk_at_the_first_start_is_told_and_leaves_no_half_made_database(
    tmp_path: Path,
) -> None:
    var = tmp_path / "var"
    told = sentence(run(var, "serve", "--port", "0", largest_file=100_000))
    assert str(var / DATABASE) in told
    assert "disk" in told
    assert list(var.glob("*.sqlite3*")) == [var / f"{DATABASE}.migrating"]
    assert list(var.glob(".*")) == []


def test_a_full_disk_leaves_no_half_written_key(tmp_path: Path) -> None:
    told = sentence(run(tmp_path / "var", "migrate", largest_file=10))
    assert "secret_key" in told
    assert list((tmp_path / "var").iterdir()) == []


def test_what_is_made_is_its_owners_alone(migrated: Path, tmp_path: Path) -> None:
    """Whatever the umask of whoever starts the command, and without a moment between."""
    var = tmp_path / "deep" / "var"
    done = run(var, "migrate", umask=0)
    assert done.returncode == 0, done.stderr
    assert mode(var) == "700"
    assert {one.name: mode(one) for one in var.iterdir()} == {
        DATABASE: "600",
        f"{DATABASE}.migrating": "600",
        "secret_key": "600",
    }


def test_a_database_and_a_key_that_others_could_read_are_taken_from_them(var: Path) -> None:
    for name in (DATABASE, "secret_key"):
        (var / name).chmod(0o644)
    assert run(var, "backup", var / "copy.zip").returncode == 0
    assert {mode(var / name) for name in (DATABASE, "secret_key", "copy.zip")} == {"600"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    var = tmp_path / "file" / "var"
    assert "DIGITIEKARTTA_VAR" in sentence(run(var, "serve", "--port", "0"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIGITIEKARTTA_DEBUG", "maybe"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "oracle:/x"),
        ("DIGITIEKARTTA_TRUSTED_PROXIES", "10.0.0.300"),
        ("DIGITIEKARTTA_NOW", "tomorrow"),
        ("DIGITIEKARTTA_PUBLIC_URL", "digi.example.fi"),
        ("DIGITIEKARTTA_SECRET_KEY", "short"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(tmp_path: Path, name: str, value: str) -> None:
    settings: dict[str, Any] = {name: value}
    told = sentence(run(tmp_path, "serve", "--port", "0", "--empty", **settings))
    assert name in told or value in told


def test_a_database_server_that_is_away_is_told(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        url = f"postgres://kartta:salasana@127.0.0.1:{port}/kartta"
        told = sentence(run(tmp_path, "serve", "--port", "0", DATABASE_URL=url))
    assert f"127.0.0.1:{port}" in told
    assert "salasana" not in told


def test_a_command_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "sreve").returncode == 2
    assert run(tmp_path, "serve", "--port", "99999999").returncode == 2
    assert run(tmp_path, "backup").returncode == 2


def test_version_and_help_need_nothing(tmp_path: Path) -> None:
    from digitiekartta import __version__  # noqa: PLC0415 - the version alone

    assert run(tmp_path, "version").stdout == f"{__version__}\n"
    shown = run(tmp_path, "--help").stdout
    for command in ("serve", "demo", "backup", "restore", "migrate", "version"):
        assert command in shown
    assert list(tmp_path.iterdir()) == []


def test_the_example_goes_into_an_empty_database_alone_and_out_again(var: Path) -> None:
    assert run(var, "demo").returncode == 0
    assert "already" in sentence(run(var, "demo"))
    assert run(var, "demo", "--remove").returncode == 0


def test_a_database_file_without_permission_to_write_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "digitiekartta.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE one (id INTEGER)")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anything
    with pytest.raises(ProblemError, match="can't be written"):
        check_sqlite(path)
