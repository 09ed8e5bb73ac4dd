"""The inbox of messages, how one wants to be told, and what the office sees of what went out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.web.conftest import DAY
from tests.web.desk.conftest import TOWN, VILLAGE, Desk, text
from xianfeng.clockwork import ticks, worker
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.models import Entry
from xianfeng.messages.models import Delivery, Preference
from xianfeng.messages.post import Note, post
from xianfeng.registry.actions import appoint
from xianfeng.registry.models import Appointment
from xianfeng.sentences import say
from xianfeng.vault import values

CHANNELS = "mail=smtp://127.0.0.1:9?from=a@b.example sms=json://127.0.0.1:9/?:to={phone}"
HOURS = {"quiet_from": "21:00", "quiet_until": "07:30"}
OPERATOR = Actor(kind=ActorKind.IMPORT)


def tell(desk: Desk, *topics: str, code: str = VILLAGE) -> None:
    """The clerk of a place."""
    person = desk.account(code, "clerk").person_id
    held = Appointment.objects.filter(person=person, until=None).order_by("id")[0]
    notes = [
        Note(
            topic=topic,
            words=say("{kind}第 {number} 号到期", kind=topic, number=7),
            link="/desk/inbox",
            organisation=held.organisation_id,
            appointment=held.id,
            step="urge",
        )
        for topic in topics
    ]
    post(notes, now=timezone.now())


def test_what_one_is_told_is_there_until_it_is_read(desk: Desk, clerk: Client) -> None:
    tell(desk, "走访", "承诺")
    page = text(clerk.get("/desk/messages"))
    assert ("走访第 7 号到期" in page, "催办" in page) == (True, True)
    first, second = (one for one in _numbers(page))
    clerk.post("/desk/messages/read", {"message": second, "only": "1"})
    assert "走访第 7 号到期" not in text(clerk.get("/desk/messages"))
    assert "走访第 7 号到期" in text(clerk.get("/desk/messages?all=1"))
    clerk.post("/desk/messages/read", {"message": first})
    assert "没有新消息" in text(clerk.get("/desk/messages"))


def test_a_message_that_is_opened_is_read_and_leads_to_what_it_is_about(desk: Desk, clerk: Client) -> None:
    tell(desk, "走访", "承诺")
    number = _numbers(text(clerk.get("/desk/messages")))[0]
    opened = clerk.post("/desk/messages/read", {"message": number, "open": "1"})
    assert opened.headers["Location"] == "/desk/inbox"
    assert len(_numbers(text(clerk.get("/desk/messages")))) == 1
    assert 'href="/desk/inbox"' in text(clerk.get("/desk/messages?all=1"))


def test_another_s_message_is_not_opened(desk: Desk, clerk: Client, town: Client) -> None:
    tell(desk, "走访")
    (number,) = _numbers(text(clerk.get("/desk/messages")))
    assert town.post("/desk/messages/read", {"message": number, "open": "1"}).headers["Location"] == "/desk/messages"
    assert len(_numbers(text(clerk.get("/desk/messages")))) == 1


def test_navigation_counts_what_is_unread_with_one_question(desk: Desk, clerk: Client) -> None:
    assert "条未读" not in text(clerk.get("/desk/messages"))
    tell(desk, *(f"走访{n}" for n in range(3)))
    with CaptureQueriesContext(connection) as few:
        assert "，3 条未读" in text(clerk.get("/desk/duties/"))
    tell(desk, *(f"承诺{n}" for n in range(120)))
    with CaptureQueriesContext(connection) as many:
        assert "，99+ 条未读" in text(clerk.get("/desk/duties/"))
    assert sum("messaging_message" in query["sql"] for query in many) == 1
    assert len(many) <= len(few)


def test_another_s_messages_are_neither_shown_nor_read(desk: Desk, clerk: Client, town: Client) -> None:
    tell(desk, "走访")
    page = text(town.get("/desk/messages?all=1"))
    assert "走访第 7 号到期" not in page
    town.post("/desk/messages/read", {"message": "999999999"})
    assert "走访第 7 号到期" in text(clerk.get("/desk/messages"))


def test_a_person_with_two_offices_reads_each_apart(desk: Desk, clerk: Client) -> None:
    person = desk.account(VILLAGE, "clerk").person_id
    second = appoint(person=person, organisation=desk.organisation(TOWN), role="clerk", day=DAY, by=OPERATOR)
    tell(desk, "走访")
    clerk.post("/account/act", {"appointment": second})
    assert "走访第 7 号到期" not in text(clerk.get("/desk/messages"))


def test_messages_are_read_in_one_s_own_language(desk: Desk, clerk: Client) -> None:
    tell(desk, "走访")
    clerk.post("/language", {"language": "en", "next": "/desk/messages"})
    assert "Messages" in text(clerk.get("/desk/messages"))
    assert "Mark all as read" in text(clerk.get("/desk/messages"))


def test_one_says_by_what_and_when(desk: Desk, clerk: Client, settings: Settings) -> None:
    settings.XIANFENG_CHANNELS = CHANNELS
    given = {**HOURS, "channels": ["mail"], "email": "clerk@village.example"}
    assert clerk.post("/account/messages", given).status_code == 302
    person = desk.account(VILLAGE, "clerk").person_id
    kept = Preference.objects.get(person=person)
    assert (kept.channels, kept.quiet_from, kept.quiet_until) == ("mail", dt.time(21), dt.time(7, 30))
    assert clerk.post("/account/messages", {**given, "language": "en", "email": ""}).status_code == 302
    assert Preference.objects.get(person=person).language == "en"
    commitment = values.latest(field="email", person=person)
    assert commitment is not None
    assert values.read(commitment, by=OPERATOR) == "clerk@village.example"
    body = Entry.objects.get(stream="address").body
    assert (commitment in body, "village.example" in body) == (True, False)
    page = text(clerk.get("/account/messages"))
    assert ("已登记" in page, "village.example" in page) == (True, False)


def test_what_is_no_address_is_refused_and_nothing_changes(desk: Desk, clerk: Client, settings: Settings) -> None:
    settings.XIANFENG_CHANNELS = CHANNELS
    answered = clerk.post("/account/messages", {**HOURS, "channels": ["mail"], "email": "a@b\nBcc: c@d.cn"})
    assert answered.status_code == 422
    assert Preference.objects.count() == 0


@pytest.mark.parametrize("given", [{**HOURS, "channels": ["pigeon"]}, {"quiet_from": "25:00", "quiet_until": "8:00"}])
def test_what_cannot_be_chosen_is_refused(clerk: Client, settings: Settings, given: dict[str, object]) -> None:
    settings.XIANFENG_CHANNELS = CHANNELS
    assert clerk.post("/account/messages", given).status_code == 422
    assert Preference.objects.count() == 0


def test_the_office_sees_what_failed_and_why_and_no_address(desk: Desk, settings: Settings) -> None:
    settings.XIANFENG_CHANNELS = CHANNELS
    office, now = desk.client("350100", "office"), timezone.now()
    for number, (state, reason) in enumerate((("sent", ""), ("failed", "refused"), ("waiting", "unreachable"))):
        _delivery(desk.organisation(VILLAGE), str(number), now, state=state, reason=reason)
    page = text(office.get("/office/deliveries"))
    assert ("对方拒收" in page, "连不上" in page, "邮件、短信" in page) == (True, True, True)
    failed = text(office.get("/office/deliveries?state=failed"))
    assert ("对方拒收" in failed, "连不上" in failed) == (True, False)


def test_the_health_page_tells_of_the_worker(desk: Desk) -> None:
    keeper = desk.client(TOWN, "administrator")
    assert "启动 xianfeng worker" in text(keeper.get("/office/health"))
    worker.seen("one", now=timezone.now())
    assert "启动 xianfeng worker" not in text(keeper.get("/office/health"))
    late = timezone.now() - dt.timedelta(hours=2)
    _delivery(desk.organisation(VILLAGE), "late", late, state="waiting", next_try=late)
    assert "有消息该发没有发" in text(keeper.get("/office/health"))
    worker.seen("one", now=timezone.now() - worker.GONE)
    assert "启动 xianfeng worker" in text(keeper.get("/office/health"))


def test_a_clock_that_was_ahead_is_accepted_on_the_health_page(desk: Desk) -> None:
    keeper = desk.client(TOWN, "administrator")
    assert "时间已校准" not in text(keeper.get("/office/health"))
    ticks.begin(now=timezone.now() + dt.timedelta(days=400))
    assert "时间已校准，从现在接着办" in text(keeper.get("/office/health"))
    assert "已从现在的时间接着办" in text(keeper.post("/office/health/clock", follow=True))
    assert "时间已校准" not in text(keeper.get("/office/health"))
    assert "时间不用再确认" in text(keeper.post("/office/health/clock", follow=True))


def _delivery(organisation: int, key: str, at: dt.datetime, **given: object) -> None:
    Delivery.objects.create(key=key, person=1, organisation=organisation, channel="mail", at=at, **given)


def _numbers(page: str) -> list[str]:
    """The messages that can be read one by one, the latest first."""
    parts = page.split('name="message" value="')[2:]  # the first is the button for all
    return list(dict.fromkeys(part.partition('"')[0] for part in parts))
