"""What a command ends with when it can't do its work."""

from __future__ import annotations


class ProblemError(Exception):
    """A problem told in one sentence, for whoever runs the platform. Nothing was lost by it."""
