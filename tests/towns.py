"""The municipalities that tests ask for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.kauhava import Town


@pytest.fixture
def kauhava(db: None) -> Town:
    """Kauhava with all its example content, as at 9.12.2026."""
    from tests.kauhava import load_kauhava  # noqa: PLC0415 -- after Django is set up

    return load_kauhava()


@pytest.fixture
def lappajarvi(db: None) -> Town:
    """A second municipality: published, with nothing decided and one action in its plan."""
    from tests.kauhava import small_town  # noqa: PLC0415 -- after Django is set up

    return small_town("lappajarvi", "Lappajärvi")
