"""Several things at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def together(*functions: Callable[[], Result]) -> list[Result]:
    """Runs functions at once, each in a thread with its own database connection; their results."""
    start = threading.Barrier(len(functions))

    def run(function: Callable[[], Result]) -> Result:
        start.wait()
        try:
            return function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [future.result() for future in [pool.submit(run, one) for one in functions]]
