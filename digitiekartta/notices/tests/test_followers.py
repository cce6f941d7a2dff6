"""Residents who follow by e-mail: asked, confirmed, told weekly at most, and forgotten."""

from __future__ import annotations

import datetime
import re
import smtplib
import time
from typing import Any

import pytest
from django.core import mail, signing
from django.core.mail import EmailMessage
from django.test import Client

from digitiekartta.history import services as history
from digitiekartta.notices import services
from digitiekartta.notices.models import Followed, Follower
from digitiekartta.notices.rules import DAY, Scope
from digitiekartta.notices.sealing import SealError, findable, opened, sealed
from digitiekartta.roadmaps.models import Action, ProgressNote
from digitiekartta.roadmaps.plan.entities import Plan
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HERE = "/kauhava/seuraa/"
ADDRESS = "asukas@kunta.test"


@pytest.fixture(autouse=True)
def _here(settings: Any) -> None:
    settings.PUBLIC_URL = "https://digi.test"


@pytest.fixture
def plan(kauhava: Town) -> Plan:
    return kauhava.plan()


def filled(what: str = "roadmap:", **more: str) -> dict[str, str]:
    """The form as somebody sends it who opened it a minute ago."""
    old = signing.dumps(int(time.time()) - 60, salt="digitiekartta.notices.opened")
    return {"what": what, "email": ADDRESS, "opened": old, "website": "", **more}


def following(town: Town, scope: Scope, subject: str = "") -> Follower:
    """A follower who has confirmed; she has been told of everything up to 1.12.2026."""
    followed = services.follow(
        ledger_id=town.ledger_id,
        address=ADDRESS,
        language="fi",
        scope=scope,
        subject=subject,
        at=NOW,
    )
    services.confirm_following(followed=followed, at=NOW)
    Follower.objects.update(told_on=datetime.date(2026, 12, 8), next_try_at=NOW)
    return followed.follower


def report(town: Town, number: str, text: str, at: datetime.datetime, **more: Any) -> None:
    history.commit(
        ledger_id=town.ledger_id,
        kind="test",
        intent=intent(at=at),
        write=lambda pen: pen.add(
            ProgressNote,
            action=town.action(number),
            noted_on=at.date(),
            text={"fi": text},
            **more,
        ),
    )


def news(at: datetime.datetime) -> list[EmailMessage]:
    before = len(mail.outbox)
    services.send_news(at=at)
    return mail.outbox[before:]


def linked(message: EmailMessage, path: str) -> str:
    """The path of a link of a mail."""
    found = re.search(rf"https://digi\.test({path}[^\s]+)", str(message.body))
    assert found is not None, message.body
    return found[1]


def test_following_is_confirmed_from_the_mail_by_a_press_and_not_by_opening(
    page_client: PageClient, kauhava: Town
) -> None:
    page_client.get(page_client.redirect(HERE, filled()))
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    confirm = linked(message, "/k/vahvista/")
    page_client.get(confirm)
    assert Follower.objects.filter(confirmed_at=None).count() == 1
    page = page_client.get(page_client.redirect(confirm, {}))
    assert "Koko digitiekartta" in page.text()
    assert not Follower.objects.filter(confirmed_at=None).exists()


def test_nothing_is_sent_to_an_address_that_has_not_confirmed(kauhava: Town) -> None:
    services.follow(
        ledger_id=kauhava.ledger_id,
        address=ADDRESS,
        language="fi",
        scope=Scope.ROADMAP,
        subject="",
        at=NOW,
    )
    report(kauhava, "1.1", "Uutta.", NOW)
    assert news(NOW + 8 * DAY) == []
    services.forget_old(at=NOW + 8 * DAY)
    assert not Follower.objects.exists()


def test_the_answer_is_the_same_whether_or_not_the_address_follows_already(
    page_client: PageClient, kauhava: Town
) -> None:
    first = page_client.redirect(HERE, filled())
    following(kauhava, Scope.ROADMAP)
    assert page_client.redirect(HERE, filled()) == first
    assert Follower.objects.count() == 1


def test_news_come_once_a_week_at_most_and_only_when_something_changed(kauhava: Town) -> None:
    following(kauhava, Scope.ROADMAP)
    assert news(NOW) == []
    report(kauhava, "1.1", "Ensimmäinen uutinen.", NOW)
    (message,) = news(NOW + DAY)
    assert "Ensimmäinen uutinen." in message.body
    report(kauhava, "1.1", "Toinen uutinen.", NOW + DAY)
    assert news(NOW + DAY) == []
    assert news(NOW + 2 * DAY) == []
    (message,) = news(NOW + 8 * DAY)
    assert "Toinen uutinen." in message.body
    assert "Ensimmäinen uutinen." not in message.body


def test_who_follows_one_action_hears_of_it_alone(kauhava: Town) -> None:
    following(kauhava, Scope.ACTION, str(kauhava.action("1.1").pk))
    report(kauhava, "1.2", "Toisen asia.", NOW)
    assert news(NOW + DAY) == []
    report(kauhava, "1.1", "Oma asia.", NOW + DAY)
    (message,) = news(NOW + 2 * DAY)
    assert "Oma asia." in message.body
    assert "Toisen asia." not in message.body


def test_who_follows_a_priority_hears_of_its_actions(kauhava: Town, plan: Plan) -> None:
    inside = next(one for one in plan.actions if one.priority is not None)
    assert inside.priority is not None
    outside = next(one for one in plan.actions if one.priority != inside.priority)
    following(kauhava, Scope.PRIORITY, inside.priority.id)
    report(kauhava, outside.number, "Muualta.", NOW)
    report(kauhava, inside.number, "Kärjestä.", NOW)
    (message,) = news(NOW + DAY)
    assert "Kärjestä." in message.body
    assert "Muualta." not in message.body


