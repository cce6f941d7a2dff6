"""A running server with an open round, and what its database and its log know afterwards."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.live_site import Site, clean_environment
from tools.postgresql import free_port

_COMMAND = [sys.executable, "-m", "digitiekartta.surveys.tests.respondent_server"]
_START = 30.0


@dataclass
class AskedSite:
    """A server, the town that asks on it, and codes that nobody has used."""

    site: Site
    town: dict[str, Any]

    def code(self) -> str:
        """A code that no test has had."""
        return str(self.town["codes"]["hallinto"].pop())

    def path(self, end: str = "", language: str = "fi") -> str:
        prefix = "" if language == "fi" else f"/{language}"
        return f"{prefix}/{self.town['slug']}/kysely/{end}"

    @property
    def by_link(self) -> str:
        return f"{self.path()}?linkki={self.town['link']}"

    def counted(self) -> int:
        """How many have answered."""
        path = self.site.var / "digitiekartta.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return int(
                connection.execute("SELECT SUM(respondents) FROM surveys_tally").fetchone()[0]
            )

    def is_open(self) -> bool:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(self.site.url + self.path(), timeout=2).close()
            return True
        return False


@contextlib.contextmanager
def asked_site(var: Path) -> Iterator[AskedSite]:
    """A server on a file of its own in ``var``; it has stopped when the block ends."""
    settings = {"DJANGO_SETTINGS_MODULE": "digitiekartta.config.settings"}
    environment = clean_environment(DIGITIEKARTTA_VAR=str(var)) | settings
    done = subprocess.run(
        [*_COMMAND, "prepare"], env=environment, check=True, stdout=subprocess.PIPE, timeout=120
    )
    port, log = free_port(), var / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_COMMAND, "serve", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    site = Site(f"http://127.0.0.1:{port}", var, environment, process, log)
    asked = AskedSite(site, json.loads(done.stdout))
    try:
        deadline = time.monotonic() + _START
        while not asked.is_open():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield asked
    finally:
        site.stop()
