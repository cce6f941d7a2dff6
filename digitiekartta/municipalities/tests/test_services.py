"""Setting up municipalities."""

from __future__ import annotations

import pytest

from digitiekartta.history.queries import current
from digitiekartta.municipalities import services
from digitiekartta.municipalities.models import Municipality, Party
from digitiekartta.municipalities.rules import RESERVED_SLUGS, PartyKind, SlugTakenError
from tests.kauhava import Town, intent, text


@pytest.mark.parametrize("slug", [*sorted(RESERVED_SLUGS), "lappajarvi"])
def test_an_address_that_is_reserved_or_taken_is_refused(lappajarvi: Town, slug: str) -> None:
    with pytest.raises(SlugTakenError):
        services.create_municipality(
            intent=intent(), slug=slug, name=text("Toinen"), genitive=text("Toisen")
        )
    assert Municipality.objects.count() == 1


def test_a_new_municipality_is_not_published(db: None) -> None:
    services.create_municipality(
        intent=intent(), slug="evijarvi", name=text("Evijärvi"), genitive=text("Evijärven")
    )
    assert not Municipality.objects.published().exists()


def test_settings_are_changed_and_logged(lappajarvi: Town) -> None:
    services.change_settings(
        ledger_id=lappajarvi.ledger_id, intent=intent("Tunnus uusittiin"), colour="#7a1f3d"
    )
    document = current(lappajarvi.ledger_id).document
    assert [one["colour"] for one in document.of("municipality").values()] == ["#7a1f3d"]


def test_units_hang_on_sectors_of_their_own_municipality(lappajarvi: Town, kauhava: Town) -> None:
    foreign = Party.objects.get(ledger_id=kauhava.ledger_id, slug="perusopetus")
    with pytest.raises(Party.DoesNotExist):
        services.add_party(
            ledger_id=lappajarvi.ledger_id,
            intent=intent(),
            kind=PartyKind.UNIT,
            name=text("Koulu"),
            slug="koulu",
            parent_id=foreign.pk,
        )
