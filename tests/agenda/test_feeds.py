"""A feed's address: shown once, revocable, over with the appointment or the account; asked for as programs ask."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from icalendar import Calendar

from tests.duties.offices import Office, campaign, office
from xianfeng.accounts import reader
from xianfeng.accounts.models import Account
from xianfeng.agenda import feeds
from xianfeng.agenda.models import Feed
from xianfeng.problems import Problem
from xianfeng.voice import flood
from xianfeng.web.public import feed as page

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
BROWSER = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(db: None) -> Office:
    return office(campaign(""))


def clerk(town: Office, name: str = "经办人", at: str = "青口镇") -> Account:
    town.appoint(name, at, "clerk", "2012-01-01")
    return Account.objects.create(username=name, person_id=town.people[name])


def client(account: Account | None = None) -> Client:
    known = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    if account:
        known.force_login(account, BROWSER)
    return known


def made(account: Account) -> feeds.Made:
    return feeds.make(by=reader.acting_by(account), now=NOW)


def test_the_address_is_shown_once_and_read_by_a_program(town: Office) -> None:
    own = client(clerk(town))
    shown = own.post("/account/calendar").content.decode()
    (path,) = re.findall(r"/calendar/[\w-]+\.ics", shown)
    assert path not in own.get("/account/calendar").content.decode()
    answer = client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(answer.content.decode())["x-wr-calname"] == "青口镇"
    assert not Feed.objects.filter(token_hash__contains=path[10:20]).exists()


def test_who_asks_for_it_gets_meetings_below_too(town: Office) -> None:
    town.file("meeting", "青口镇", "2026-11-18 09:00", {"category": "joint", "at": "2026-11-25T15:00"})
    own = client(clerk(town, at="闽侯县"))
    for given, count in (({}, 0), ({"below": "1"}, 1)):
        (path,) = re.findall(r"/calendar/[\w-]+\.ics", own.post("/account/calendar", given).content.decode())
        content = client().get(path).content.decode()
        assert content.count("BEGIN:VEVENT") == count


def test_the_month_at_the_desk_shows_what_the_feed_shows(town: Office) -> None:
    town.file("meeting", "青口镇", "2026-11-18 09:00", {"category": "joint", "at": "2026-11-25T15:00"})
    page = client(clerk(town)).get("/desk/calendar?month=2026-11").content.decode()
    assert "会议（党建联席会议）" in page


def test_what_did_not_change_is_not_sent_again(town: Office) -> None:
    path = f"/calendar/{made(clerk(town)).token}.ics"
    tag = client().get(path).headers["ETag"]
    again = client().get(path, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client().get(path, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_a_revoked_address_is_nobody_s(town: Office) -> None:
    account = clerk(town)
    one = made(account)
    own = client(account)
    assert "青口镇" in own.get("/account/calendar").content.decode()
    assert own.post(f"/account/calendar/{one.feed.id}/revoke").status_code == 302
    assert client().get(f"/calendar/{one.token}.ics").status_code == 404
    assert "还没有订阅地址" in own.get("/account/calendar").content.decode()


def test_nobody_revokes_another_s(town: Office) -> None:
    one, other = made(clerk(town)), clerk(town, "别人")
    client(other).post(f"/account/calendar/{one.feed.id}/revoke")
    assert feeds.opened(one.token) == one.feed


def test_it_ends_with_the_appointment(town: Office) -> None:
    account = clerk(town)
    one = made(account)
    town.end(one.feed.appointment_id, "2026-11-01")
    assert client().get(f"/calendar/{one.token}.ics").status_code == 404


def test_it_ends_with_the_account(town: Office) -> None:
    account = clerk(town)
    one = made(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert feeds.opened(one.token) is None


def test_there_are_only_so_many_at_a_time(town: Office) -> None:
    account = clerk(town)
    some = [made(account) for _ in range(feeds.MOST)]
    with pytest.raises(Problem) as refused:
        made(account)
    assert refused.value.code == "agenda.too_many"
    feeds.revoke(feed=some[0].feed.id, by=reader.acting_by(account), now=NOW)
    assert made(account).token


def test_who_guesses_is_stopped(town: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_GUESSES", flood.Limits(of_sender=2, of_sender_on_thing=2, on_thing=100))
    path = f"/calendar/{made(clerk(town)).token}.ics"
    statuses = [client().get(f"/calendar/{n}.ics").status_code for n in range(3)]
    assert statuses == [404, 404, 429]
    assert client().get(path).status_code == 200  # whoever has an address is counted by himself
