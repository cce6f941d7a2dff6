"""Two servers at the same moment: one mail."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core import mail

from digitiekartta.notices import services
from digitiekartta.notices.models import Digest
from tests.cast import Cast
from tests.kauhava import NOW
from tests.threads import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_two_servers_that_tick_at_once_send_each_mail_once(cast: Cast) -> None:
    at = NOW.replace(day=18)

    def tick() -> int:
        return services.send_reminders(at=at)

    sent = sum(together(tick, tick))
    addresses = Counter(one.to[0] for one in mail.outbox)
    assert set(addresses.values()) == {1}
    assert len(addresses) == sent == Digest.objects.exclude(sent_at=None).count()
    assert "responsible@kunta.test" in addresses
