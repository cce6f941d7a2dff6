"""What stands around every page of a municipality."""

from __future__ import annotations

import pytest

from digitiekartta.municipalities.rules import Role
from tests.fixtures import PageClient
from tests.kauhava import Town

from .test_inviting import member, sign_in

pytestmark = pytest.mark.database
SIGN_IN = "footer a[href='/k/kirjaudu/']"


def test_signing_in_is_offered_to_those_who_are_not_signed_in(
    page_client: PageClient, lappajarvi: Town
) -> None:
    account = member(lappajarvi, Role.COORDINATOR)
    assert page_client.get("/lappajarvi/toimintamalli/").has(SIGN_IN)
    sign_in(page_client.client, account)
    assert not page_client.get("/lappajarvi/asetukset/").has(SIGN_IN)
