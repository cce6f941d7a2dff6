"""The edits of an action: one file each with what its form is and which service it calls."""

from __future__ import annotations

from collections.abc import Mapping

from .edit import Edit
from .schedule import SCHEDULE

EDITS: Mapping[str, Edit] = {one.part: one for one in (SCHEDULE,)}
"""By the last part of their addresses."""
