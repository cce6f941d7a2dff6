"""``digitiekartta serve``: everything from an empty folder to answered pages."""

from __future__ import annotations

import gc
import ipaddress
import signal
import socket
import sys

from .database import make
from .environment import SettingError, var_folder
from .locks import serving
from .problems import ProblemError


def serve(*, host: str, port: int, workers: int, example: bool) -> None:
    """Serves until told to stop. ``example`` fills an empty database with Kauhava.

    In this order, so that nothing is touched where serving can't come of it: address, folder,
    settings, database, migrations, example. Raises ProblemError.
    """
    gc.disable()  # what is loaded now stays: looking through it again and again costs 5 %
    listener = listen(host, port)
    with listener, serving(var_folder()):
        make()
        if example:
            fill_when_empty()
        shown = f"[{host}]" if ":" in host else host
        site = f"http://{shown}:{listener.getsockname()[1]}"
        _tell_mails(site)
        first = _first_link(listener, site)
        cast = _cast_links(site) if first else []
        _let_go_of_connections()
        sys.stdout.write(f"Digitiekartta: {site}/\n")
        if first:
            sys.stdout.write(f"Sign in as the coordinator (once, within 24 hours): {first}\n")
        if cast:
            sys.stdout.write("Or as another of the example's cast:\n")
            sys.stdout.writelines(f"  {who}: {link}\n" for who, link in cast)
        sys.stdout.flush()
        _run(listener, workers)


def _tell_mails(site: str) -> None:
    """Links in mails that nobody asked for begin with this address, unless a public one is set."""
    from django.conf import settings  # noqa: PLC0415 - after set_up

    settings.LOCAL_URL = site


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens already: nobody else can take the port meanwhile."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ProblemError(f"{host}:{port} can't be listened on: {reason}") from problem


def fill_when_empty() -> bool:
    """Loads the example into a database without a municipality; whether it did."""
    from digitiekartta.municipalities.models import Municipality  # noqa: PLC0415 - has tables

    if Municipality.objects.exists():
        return False
    from digitiekartta.ui.clock import now  # noqa: PLC0415

    from .example import load_example  # noqa: PLC0415 - only into an empty database

    return load_example(now())


def _first_link(listener: socket.socket, site: str) -> str | None:
    """A one-time link for the first coordinator, told only where nobody else can come in."""
    if not ipaddress.ip_address(listener.getsockname()[0]).is_loopback:
        return None
    from digitiekartta.ui.clock import now  # noqa: PLC0415 - after set_up

    from .people import first_link  # noqa: PLC0415 - has tables

    return first_link(site=site, at=now())


def _cast_links(site: str) -> list[tuple[str, str]]:
    """Links of the example's cast but its coordinator, who has the first link."""
    from digitiekartta.ui.clock import now  # noqa: PLC0415 - after set_up

    from .people import cast_links  # noqa: PLC0415 - has tables

    return [(who, link) for who, link in cast_links(site=site, at=now()) if who != "coordinator"]


def _let_go_of_connections() -> None:
    """Closes what the set-up opened: threads and workers open their own."""
    from django.db import connection  # noqa: PLC0415 - after set_up

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def _run(listener: socket.socket, workers: int) -> None:
    from .server import run  # noqa: PLC0415 - after what may fail

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        served = run(listener, workers)
    except SettingError as problem:
        raise ProblemError(str(problem)) from problem
    if not served:
        raise ProblemError("the server could not start; its log says why")