def test_nothing_that_is_not_public_is_in_a_residents_mail(kauhava: Town) -> None:
    following(kauhava, Scope.ROADMAP)
    secret = kauhava.action("1.2")

    def plant(pen: Any) -> Any:
        hidden = pen.get(Action, secret.pk)
        pen.set(hidden, audience="team", title={"fi": "SALAISUUS-1"})
        shown = pen.get(Action, kauhava.action("1.3").pk)
        pen.set(shown, internal_note={"fi": "SALAISUUS-2"})
        return shown

    history.commit(
        ledger_id=kauhava.ledger_id, kind="test", intent=intent("SALAISUUS-3", at=NOW), write=plant
    )
    report(kauhava, "1.2", "SALAISUUS-4", NOW)
    report(kauhava, "1.3", "SALAISUUS-5", NOW, audience="members", told_by="SALAISUUS-6")
    report(kauhava, "1.1", "Julkinen uutinen.", NOW, told_by="SALAISUUS-7")
    (message,) = news(NOW + DAY)
    html = str(message.alternatives)  # type: ignore[attr-defined]
    assert "Julkinen uutinen." in message.body
    assert "SALAISUUS" not in message.body + html + message.subject


def test_one_press_stops_and_the_address_is_gone(kauhava: Town, page_client: PageClient) -> None:
    following(kauhava, Scope.ROADMAP)
    report(kauhava, "1.1", "Uutta.", NOW)
    (message,) = news(NOW + DAY)
    stop = linked(message, "/k/seuranta/")
    assert message.extra_headers["List-Unsubscribe"] == f"<https://digi.test{stop}>"
    page_client.get(stop)
    assert Follower.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    page_client.get(stop)


def test_one_thing_is_stopped_and_the_others_stay(kauhava: Town, page_client: PageClient) -> None:
    follower = following(kauhava, Scope.ROADMAP)
    following(kauhava, Scope.ACTION, str(kauhava.action("1.1").pk))
    first, second = Followed.objects.order_by("pk")
    services.stop_following(follower_id=follower.pk, followed_id=first.pk)
    assert list(Followed.objects.values_list("pk", flat=True)) == [second.pk]
    services.stop_following(follower_id=follower.pk, followed_id=second.pk)
    assert not Follower.objects.exists()


def test_two_servers_tell_once(kauhava: Town) -> None:
    from digitiekartta.notices.services import followers  # noqa: PLC0415

    follower = following(kauhava, Scope.ROADMAP)
    follower.refresh_from_db()
    assert followers._claim(follower, NOW)
    assert not followers._claim(follower, NOW)


def test_a_mail_that_fails_is_tried_again(kauhava: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    following(kauhava, Scope.ROADMAP)
    report(kauhava, "1.1", "Uutta.", NOW)
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", _refuse)
        assert news(NOW + DAY) == []
    assert news(NOW + DAY + datetime.timedelta(minutes=9)) == []
    assert len(news(NOW + DAY + datetime.timedelta(minutes=10))) == 1


def _refuse(*_: object) -> int:
    raise smtplib.SMTPServerDisconnected("away")


def test_no_mail_of_a_municipality_whose_site_is_closed(kauhava: Town) -> None:
    from digitiekartta.municipalities.services import publish_municipality  # noqa: PLC0415

    following(kauhava, Scope.ROADMAP)
    report(kauhava, "1.1", "Uutta.", NOW)
    publish_municipality(ledger_id=kauhava.ledger_id, intent=intent(), published=False)
    assert news(NOW + DAY) == []
    assert Client().get(HERE).status_code == 404


def test_an_address_is_kept_sealed_and_found_again(kauhava: Town, settings: Any) -> None:
    follower = following(kauhava, Scope.ROADMAP)
    assert "asukas" not in follower.address + follower.address_hash
    assert opened(follower.address) == ADDRESS
    assert findable(" Asukas@Kunta.TEST ") == follower.address_hash
    kept = sealed(ADDRESS)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(SealError):
        opened(kept)


def test_a_program_is_kept_out_by_the_empty_field_and_by_time(
    page_client: PageClient, kauhava: Town
) -> None:
    page_client.post(HERE, filled(website="https://mainos.test"), status=422)
    page = page_client.post(HERE, filled(opened=""), status=422)
    assert ADDRESS in page.html
    assert mail.outbox == []


def test_too_many_tries_are_refused(page_client: PageClient, kauhava: Town) -> None:
    for _ in range(5):
        page_client.redirect(HERE, filled())
    page_client.post(HERE, filled(), status=429)
    assert len(mail.outbox) == 5


def test_the_form_tells_what_is_missing_and_keeps_what_was_chosen(
    page_client: PageClient, kauhava: Town
) -> None:
    page = page_client.get(f"{HERE}?toimenpide={kauhava.action('1.1').serial}")
    chosen = f"action:{kauhava.action('1.1').pk}"
    assert f'<option value="{chosen}" selected>' in page.html
    again = page_client.post(HERE, filled(chosen, email="ei osoite"), status=422)
    assert f'<option value="{chosen}" selected>' in again.html
    assert "no-store" in page.headers["Cache-Control"]


def test_the_hidden_action_can_not_be_followed(page_client: PageClient, kauhava: Town) -> None:
    action = kauhava.action("1.2")
    history.commit(
        ledger_id=kauhava.ledger_id,
        kind="test",
        intent=intent(),
        write=lambda pen: pen.set(pen.get(Action, action.pk), audience="team"),
    )
    assert str(action.pk) not in page_client.get(HERE).html
    page_client.post(HERE, filled(f"action:{action.pk}"), status=422)
