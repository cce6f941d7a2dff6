"""Tests that look at what all workers of a parallel run share."""

from __future__ import annotations

import os

import pytest
from django.db import connection

alone_on_postgresql = pytest.mark.skipif(
    connection.vendor == "postgresql" and "PYTEST_XDIST_WORKER" in os.environ,
    reason="reads the files and transactions of a whole cluster, which other workers share",
)
