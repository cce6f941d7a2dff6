"""Reminders: one digest, once, to whoever can be reached; and the pages about them."""

from __future__ import annotations

import datetime
import re
import smtplib
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from digitiekartta.accounts.models import Person, User
from digitiekartta.history import services as history
from digitiekartta.municipalities.models import Municipality
from digitiekartta.notices import services
from digitiekartta.notices.addresses import reminded_token
from digitiekartta.notices.models import Digest, Refusal, Reminder
from digitiekartta.notices.rules import DAY, Kind, Level
from digitiekartta.roadmaps.models import Action
from digitiekartta.roadmaps.rules import Status
from digitiekartta.roadmaps.services import report_progress
from digitiekartta.roadmaps.services.progress import Report
from tests.cast import Cast
from tests.fixtures import PageClient
from tests.kauhava import NOW, Town, intent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW.replace(hour=12)


@pytest.fixture(autouse=True)
def _here(settings: Any) -> None:
    settings.PUBLIC_URL = "https://digi.test"
    settings.MAIL_IN_BACKGROUND = False


@pytest.fixture(autouse=True)
def _silent(kauhava: Town, cast: Cast) -> None:
    """Of action 1.6, which is late, nobody has ever told anything."""

    def write(pen: Any) -> Any:
        row = kauhava.action("1.6")
        for note in row.notes.all():
            pen.remove(note)
        return row

    history.commit(ledger_id=kauhava.ledger_id, kind="test", intent=intent(), write=write)


def send(at: datetime.datetime = NOW) -> list[EmailMessage]:
    """The mails that a tick sends."""
    before = len(mail.outbox)
    services.send_reminders(at=at)
    return mail.outbox[before:]


def to(messages: list[EmailMessage], address: str) -> EmailMessage:
    (found,) = [one for one in messages if one.to == [address]]
    return found


def working(days: int) -> datetime.datetime:
    """So many days from 9.12.2026, a Wednesday; the next working day where it is none."""
    at = NOW + days * DAY
    while at.weekday() > 4:
        at += DAY
    return at


def change(town: Town, model: Any, pk: UUID, **fields: Any) -> None:
    history.commit(
        ledger_id=town.ledger_id,
        kind="test",
        intent=intent(),
        write=lambda pen: pen.set(pen.get(model, pk), **fields),
    )


def test_a_late_action_is_told_to_its_person_in_one_mail(kauhava: Town, cast: Cast) -> None:
    message = to(send(), "responsible@kunta.test")
    assert kauhava.action("1.6").title["fi"] in message.body
    assert f"https://digi.test/kauhava/oma/#toimenpide-{cast.serial}" in message.body or (
        f"/toimenpiteet/{cast.serial}/muokkaa/eteneminen/" in message.body
    )
    assert [one.to for one in mail.outbox].count(["responsible@kunta.test"]) == 1


def test_a_second_tick_sends_nothing_more(cast: Cast) -> None:
    assert send()
    assert send() == []
    assert send(LATER) == []


