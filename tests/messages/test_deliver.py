"""Sending for real: a mail server, a webhook receiver, and what becomes of a letter that neither takes."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from pytest_django.fixtures import Settings

from tests.messages import servers
from tests.messages.people import Told, at, person, states
from tests.messages.servers import Hook, Mailbox
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages.deliver import LEASE, deliver
from xianfeng.messages.digest import digest
from xianfeng.messages.models import Delivery, Preference
from xianfeng.messages.post import post
from xianfeng.registry.models import Appointment
from xianfeng.vault import erasure
from xianfeng.vault.models import PersonalRead

ADDRESS, PHONE = "clerk@village.example", "13800000001"


@pytest.fixture
def posted(told: Told, settings: Settings, mailbox: Mailbox, hook: Hook) -> Told:
    """Two messages to the clerk, gathered and not sent: by mail first, else by the gateway."""
    settings.XIANFENG_CHANNELS = f"mail={mailbox.url} sms={hook.url}"
    told.post("study", "visits", now=at(1, 9))
    digest(now=at(1, 9))
    return told


def test_a_digest_arrives_as_one_mail_with_links(posted: Told, mailbox: Mailbox, settings: Settings) -> None:
    settings.SITE = "https://campaign.example"
    assert deliver(now=at(1, 9)) == 1
    (mail,) = mailbox.mails
    text = mail.get_content()  # type: ignore[attr-defined]
    assert (mail["Subject"], mail["To"], mail["Auto-Submitted"]) == ("2 件事", ADDRESS, "auto-generated")
    assert "1. study还没有报，截止3月5日。" in text
    assert "https://campaign.example/desk/" in text
    assert states() == [("sent", "mail", "")]
    assert (deliver(now=at(1, 10)), len(mailbox.mails)) == (0, 1)


def test_a_person_is_written_to_in_the_language_of_his_choice(posted: Told, mailbox: Mailbox) -> None:
    person_ = Appointment.objects.get(id=posted.clerk).person_id
    hours = {"quiet_from": dt.time(20), "quiet_until": dt.time(8)}
    Preference.objects.create(person=person_, channels="mail", language="en", **hours)
    deliver(now=at(1, 9))
    (mail,) = mailbox.mails
    text = mail.get_content()  # type: ignore[attr-defined]
    assert (mail["Subject"], "All messages: " in text, "件事" in text) == ("2 items", True, False)


def test_what_a_person_is_told_holds_no_address(posted: Told, mailbox: Mailbox) -> None:
    deliver(now=at(1, 9))
    text = mailbox.mails[0].get_content()  # type: ignore[attr-defined]
    assert (ADDRESS in text, PHONE in text, "经办" in text) == (False, False, False)


def test_each_reading_of_an_address_is_counted(posted: Told) -> None:
    deliver(now=at(1, 9))
    read = PersonalRead.objects.get(field="email")
    assert (read.actor, read.purpose, read.times) == ("clock", "发送消息", 1)


def test_a_mail_that_is_refused_goes_by_the_gateway_at_once(posted: Told, mailbox: Mailbox, hook: Hook) -> None:
    mailbox.answer = "550 no such user"
    assert deliver(now=at(1, 9)) == 1
    assert states() == [("sent", "sms", "")]
    (body,), (head,) = hook.bodies, hook.headers
    assert body["to"] == PHONE
    assert head["Idempotency-Key"].partition(".")[2].startswith(f"{Delivery.objects.get().id}@")


def test_a_server_that_asks_for_later_gets_it_later(posted: Told, mailbox: Mailbox, hook: Hook) -> None:
    mailbox.answer = "451 greylisted"
    deliver(now=at(1, 9))
    assert states() == [("waiting", "mail", "deferred")]
    mailbox.answer = ""
    assert [deliver(now=moment) for moment in (at(1, 9), at(1, 9, 1))] == [0, 1]
    assert (len(mailbox.mails), hook.bodies) == (1, [])


def test_three_tries_then_the_next_channel(posted: Told, mailbox: Mailbox, hook: Hook) -> None:
    mailbox.answer = "451 busy"
    moments = [at(1, 9) + dt.timedelta(minutes=minutes) for minutes in range(30)]
    sent = [moment for moment in moments if deliver(now=moment)]
    assert sent == [at(1, 9, 8)]  # the server was asked at 9:00, 9:01 and 9:03, the gateway five minutes later
    assert len(hook.bodies) == 1


def test_both_channels_failing_wait_and_alternate(posted: Told, mailbox: Mailbox, hook: Hook) -> None:
    mailbox.answer, hook.status = "451 busy", 500
    for minute in range(60):
        deliver(now=at(1, 9) + dt.timedelta(minutes=minute))
    (state,) = states()
    assert state[0] == "waiting"
    assert len(hook.bodies) == 2  # at 9:08 and 9:23; the next try is an hour later
    hook.status = 200
    assert [deliver(now=at(1, 10, minute)) for minute in (22, 23)] == [0, 1]
    assert states() == [("sent", "sms", "")]


def test_what_nobody_will_ever_take_is_given_up(posted: Told, mailbox: Mailbox) -> None:
    mailbox.answer = "550 no such user"
    _erase(posted.clerk)
    deliver(now=at(1, 9))
    assert states() == [("failed", "mail", "no_address")]
    assert Delivery.objects.get().next_try is None


def test_a_server_down_for_a_day_loses_nothing(told: Told, settings: Settings) -> None:
    with servers.mail() as mailbox:
        settings.XIANFENG_CHANNELS = f"mail={mailbox.url}"
    told.post("study", now=at(1, 9))
    digest(now=at(1, 9))
    for quarter in range(4 * 24):
        deliver(now=at(1, 9) + dt.timedelta(minutes=15 * quarter))
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.reason) == ("waiting", "unreachable")
    assert waiting.tries < 30
    assert waiting.next_try is not None
    assert waiting.next_try <= at(2, 10)
    with servers.mail(mailbox.port) as again:
        assert deliver(now=at(2, 10)) == 1
        assert len(again.mails) == 1


def test_after_three_days_it_is_old_news(told: Told, settings: Settings) -> None:
    with servers.mail() as mailbox:
        settings.XIANFENG_CHANNELS = f"mail={mailbox.url}"
    told.post("study", now=at(1, 9))
    digest(now=at(1, 9))
    for hour in range(80):
        deliver(now=at(1, 9) + dt.timedelta(hours=hour))
    assert states() == [("failed", "mail", "expired")]


def test_a_server_that_is_down_is_not_asked_for_each_of_many(told: Told, settings: Settings) -> None:
    people = [person(told.world.village, "clerk", f"员{n}", email=f"n{n}@village.example") for n in range(12)]
    with servers.deaf() as asked:
        settings.XIANFENG_CHANNELS = f"mail=smtp://127.0.0.1:{asked.port}?from=xianfeng@county.example"
        post([told.note("study", appointment=one) for one in people], now=at(1, 9))
        assert digest(now=at(1, 9)) == 12
        deliver(now=at(1, 9))
    assert asked.times == 3
    assert Delivery.objects.filter(state="waiting", reason="unreachable", next_try=at(1, 9, 1)).count() == 12


def test_a_channel_that_is_gone_is_left_for_another(posted: Told, settings: Settings, hook: Hook) -> None:
    settings.XIANFENG_CHANNELS = f"sms={hook.url}"
    assert deliver(now=at(1, 9)) == 1
    assert states() == [("sent", "sms", "")]


def test_no_address_stands_in_a_log(
    posted: Told,
    mailbox: Mailbox,
    hook: Hook,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    mailbox.answer, hook.status = f"550 <{ADDRESS}> unknown", 500
    with caplog.at_level(logging.DEBUG):
        deliver(now=at(1, 9))
    written = caplog.text + "".join(capfd.readouterr())
    assert (ADDRESS in written, PHONE in written) == (False, False)


def test_what_a_killed_worker_took_is_free_after_its_lease(posted: Told, mailbox: Mailbox) -> None:
    Delivery.objects.update(state="sending", next_try=at(1, 9) + LEASE)
    assert deliver(now=at(1, 9, 9)) == 0
    assert deliver(now=at(1, 9, 10)) == 1


def _erase(appointment: int) -> None:
    person_ = Appointment.objects.get(id=appointment).person_id
    one, other = (Actor(kind=ActorKind.APPOINTMENT, id=number, person=number) for number in (1, 2))
    erasure.erase(person=person_, by=(one, other), reason="本人申请")
