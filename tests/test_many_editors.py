"""Many who edit the same roadmap at once: nothing is lost, done twice or written over unseen."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from bench.many_editors import audit, move
from digitiekartta.history import queries as history
from digitiekartta.municipalities.rules import Role
from digitiekartta.roadmaps import queries as roadmaps
from digitiekartta.roadmaps.models import Action
from tests.cast import account
from tests.kauhava import Town
from tests.live_site import Site

pytestmark = pytest.mark.database
EDITORS, STEPS, ACTIONS = 20, 120, 3
CLIENTS, SECONDS = 8, 5.0


@dataclass
class Editor:
    """Somebody with a form open since some revision, which may be old by the time she sends it."""

    client: Client
    seen: int
    sent: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


class Crowd:
    """Editors who take turns at random, and what they were told."""

    def __init__(self, town: Town, seed: int) -> None:
        self.saved: list[dict[str, Any]] = []
        self.conflicts = 0
        self._chance, self._town = random.Random(seed), town  # noqa: S311 - a test's chance
        actions = Action.objects.filter(ledger_id=town.ledger_id, cancelled=False)
        self.serials = list(actions.order_by("serial").values_list("serial", flat=True)[:ACTIONS])
        self.editors = []
        for number in range(EDITORS):
            editor = Editor(Client(), history.revision_of(town.ledger_id))
            editor.client.force_login(account(town.ledger_id, Role.TEAM, f"m{number}@kunta.test"))
            self.editors.append(editor)

    def step(self) -> None:
        """One of them opens her page anew, sends a form, or sends what she has sent again."""
        editor = self._chance.choice(self.editors)
        what = self._chance.random()
        if what < 0.35:
            editor.seen = history.revision_of(self._town.ledger_id)
        elif what < 0.5 and editor.sent:
            self._send_again(editor)
        else:
            self._send(editor)

    def _send(self, editor: Editor) -> None:
        serial, form = self._chance.choice(self.serials), move(self._chance, editor.seen)
        answer = self._post(editor, serial, form)
        if answer.status_code == 302:
            revision = int(answer.headers["Location"].partition("tehty=")[2].partition("#")[0])
            editor.sent.append((serial, form))
            self.saved.append({**form, "serial": serial, "revision": revision, "seen": editor.seen})
        else:
            assert answer.status_code == 409
            self.conflicts += 1

    def _send_again(self, editor: Editor) -> None:
        before = history.revision_of(self._town.ledger_id)
        assert self._post(editor, *self._chance.choice(editor.sent)).status_code == 302
        assert history.revision_of(self._town.ledger_id) == before

    def _post(self, editor: Editor, serial: int, form: dict[str, Any]) -> Any:
        address = f"/{self._town.slug}/toimenpiteet/{serial}/muokkaa/aikataulu/"
        return editor.client.post(address, form)


def _page(town: Town, serial: int) -> bytes:
    return Client().get(f"/{town.slug}/toimenpiteet/{serial}/").content


def test_twenty_who_take_turns_lose_nothing_and_overwrite_nothing_unseen(kauhava: Town) -> None:
    crowd = Crowd(kauhava, seed=1)
    for _ in range(STEPS):
        crowd.step()
    assert len(crowd.saved) > EDITORS / 2
    assert crowd.conflicts > EDITORS / 2
    assert audit({"saved": crowd.saved}) == {
        "lost": 0,
        "duplicates": 0,
        "overwritten": 0,
        "gaps": 0,
        "as_logged": True,
    }
    kept = {serial: _page(kauhava, serial) for serial in crowd.serials}
    assert history.current(kauhava.ledger_id) == history.from_tables(kauhava.ledger_id)
    history.forget()
    roadmaps.forget()
    assert {serial: _page(kauhava, serial) for serial in crowd.serials} == kept


def test_the_audit_finds_what_is_lost_done_twice_and_overwritten(kauhava: Town) -> None:
    crowd = Crowd(kauhava, 3)
    while len(crowd.saved) < 6:
        crowd.step()
        crowd.editors[0].seen = 0
    first = crowd.saved[0]
    other = "2025-H1" if first["first"] != "2025-H1" else "2025-H2"
    never = {**first, "first": other, "reason": "Ei missään", "key": str(UUID(int=1))}
    found = audit({"saved": [*crowd.saved, never, crowd.saved[1]]})
    assert (found["lost"], found["duplicates"]) == (1, 1)
    unseen = [{**one, "seen": 0} for one in crowd.saved]
    assert audit({"saved": unseen})["overwritten"] > 0


def _crowd(site: Site, *arguments: str, given: Any = None) -> Any:
    root = str(Path(__file__).parent.parent)
    settings = {"DJANGO_SETTINGS_MODULE": "digitiekartta.config.settings", "PYTHONPATH": root}
    done = subprocess.run(
        [sys.executable, "-m", "bench.many_editors", *arguments],
        env={**site.environment, **settings},
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_eight_at_once_lose_nothing_and_overwrite_nothing_unseen(
    start_site: Callable[..., Site],
) -> None:
    site = start_site(workers=2)
    given = _crowd(site, "prepare", str(CLIENTS))
    given["serials"] = given["serials"][:ACTIONS]
    done = _crowd(site, "edit", site.url.rpartition(":")[2], str(SECONDS), given=given)
    assert done["failed"] == done["refused"] == 0
    assert done["saved"]
    assert len(done["saved"]) + done["conflicts"] > CLIENTS
    audited = _crowd(site, "audit", given=done)
    assert audited.pop("as_logged")
    assert not any(audited.values()), audited
