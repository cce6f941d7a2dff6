"""Limits of tries, counted in the database so that every worker knows."""

from __future__ import annotations

import ipaddress
import time

from django.db import connection
from django.utils.crypto import salted_hmac

from ..models import Attempt
from ..rules import LIMITS, LimitError

_COUNT = """
INSERT INTO accounts_attempt AS had (key, count, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN had.until <= %s THEN 1 ELSE had.count + 1 END,
  until = CASE WHEN had.until <= %s THEN excluded.until ELSE had.until END
RETURNING count
"""


def count_try(name: str, of: str) -> None:
    """Counts a try of ``of`` (an address, an account) and raises LimitError beyond the limit.

    One statement counts and tells, so that tries at the same time are all counted. The limit is of
    security: it goes by the machine's clock, whatever day the site shows.
    """
    limit, moment = LIMITS[name], time.time()
    key = salted_hmac(f"digitiekartta.limit.{name}", of, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, moment + limit.seconds, moment, moment])
        (count,) = cursor.fetchone()
    if count == 1:
        Attempt.objects.filter(until__lt=moment).delete()
    if count > limit.tries:
        raise LimitError


def use_once(what: str, *, seconds: int) -> bool:
    """Whether something is used for the first time within so many seconds: a code of an app."""
    moment = time.time()
    key = salted_hmac("digitiekartta.once", what, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, moment + seconds, moment, moment])
        (count,) = cursor.fetchone()
    return bool(count == 1)


def network_of(address: str) -> str:
    """What is counted as one network address: of IPv6 the half that a subscriber is given."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address
