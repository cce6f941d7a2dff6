"""How a page of settings is answered: the digital team reads, the coordinator changes.

Other members are told that the page is not theirs; a stranger, that there is none. For the settings
that stand in rooms above, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language

from digitiekartta.documents.changes import Change
from digitiekartta.history.queries import changes_of
from digitiekartta.history.rules import ConflictError, KeyReusedError, Receipt

from .inside import Inside, Stamp, for_members, show_inside, stamp
from .pages.changed import Told, told_changes, told_conflict
from .pages.sections import SECTIONS, LastChange, last_changes
from .permissions import COORDINATORS, TEAM, NotAllowedError
from .queries import entries_of_settings, entry_at, names_of, party_kinds, party_names
from .rules import SettingError
from .words import BROKEN

Args = ParamSpec("Args")
DONE = "tehty"
View = Callable[Concatenate[HttpRequest, Inside, Args], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Args], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed the same meanwhile: what stands now beside what was typed."""

    told: tuple[Told, ...]
    stamp: Stamp


def at_settings(view: View[Args]) -> Answer[Args]:
    """Lets the digital team look and the coordinator write. See ``inside.for_members``."""

    def checked(
        request: HttpRequest, inside: Inside, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not inside.member.has(*TEAM):
            raise NotAllowedError("see_settings")
        if request.method == "POST" and not may_change(inside):
            raise NotAllowedError("change_settings")
        try:
            return view(request, inside, *args, **kwargs)
        except SettingError as broken:
            return _stopped(request, inside, BROKEN[broken.rule], 422)
        except ConflictError as conflict:
            return _stopped(request, inside, "", 409, conflict_of(inside, conflict).told)
        except KeyReusedError:
            return _stopped(request, inside, "", 409)

    checked.__name__, checked.__doc__ = view.__name__, view.__doc__
    return for_members(checked)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, however empty; None where none was sent."""
    return request.POST if request.method == "POST" else None


def may_change(inside: Inside) -> bool:
    """Whether whoever looks may change settings."""
    return inside.member.has(*COORDINATORS)


def show(
    request: HttpRequest,
    inside: Inside,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of settings: with what was just done, and who changed this section last."""
    values = {
        "can_write": may_change(inside),
        "done": done(request, inside),
        "section": SECTIONS.get(section),
        "last": last_changes_of(inside).get(section) if section else None,
        "conflict": None,
        **context,
    }
    if "stamp" not in values:
        values["stamp"] = stamp(request, inside)
    return show_inside(request, inside, template, values, status=status)


def saved(address: str, receipt: Receipt) -> HttpResponse:
    """On to a page after a write: it tells from the log what was done."""
    joint = "&" if "?" in address else "?"
    return redirect(f"{address}{joint}{DONE}={receipt.revision}")


def done(request: HttpRequest, inside: Inside) -> tuple[Told, ...] | None:
    """What the viewer's write of the address's revision did; None where there is none of hers."""
    written = request.GET.get(DONE, "")
    if not written.isascii() or not written.isdigit() or len(written) > 15:
        return None
    entry = entry_at(inside.ledger_id, int(written), inside.member.actor)
    return () if entry is None else told(inside, changes_of(entry))


def told(inside: Inside, changes: Iterable[Change]) -> tuple[Told, ...]:
    """Changes in the reader's words."""
    return told_changes(changes, party_names(inside.ledger_id), get_language() or "fi")


def conflict_of(inside: Inside, error: ConflictError) -> Conflict:
    """What a form shows that comes back after a conflict: its stamp lets it be sent again."""
    found = told_conflict(error.conflicts, party_names(inside.ledger_id), get_language() or "fi")
    return Conflict(found, Stamp(error.revision, str(uuid4())))


def last_changes_of(inside: Inside) -> dict[str, LastChange]:
    """Who changed each section last, and when."""
    entries = entries_of_settings(inside.ledger_id)
    names = names_of(inside.ledger_id, {one.actor for one in entries if one.actor is not None})
    return last_changes(entries, names, party_kinds(inside.ledger_id))


def _stopped(
    request: HttpRequest,
    inside: Inside,
    reason: Any,
    status: int,
    told: tuple[Told, ...] = (),
) -> HttpResponse:
    context = {"reason": reason, "told": told, "again": request.path}
    return show_inside(
        request, inside, "municipalities/settings/stopped.html", context, status=status
    )
