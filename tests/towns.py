"""The municipalities that tests ask for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
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


@pytest.fixture
def cast(kauhava: Town, lappajarvi: Town) -> Cast:
    """Somebody in each role of Kauhava, around its action 1.6, and a stranger."""
    from tests.cast import cast_of  # noqa: PLC0415

    return cast_of(kauhava, lappajarvi)
