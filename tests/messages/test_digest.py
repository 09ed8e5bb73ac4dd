"""One message a person a day unless it is urgent, none at night, and by the channels that the person wants."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from tests.messages.people import Told, at, states
from xianfeng.calendars import actions
from xianfeng.calendars.days import DayKind
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages.digest import digest
from xianfeng.messages.models import Delivery, Message, Preference
from xianfeng.registry.models import Appointment

MAIL = "mail=smtp://127.0.0.1:9?from=a@b.example"


@pytest.fixture(autouse=True)
def _channels(settings: Settings) -> None:
    settings.XIANFENG_CHANNELS = f"{MAIL} sms=json://127.0.0.1:9/?:to={{phone}}"


def test_a_day_has_one_digest(told: Told) -> None:
    told.post("study", "visits", now=at(1, 9))
    assert digest(now=at(1, 9)) == 1
    told.post("promises", now=at(1, 10))
    assert digest(now=at(1, 10)) == 0
    assert digest(now=at(2, 8)) == 1
    gathered = Message.objects.order_by("id").values_list("delivery", flat=True)
    first, second = Delivery.objects.order_by("id").values_list("id", flat=True)
    assert list(gathered) == [first, first, second]


def test_what_is_urgent_does_not_wait_for_the_next_day(told: Told) -> None:
    told.post("study", now=at(1, 9))
    digest(now=at(1, 9))
    told.post("visits", now=at(1, 10))
    told.post("flood", now=at(1, 10), urgent=True)
    assert digest(now=at(1, 10)) == 1
    assert digest(now=at(1, 11)) == 0
    urgent = Delivery.objects.get(urgent=True)
    assert Message.objects.get(delivery=urgent.id).link == "/desk/flood"


def test_at_night_everything_waits_for_the_morning(told: Told) -> None:
    told.post("flood", now=at(1, 21), urgent=True)
    assert [digest(now=moment) for moment in (at(1, 21), at(2, 2), at(2, 7, 59))] == [0, 0, 0]
    assert digest(now=at(2, 8)) == 1


def test_on_days_off_only_what_is_urgent_goes_out_and_the_rest_on_the_next_working_day(told: Told) -> None:
    """3 and 4 March 2012 were a weekend."""
    told.post("study", now=at(3, 9))
    assert [digest(now=moment) for moment in (at(3, 9), at(4, 9))] == [0, 0]
    told.post("flood", now=at(4, 9), urgent=True)
    assert digest(now=at(4, 9)) == 1
    assert Message.objects.get(delivery=None).link == "/desk/study"
    assert [digest(now=moment) for moment in (at(5, 7, 59), at(5, 8))] == [0, 1]


def test_days_off_are_those_of_the_organisation_s_own_calendar(told: Told) -> None:
    by, day = Actor(kind=ActorKind.IMPORT, id=1), dt.date(2012, 3, 1)
    actions.set_days(
        organisation=told.world.village, since=day, until=day, kind=DayKind.HOLIDAY, title="庙会", day=day, by=by
    )
    told.post("study", now=at(1, 9))
    assert [digest(now=moment) for moment in (at(1, 9), at(2, 8))] == [0, 1]


def test_a_person_says_when_and_by_what(told: Told) -> None:
    person = Appointment.objects.get(id=told.clerk).person_id
    Preference.objects.create(person=person, channels="sms", quiet_from=dt.time(12), quiet_until=dt.time(14))
    told.post("study", now=at(1, 12, 30))
    assert digest(now=at(1, 12, 30)) == 0
    assert digest(now=at(1, 22)) == 1
    assert states() == [("waiting", "sms", "")]


def test_who_wants_no_channel_reads_the_inbox(told: Told) -> None:
    person = Appointment.objects.get(id=told.clerk).person_id
    Preference.objects.create(person=person, channels="", quiet_from=dt.time(20), quiet_until=dt.time(8))
    told.post("study", now=at(1, 9))
    assert digest(now=at(1, 9)) == 0
    assert (states(), Message.objects.filter(delivery=None).count()) == ([], 0)


def test_who_has_no_address_reads_the_inbox(told: Told) -> None:
    from xianfeng.messages.post import post

    post([told.note("study", appointment=told.secretary)], now=at(1, 9))
    assert (digest(now=at(1, 9)), states()) == (0, [])


def test_who_has_left_is_not_written_to(told: Told) -> None:
    told.post("study", now=at(1, 9))
    Appointment.objects.filter(id=told.clerk).update(until=dt.date(2012, 3, 1))
    assert (digest(now=at(1, 9)), states()) == (0, [])
