"""How a view says that its page is the same for everybody, and what it depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    Response = TypeVar("Response", bound=HttpResponseBase)
else:
    Response = TypeVar("Response")

HEADER = "X-Cache-Scope"
RAW_HEADER = HEADER.lower().encode()
STATIC = "static"
SITE = "site"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a kept page depends on: ``scope``, and the query parameters that it knows."""

    scope: str
    known_query: tuple[str, ...] = ()


def public_page(response: Response, scope: str, known_query: Sequence[str] = ()) -> Response:
    """Marks a page that everybody without a session sees alike, so that it may be kept.

    ``scope`` is a ledger's id as text, ``"static"`` for what no revision changes, or ``"site"``
    for what depends on every ledger. ``known_query`` names the query parameters that the page
    looks at; all others are taken away before the page is rendered for keeping. Raises ValueError
    for a scope or a name that a header can't carry.
    """
    parts = (scope, *known_query)
    if not scope or any(not part.isascii() or set(part) & set(";, =\r\n") for part in parts):
        raise ValueError(f"not a scope with parameter names: {parts!r}")
    response[HEADER] = f"{scope}; query={','.join(known_query)}"
    return response


def parse(value: bytes) -> Mark:
    """The mark that a header's value stands for."""
    scope, _, rest = value.decode("latin-1").partition(";")
    names = rest.strip().removeprefix("query=")
    return Mark(scope.strip(), tuple(name for name in names.split(",") if name))
