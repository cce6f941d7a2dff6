"""The edits of an action: one file each with what its form is and which service it calls."""

from __future__ import annotations

from collections.abc import Mapping

from .edit import Edit
from .ending import CANCEL
from .progress import PROGRESS
from .responsibility import HAND_OVER
from .schedule import SCHEDULE
from .wording import WORDING

EDITS: Mapping[str, Edit] = {
    one.part: one for one in (SCHEDULE, WORDING, HAND_OVER, CANCEL, PROGRESS)
}
"""By the last part of their addresses."""
