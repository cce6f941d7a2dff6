"""Somebody who writes from a process of her own, as another worker or a command would.

``python -m bench.writer SLUG`` reads lines: ``commit`` changes the title of the municipality's
first action and tells when that was committed (by the machine's steady clock); ``queries PATH``
tells how many queries the next view of a page takes after one more change.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO, Any

from .processes import Place


class Writer:
    """The other end of the process."""

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._stdin = stdin
        self._stdout = stdout

    def commit(self) -> float:
        """Writes a change; the moment at which it was committed, of ``time.monotonic``."""
        return float(self._answer("commit"))

    def queries(self, path: str) -> int:
        """Queries of the first view of a page after a change."""
        return int(self._answer(f"queries {path}"))

    def _answer(self, line: str) -> str:
        self._stdin.write(f"{line}\n")
        self._stdin.flush()
        return self._stdout.readline()


@contextlib.contextmanager
def writing(here: Place, slug: str) -> Iterator[Writer]:
    """A writer, once it is ready."""
    command = [sys.executable, "-m", "bench.writer", slug]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=here.environment, cwd=here.var, **pipes) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        try:
            process.stdout.readline()
            yield Writer(process.stdin, process.stdout)
        finally:
            process.stdin.close()
            process.wait(10)


class _Changing:
    """Changes one title again and again."""

    def __init__(self, slug: str) -> None:
        from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415 - after set-up
        from digitiekartta.roadmaps.models import Action  # noqa: PLC0415

        self._ledger_id = Municipality.objects.get(slug=slug).ledger_id
        actions = Action.objects.filter(ledger_id=self._ledger_id).order_by("serial")
        self._action_id = actions.values_list("pk", flat=True)[0]

    def change(self) -> None:
        from digitiekartta.history.rules import Intent  # noqa: PLC0415 - after Django's set-up
        from digitiekartta.history.services import commit  # noqa: PLC0415
        from digitiekartta.roadmaps.models import Action  # noqa: PLC0415
        from digitiekartta.ui.clock import now  # noqa: PLC0415

        def write(pen: Any) -> Any:
            action = pen.get(Action, self._action_id)
            pen.set(action, title={"fi": f"Muutettu {time.monotonic_ns()}"})
            return action

        intent = Intent(actor=None, at=now())
        commit(ledger_id=self._ledger_id, kind="bench", intent=intent, write=write)

    def queries(self, path: str) -> int:
        from django.db import connection  # noqa: PLC0415 - after Django's set-up
        from django.test import Client  # noqa: PLC0415
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        reader = Client(headers={"host": "127.0.0.1"})
        reader.get(path)
        self.change()
        with CaptureQueriesContext(connection) as captured:
            answer = reader.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(captured)


def main() -> None:
    import django  # noqa: PLC0415 - only as a command

    django.setup()
    changing = _Changing(sys.argv[1])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        what, *path = line.split()
        told: float = 0
        if what == "commit":
            changing.change()
            told = time.monotonic()
        else:
            told = changing.queries(path[0])
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
