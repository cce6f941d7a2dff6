"""How soon the watcher knows of a commit, and what it lives through."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from digitiekartta.history.tests.writing import add_party, new_ledger
from digitiekartta.live.rules import Editing
from digitiekartta.live.sources import (
    SourceError,
    SqliteSource,
    connection_parameters,
    source_of,
)
from digitiekartta.live.watcher import News, Watcher

from .test_stream import in_thread

PATIENCE = 5.0
LEDGER = uuid4()


class Heard:
    """What a watcher told, and when."""

    def __init__(self, watcher: Watcher) -> None:
        self.news: list[News] = []
        self._heard = asyncio.Event()
        watcher.listen(self._hear)

    def _hear(self, news: News) -> None:
        self.news.append(news)
        self._heard.set()

    async def until(self, wanted: Callable[[News], bool]) -> News:
        async with asyncio.timeout(PATIENCE):
            while not (self.news and wanted(self.news[-1])):
                self._heard.clear()
                await self._heard.wait()
        return self.news[-1]


@asynccontextmanager
async def watching(source: Any) -> AsyncIterator[Heard]:
    watcher = Watcher(source)
    heard = Heard(watcher)
    watcher.start(asyncio.get_running_loop())
    try:
        yield heard
    finally:
        watcher.stop()
        assert watcher._thread is not None
        assert not watcher._thread.is_alive()


def watch(source: Any, scene: Callable[[Heard], Any]) -> None:
    async def play() -> None:
        async with watching(source) as heard:
            await scene(heard)

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
def test_a_commit_elsewhere_is_known_within_a_quarter_of_a_second() -> None:
    ledger_id = new_ledger()

    async def scene(heard: Heard) -> None:
        await heard.until(lambda news: ledger_id in news.revisions)
        for revision in (1, 2, 3):
            await in_thread(add_party, ledger_id, f"slug-{revision}")
            committed = time.monotonic()
            await heard.until(lambda news: news.revisions[ledger_id] == revision)  # noqa: B023
            assert time.monotonic() - committed < 0.25

    watch(source_of(connection.settings_dict), scene)


@pytest.mark.django_db(transaction=True)
def test_contact_is_told_of_without_a_change() -> None:
    async def scene(heard: Heard) -> None:
        await heard.until(lambda news: True)
        first = len(heard.news)
        await asyncio.sleep(1.0)
        assert len(heard.news) - first >= 3
        assert time.monotonic() - heard.news[-1].at < 0.6

    watch(source_of(connection.settings_dict), scene)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
def test_a_lost_connection_is_made_again() -> None:
    ledger_id = new_ledger()

    async def scene(heard: Heard) -> None:
        before = await heard.until(lambda news: ledger_id in news.revisions)
        await in_thread(_end_watchers)
        await in_thread(add_party, ledger_id)
        after = await heard.until(lambda news: news.revisions[ledger_id] == 1)
        assert after.epoch > before.epoch

    watch(source_of(connection.settings_dict), scene)


def _end_watchers() -> None:
    with psycopg.connect(**connection_parameters(connection.settings_dict)) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'digitiekartta watcher' AND datname = current_database()"
        )


def made(path: Path, revision: int) -> Path:
    """A database file with one ledger."""
    with sqlite3.connect(path) as own:
        own.execute("PRAGMA journal_mode=WAL")
        own.execute("CREATE TABLE history_ledger (id char(32), revision bigint)")
        own.execute("INSERT INTO history_ledger VALUES (?, ?)", [LEDGER.hex, revision])
        own.execute(
            "CREATE TABLE live_presence (ledger_id, actor, entity, part, role, name, named_to,"
            " audience, until)"
        )
    own.close()
    return path


def at(revision: int) -> Callable[[News], bool]:
    return lambda news: news.revisions == {UUID(hex=LEDGER.hex): revision}


def test_a_replaced_file_is_opened_anew(tmp_path: Path) -> None:
    path = made(tmp_path / "a.sqlite3", 3)

    async def scene(heard: Heard) -> None:
        before = await heard.until(at(3))
        made(tmp_path / "b.sqlite3", 7).rename(path)
        after = await heard.until(at(7))
        assert after.epoch > before.epoch

    watch(SqliteSource(str(path)), scene)


def test_a_vanished_file_is_no_contact_and_is_not_made_again(tmp_path: Path) -> None:
    path = made(tmp_path / "a.sqlite3", 3)

    async def scene(heard: Heard) -> None:
        await heard.until(at(3))
        shutil.move(path, tmp_path / "away.sqlite3")
        await asyncio.sleep(0.5)
        told = len(heard.news)
        await asyncio.sleep(0.5)
        assert len(heard.news) == told
        assert not path.exists()
        shutil.move(tmp_path / "away.sqlite3", path)
        await heard.until(lambda news: len(heard.news) > told and at(3)(news))

    watch(SqliteSource(str(path)), scene)


@pytest.mark.parametrize("content", [b"", b"this is not a database, whatever it is called"])
def test_what_is_no_database_is_a_source_that_fails(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.sqlite3"
    path.write_bytes(content)
    source = SqliteSource(str(path))
    with pytest.raises(SourceError):
        _open_and_read(source)
    source.close()


def _open_and_read(source: SqliteSource) -> None:
    source.open()
    source.read()


def test_a_failing_listener_does_not_silence_the_others(caplog: pytest.LogCaptureFixture) -> None:
    class Still:
        def open(self) -> None: ...
        def read(self) -> dict[UUID, int]:
            return {LEDGER: 1}

        def read_presence(self) -> tuple[Editing, ...]:
            return ()

        def wait(self, stopped: Callable[[float], bool]) -> bool:
            stopped(0.01)
            return True

        def close(self) -> None: ...

    async def play() -> None:
        watcher = Watcher(Still())

        def fail(news: News) -> None:
            raise RuntimeError

        watcher.listen(fail)
        heard = Heard(watcher)
        watcher.start(asyncio.get_running_loop())
        await heard.until(lambda news: len(heard.news) > 2)
        watcher.stop()

    asyncio.run(play())
    assert "a listener of the watcher failed" in caplog.text


def test_connection_parameters_are_psycopgs_alone() -> None:
    settings = {
        "NAME": "kartta",
        "USER": "u",
        "PASSWORD": "",
        "HOST": "h",
        "PORT": 5432,
        "OPTIONS": {"pool": {"min_size": 1}, "sslmode": "require"},
    }
    assert connection_parameters(settings) == {
        "dbname": "kartta",
        "user": "u",
        "host": "h",
        "port": 5432,
        "sslmode": "require",
    }
