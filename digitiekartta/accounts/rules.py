"""Values of sign-in. No Django, no clock."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LINK_LIVES = timedelta(hours=24)
"""How long a one-time sign-in link can be used."""
INVITATION_LIVES = timedelta(days=7)
"""How long an invitation can be accepted."""
PERSONAL_LINK_LIVES = timedelta(days=60)
"""How long a person's own link shows her actions: one round of half-yearly reporting."""
CODE_LIVES = timedelta(minutes=10)
"""How long an e-mailed code can be typed."""
CODE_DIGITS = 8
CODE_TRIES = 5
"""Wrong codes that one request for a code allows."""
FRESH = timedelta(hours=1)
"""How long after signing in the ways of signing in may be changed without signing in again."""
PENDING = timedelta(minutes=15)
"""How long the second step of signing in waits."""
SHORTEST_PASSWORD = 12
"""Characters (NIST SP 800-63B advises 8 at least and 15 where a password is the only factor)."""
ERASED_NAME = "poistettu henkilö"
"""What stands in place of a name that was erased on request (GDPR, article 17)."""


class LinkError(ValueError):
    """A sign-in link that does not work: unknown, used, or too old. Which one is not told."""


class CodeError(ValueError):
    """A code that does not sign in: wrong, used, or too old. ``again`` tells that the same request
    allows another try."""

    def __init__(self, *, again: bool) -> None:
        super().__init__("the code does not sign in")
        self.again = again


class LimitError(Exception):
    """There have been too many tries; nothing was tried this time."""


class Way(StrEnum):
    """How somebody has shown who she is."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 -- the word, not one
    LINK = "link"
    ORGANISATION = "organisation"
    PASSKEY = "passkey"
    APP = "app"
    RECOVERY = "recovery"


SECOND_FACTORS = frozenset({Way.PASSKEY, Way.APP, Way.RECOVERY})
"""What proves possession of a device. A passkey that verifies its user is both factors at once."""


class Requirement(StrEnum):
    """What a municipality may demand of a role."""

    SECOND_FACTOR = "second_factor"
    ORGANISATION = "organisation"


def meets(requirement: Requirement | str | None, ways: Collection[str]) -> bool:
    """Whether the ways in which somebody signed in are enough. A demand that is not known is met by
    nothing."""
    if not requirement:
        return True
    if requirement == Requirement.SECOND_FACTOR:
        return not SECOND_FACTORS.isdisjoint(ways)
    return requirement == Requirement.ORGANISATION and Way.ORGANISATION in ways


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in so many seconds."""

    tries: int
    seconds: int


LIMITS = {
    "code-address": Limit(30, 600),
    "code-account": Limit(5, 600),
    "try-address": Limit(60, 600),
    "try-account": Limit(10, 600),
    "link-address": Limit(60, 600),
    "personal-address": Limit(120, 600),
    "invite-account": Limit(200, 3600),
    "follow-address": Limit(20, 3600),
    "follow-mail": Limit(5, 86_400),
    "idea-address": Limit(10, 3600),
    "idea-municipality": Limit(200, 86_400),
}
"""Of codes asked for, of codes and passwords tried, of links opened: from one network address, and
for one account. A municipality's staff often share one address."""


def new_token() -> str:
    """A token that nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def hashed_token(token: str) -> str:
    """What is kept of a token, 64 hexadecimal digits: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """A code to be typed once: eight digits. Ten tries in ten minutes, which the limits above allow
    for one account, hit one with a chance of 1 to 70,000 a day."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def shown_code(code: str) -> str:
    """A code as it is read: in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def typed_code(typed: str) -> str:
    """The digits of what somebody typed."""
    return re.sub(r"\D", "", typed)


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """The browser and the system of a User-Agent header, such as "Firefox, Windows"; nothing where
    neither is known. A rough name, so that an owner knows her own devices."""
    found = [
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(one for one in found if one)
