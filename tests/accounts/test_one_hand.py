"""Which accounts nobody but one person had a hand in."""

from __future__ import annotations

import pytest

from tests.accounts.offices import DAY, Offices
from xianfeng.accounts import actions, one_hand
from xianfeng.accounts.models import Account
from xianfeng.log.actors import Actor
from xianfeng.registry.actions import appoint, enter
from xianfeng.registry.actors import acting
from xianfeng.registry.models import Appointment

pytestmark = pytest.mark.django_db


def administrator(offices: Offices, code: str) -> tuple[Actor, Actor]:
    """Somebody who administers in two places, as the log names him in each."""
    person = offices.person(code, (offices.county, "administrator"), (offices.city, "administrator"))
    first, second = Appointment.objects.filter(person=person).order_by("id")
    return acting(first.id), acting(second.id)


def opened(offices: Offices, name: str, *, entered: Actor, by: Actor) -> Account:
    person = enter(code=name, name=name, day=DAY, by=entered)
    appoint(person=person, organisation=offices.town, role="clerk", day=DAY, by=entered)
    return actions.open_account(person=person, username=name, by=by)


def test_who_entered_and_opened_is_one_person_by_whichever_appointment() -> None:
    offices = Offices.found()
    (one, also), (other, _) = administrator(offices, "lin"), administrator(offices, "chen")
    same = opened(offices, "same", entered=one, by=one)
    both = opened(offices, "both", entered=one, by=also)
    opened(offices, "seen-by-two", entered=one, by=other)
    offices.account("by-the-operator", (offices.town, "clerk"))
    found = one_hand.opened(Account.objects.all())
    assert {event.account_id for event in found} == {same.pk, both.pk}