def test_two_servers_at_once_send_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one has planned the same before the first one wrote it."""
    municipality = Municipality.objects.get(slug="kauhava")
    plans = services.reminding.plans_of(municipality, NOW.date())
    first = send()
    monkeypatch.setattr(services.reminding, "plans_of", lambda *_: plans)
    assert first
    assert send() == []


def test_a_mail_that_one_server_has_claimed_is_not_sent_by_another(cast: Cast) -> None:
    municipality = Municipality.objects.get(slug="kauhava")
    services.reminding.write_digests(municipality, NOW)
    digest = Digest.objects.filter(next_try_at=NOW).first()
    assert digest is not None
    assert services.reminding._claim(digest, NOW)
    assert not services.reminding._claim(digest, NOW)


def test_no_mail_goes_in_the_evening_or_on_independence_day(cast: Cast) -> None:
    assert send(NOW.replace(hour=20)) == []
    assert send(NOW.replace(day=6)) == []


def test_silence_leads_to_the_deputy_the_representative_the_head_and_the_list(
    kauhava: Town, cast: Cast
) -> None:
    at = NOW.replace(month=9, day=2)
    for _ in range(8):
        send(at)
        at += 7 * DAY
    action = kauhava.action("1.6").pk
    rows = Reminder.objects.filter(action=action, kind=Kind.LATE).order_by("day")
    told = [(one.level, one.digest and one.digest.recipient, f"{one.day:%d.%m.}") for one in rows]
    assert told == [
        (Level.PERSON, cast["responsible"].pk, "02.09."),
        (Level.DEPUTY, cast["deputy"].pk, "09.09."),
        (Level.REPRESENTATIVE, cast["team"].pk, "16.09."),
        (Level.HEAD, cast["head"].pk, "23.09."),
        (Level.LIST, None, "07.10."),
    ]
    assert "coordinator@kunta.test" not in {one.to[0] for one in mail.outbox}


def test_nobody_hears_of_what_is_told_meanwhile(kauhava: Town, cast: Cast) -> None:
    send()
    report_progress(
        ledger_id=kauhava.ledger_id,
        intent=intent(at=NOW + DAY),
        action_id=kauhava.action("1.6").pk,
        report=Report(status=Status(kauhava.action("1.6").status), text={"fi": "Etenee."}),
    )
    title = kauhava.action("1.6").title["fi"]
    assert [one for one in send(working(8)) if title in one.body] == []


def test_no_mail_goes_to_a_person_who_has_left_or_whose_account_is_disabled(
    kauhava: Town, cast: Cast
) -> None:
    person = Person.objects.get(account=cast["responsible"].pk)
    change(kauhava, Person, person.pk, left_on=NOW.date())
    User.objects.filter(pk=cast["deputy"].pk).update(is_active=False)
    sent = {one.to[0] for one in send()}
    assert sent.isdisjoint({"responsible@kunta.test", "deputy@kunta.test"})
    assert "team@kunta.test" in sent


def test_a_person_who_leaves_before_a_failed_mail_is_tried_again_gets_none(
    kauhava: Town, cast: Cast, broken: list[str]
) -> None:
    send()
    broken.clear()
    person = Person.objects.get(account=cast["responsible"].pk)
    change(kauhava, Person, person.pk, left_on=NOW.date())
    assert "responsible@kunta.test" not in {one.to[0] for one in send(LATER)}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mail server that is away until the list is emptied."""
    reasons = ["away"]
    whole = EmailMessage.send

    def sending(self: EmailMessage, fail_silently: bool = False) -> int:
        if reasons:
            raise smtplib.SMTPServerDisconnected(reasons[0])
        return whole(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", sending)
    return reasons


def test_a_mail_that_fails_is_tried_again_later_and_goes_once(
    cast: Cast, broken: list[str]
) -> None:
    assert send() == []
    broken.clear()
    assert send(NOW + datetime.timedelta(minutes=9)) == []
    assert to(send(NOW + datetime.timedelta(minutes=10)), "responsible@kunta.test")
    assert send(LATER + datetime.timedelta(hours=1)) == []
    assert not Digest.objects.filter(sent_at=None).exists()


def test_a_mail_server_that_is_away_is_asked_once_a_tick(
    cast: Cast, broken: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    send()
    assert len([one for one in caplog.records if "no mail" in one.message]) == 1
    assert "kunta.test" not in caplog.text


def test_somebody_without_an_account_gets_her_own_link(kauhava: Town, cast: Cast) -> None:
    person = Person.objects.get(account=cast["responsible"].pk)
    change(kauhava, Person, person.pk, account=None, email="omalinkki@kunta.test")
    message = to(send(), "omalinkki@kunta.test")
    assert re.search(r"https://digi\.test/(k/oma/|kauhava/toimenpiteet/)", message.body)


def test_the_mail_is_in_the_language_of_the_account(cast: Cast) -> None:
    User.objects.filter(pk=cast["responsible"].pk).update(language="sv")
    message = to(send(), "responsible@kunta.test")
    assert "https://digi.test/sv/kauhava/" in message.body
    assert "färdplan" in message.subject


def test_the_mail_tells_how_it_is_stopped_and_fetches_nothing(cast: Cast) -> None:
    message = to(send(), "responsible@kunta.test")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].startswith("<https://digi.test/k/")
    ((html, kind),) = message.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert not re.search(r"<(img|link|script|iframe|style)|style=", html)


def test_one_press_in_a_mail_program_stops_reminders_and_the_next_in_line_is_told(
    cast: Cast, kauhava: Town
) -> None:
    token = reminded_token(kauhava.ledger_id, cast["responsible"].pk)
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(f"/k/muistutukset/{token}/").status_code == 200
    assert not Refusal.objects.exists()
    answer = strict.post(f"/k/muistutukset/{token}/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    sent = {one.to[0] for one in send()}
    assert "responsible@kunta.test" not in sent
    assert "deputy@kunta.test" in sent


def test_reminders_of_one_kind_are_refused_and_taken_back(
    page_client: PageClient, cast: Cast, kauhava: Town
) -> None:
    token = reminded_token(kauhava.ledger_id, cast["responsible"].pk)
    here = f"/k/muistutukset/{token}/"
    wanted = [str(one) for one in Kind if one is not Kind.LATE]
    page_client.get(page_client.redirect(here, {"kinds": wanted}))
    assert list(Refusal.objects.values_list("kind", flat=True)) == ["late"]
    page_client.redirect(here, {"kinds": [str(one) for one in Kind]})
    assert not Refusal.objects.exists()
    page_client.get("/k/muistutukset/tuntematon/", status=404)


def test_what_only_the_team_may_read_is_not_told_to_others(kauhava: Town, cast: Cast) -> None:
    action = kauhava.action("1.6")
    change(kauhava, Action, action.pk, audience="team", title={"fi": "SALAINEN"})
    for message in send():
        if "SALAINEN" in message.body:
            assert message.to in (["team@kunta.test"], ["coordinator@kunta.test"])


def test_what_is_remembered_is_forgotten_in_time(cast: Cast) -> None:
    send()
    services.forget_old(at=NOW + 400 * DAY)
    assert Reminder.objects.exists()
    services.forget_old(at=NOW + 401 * DAY)
    assert not Reminder.objects.exists()
    assert not Digest.objects.exists()


@pytest.mark.parametrize(
    ("name", "outgoing", "unanswered"),
    [
        ("coordinator", 200, 200),
        ("team", 200, 200),
        ("head", 403, 200),
        ("management", 403, 200),
        ("secretary", 403, 200),
        ("staff", 403, 403),
        ("responsible", 403, 403),
        ("deputy", 403, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_sees_which_page(
    page_client: PageClient, cast: Cast, name: str, outgoing: int, unanswered: int
) -> None:
    page_client.sign_in(cast[name])
    page_client.get("/kauhava/asetukset/muistutukset/lahtevat/", status=outgoing)
    page_client.get("/kauhava/vailla-vastausta/", status=unanswered)


def test_the_coordinator_sees_what_goes_next_and_sends_it_to_herself(
    page_client: PageClient, cast: Cast
) -> None:
    page_client.sign_in(cast["coordinator"])
    here = "/kauhava/asetukset/muistutukset/lahtevat/"
    assert "responsible@kunta.test" in page_client.get(here).text()
    page_client.get(page_client.redirect(here, {}))
    assert [one.to for one in mail.outbox] == [["coordinator@kunta.test"]]
    assert not Reminder.objects.exists()
    send()
    assert "responsible" in page_client.get(here).text()
    page_client.sign_in(cast["team"])
    page_client.post(here, {}, status=403)


def test_what_nobody_can_be_asked_of_is_on_the_list(
    page_client: PageClient, kauhava: Town, cast: Cast
) -> None:
    User.objects.exclude(pk=cast["management"].pk).update(is_active=False)
    assert send() == []
    assert Reminder.objects.filter(level=Level.LIST).exists()
    page_client.sign_in(cast["management"])
    assert kauhava.action("1.6").title["fi"] in page_client.get("/kauhava/vailla-vastausta/").text()
