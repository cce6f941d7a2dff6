"""A running site with members who are signed in, and somebody beside it who writes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

from tests.live_site import Site

_BESIDE = """
import json, sys
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from digitiekartta.accounts.models import Session
from digitiekartta.accounts.services import ensure_account
from digitiekartta.accounts.sessions import SessionStore
from digitiekartta.history.rules import Intent
from digitiekartta.history.services import commit
from digitiekartta.municipalities.models import Membership, Municipality
from digitiekartta.roadmaps.models import Action
from digitiekartta.ui.clock import now

town = Municipality.objects.get(slug="kauhava")
action = Action.objects.filter(ledger_id=town.ledger_id).order_by("serial").first()

def write(kind, do):
    return commit(ledger_id=town.ledger_id, kind=kind, intent=Intent(None, now()), write=do)

def join(role):
    account = ensure_account(email=f"{role}@example.test")
    write("try", lambda pen: pen.add(Membership, role=role, account=account.pk))
    return sign_in(role)

def sign_in(role):
    account = ensure_account(email=f"{role}@example.test")
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key

def retitle(title):
    def do(pen):
        row = pen.get(Action, action.pk)
        pen.set(row, title={"fi": title})
        return row
    return write("try", do).revision

def sign_out():
    return Session.objects.all().delete()[0]

print(json.dumps([str(action.pk), action.serial]), flush=True)
for line in sys.stdin:
    name, *arguments = json.loads(line)
    print(json.dumps(globals()[name](*arguments)), flush=True)
"""


@dataclass
class Beside:
    """Another process on the site's data. ``action`` is an id and ``serial`` its number."""

    process: subprocess.Popen[str]
    action: str
    serial: int

    def ask(self, name: str, *arguments: str) -> Any:
        """Calls ``join`` (a role; gives a session), ``sign_in``, ``retitle`` or ``sign_out``."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def beside(site: Site) -> Iterator[Beside]:
    """Somebody who writes to a site from a process of her own."""
    with subprocess.Popen(
        [sys.executable, "-c", _BESIDE],
        env={**site.environment, "DJANGO_SETTINGS_MODULE": "digitiekartta.config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        action, serial = json.loads(process.stdout.readline())
        try:
            yield Beside(process, action, serial)
        finally:
            process.stdin.close()


def give_session(context: BrowserContext, site: Site, key: str) -> None:
    """Lets a browser be signed in by a session."""
    name = urlsplit(site.url).hostname or ""
    context.add_cookies([{"name": "istunto", "value": key, "domain": name, "path": "/"}])
