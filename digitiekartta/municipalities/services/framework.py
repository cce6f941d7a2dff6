"""The framework of perspectives: a version with all its wordings, and the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from digitiekartta.history.pen import Pen
from digitiekartta.history.rules import Intent, Receipt

from ..models import Framework, Perspective
from .keeping import Text, commit_setting

WORDINGS = ("question", "name", "short_name", "note")


def add_framework(
    *,
    ledger_id: UUID,
    intent: Intent,
    name: Text,
    version: int,
    scale: Sequence[Mapping[str, Any]],
    perspectives: Sequence[Mapping[str, Any]],
) -> Receipt:
    """A version of the framework with all its perspectives, each in its three wordings."""

    def write(pen: Pen) -> Framework:
        framework = pen.add(
            Framework, name=dict(name), version=version, scale=[dict(one) for one in scale]
        )
        for one in perspectives:
            pen.add(Perspective, framework=framework, **one)
        return framework

    return commit_setting(ledger_id, "add_framework", intent, write, {"version": version})


def reword_framework(
    *,
    ledger_id: UUID,
    intent: Intent,
    framework_id: UUID,
    wordings: Mapping[int, Mapping[str, Text]],
    as_new_version: bool,
) -> Receipt:
    """Changes wordings of perspectives, given by number and then by ``WORDINGS``.

    ``as_new_version``: what has been measured with the old questions keeps them, and the new ones
    stand in a new version of the framework; names and remarks change in both. Gives the framework
    that has the new questions.
    """

    def write(pen: Pen) -> Framework:
        framework = pen.get(Framework, framework_id)
        held = list(framework.perspectives.order_by("number"))
        texts = {one.number: _texts(wordings.get(one.number, {})) for one in held}
        asked = {one.number: one.question for one in held}
        for one in held:
            kept = {"question": asked[one.number]} if as_new_version else {}
            pen.set(one, **{**texts[one.number], **kept})
        if not as_new_version:
            return framework
        last = Framework.objects.filter(ledger_id=ledger_id).order_by("-version").first()
        newer = pen.add(
            Framework,
            name=framework.name,
            version=(last or framework).version + 1,
            scale=framework.scale,
        )
        for one in held:
            wanted = {name: getattr(one, name) for name in WORDINGS} | texts[one.number]
            pen.add(Perspective, framework=newer, number=one.number, group=one.group, **wanted)
        return newer

    request = {"framework": str(framework_id), "new": as_new_version, "wordings": str(wordings)}
    return commit_setting(ledger_id, "reword_framework", intent, write, request)


def _texts(given: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    return {name: dict(text) for name, text in given.items() if name in WORDINGS}
