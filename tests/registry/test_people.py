"""People hold roles and belong to branches; what is open when an organisation ends goes to somebody."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest

from tests.registry.trees import DAY, EARLY, LATER, chain, refused, unit
from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.log.models import Entry
from xianfeng.registry import actors, open_items, rebuild
from xianfeng.registry.actions import appoint, close, end_appointment, enter, join, leave, merge, split
from xianfeng.registry.actions.people import Appointing, appoint_many
from xianfeng.registry.models import Appointment, Membership, Organisation
from xianfeng.registry.open_items import OpenItem

pytestmark = pytest.mark.django_db


def person(code: str = "p1") -> int:
    return enter(code=code, name="林某某", day=EARLY, by=CLOCK)


class Desk:
    """A room with open items: who holds each of them."""

    def __init__(self) -> None:
        self.holders: dict[str, int] = {}

    def open_at(self, organisation: int) -> Iterator[OpenItem]:
        for key, holder in sorted(self.holders.items()):
            if holder == organisation:
                yield OpenItem(key=key, title=f"诉求 {key}", hand_over=_Taking(self, key))


class _Taking:
    def __init__(self, desk: Desk, key: str) -> None:
        self.desk, self.key = desk, key

    def __call__(self, *, to: int, day: dt.date, by: Actor) -> None:
        self.desk.holders[self.key] = to


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(open_items, "_providers", [*open_items._providers])
    open_items.register(desk.open_at)
    return desk


def test_an_appointment_acts_until_it_ends() -> None:
    bureau = unit("bureau")
    who = person()
    held = appoint(person=who, organisation=bureau, role="secretary", day=EARLY, by=CLOCK)
    acting = actors.acting(held)
    assert acting == Actor(kind=ActorKind.APPOINTMENT, id=held, organisation=bureau, role="secretary", person=who)
    end_appointment(appointment=held, day=DAY, by=acting)
    assert Entry.objects.get(action="end_appointment").actor == f"appointment:{held}"
    with refused("registry.not_in_office"):
        actors.acting(held)
    with refused("registry.ended"):
        end_appointment(appointment=held, day=LATER, by=CLOCK)


def test_nobody_appoints_himself_whichever_role_he_acts_in() -> None:
    bureau, office = chain("bureau", "office")
    who, other = person(), person("p2")
    by = actors.acting(appoint(person=who, organisation=bureau, role="administrator", day=EARLY, by=CLOCK))
    for by_ in (by, dataclasses.replace(by, person=None)):
        with refused("registry.oneself"):
            appoint(person=who, organisation=office, role="office", day=DAY, by=by_)
    appoint(person=other, organisation=office, role="office", day=DAY, by=by)
    assert list(Appointment.objects.filter(organisation=office).values_list("person", flat=True)) == [other]


def test_many_take_their_roles_at_once_or_nobody_does() -> None:
    bureau, office = chain("bureau", "office")
    first = Appointing(person=person(), organisation=bureau, role="secretary", day=EARLY)
    second = dataclasses.replace(first, organisation=office, day=DAY)
    for wrong, code in (
        (first, "registry.unchanged"),  # twice in one list
        (dataclasses.replace(second, person=2**70), "registry.unknown"),
        (dataclasses.replace(second, organisation=2**70), "registry.unknown"),
        (dataclasses.replace(second, day=dt.date.max), "registry.future"),
    ):
        with refused(code):
            appoint_many(people=[first, second, wrong], by=CLOCK)
    assert not Appointment.objects.exists()
    numbers = appoint_many(people=[first, second], by=CLOCK)
    held = Appointment.objects.order_by("id").values_list("id", "organisation", "since", "until")
    assert list(held) == [(numbers[0], bureau, EARLY, None), (numbers[1], office, DAY, None)]
    assert rebuild.compare() == []


def test_days_of_roles_come_in_order() -> None:
    held = appoint(person=person(), organisation=unit("bureau"), role="secretary", day=DAY, by=CLOCK)
    with refused("registry.order"):
        end_appointment(appointment=held, day=EARLY, by=CLOCK)


def test_a_member_belongs_to_one_branch_at_a_time() -> None:
    city, first = chain("city", "first")
    second, who = unit("second", city), person()
    membership = join(person=who, organisation=first, day=EARLY, by=CLOCK)
    with refused("registry.member_elsewhere"):
        join(person=who, organisation=second, day=DAY, by=CLOCK)
    leave(membership=membership, day=DAY, by=CLOCK)
    join(person=who, organisation=second, day=DAY, by=CLOCK)
    assert rebuild.compare() == []


def test_a_person_is_known_by_the_offices_key_and_never_by_an_identity_number() -> None:
    person("p1")
    with refused("registry.code_taken"):
        person("p1")
    with refused("registry.identity_number"):
        person("35010219800101001X")
    with refused("registry.empty"):
        enter(code="p2", name="  ", day=EARLY, by=CLOCK)


def test_nothing_ends_before_each_open_item_has_a_successor(desk: Desk) -> None:
    city, old = chain("city", "old")
    new = unit("new", city)
    desk.holders = {"matter:1": old, "matter:2": old, "matter:3": city}
    with refused("registry.items_open") as caught:
        close(organisation=old, day=DAY, by=CLOCK)
    assert "诉求 matter:1；诉求 matter:2" in caught.value.message
    with refused("registry.items_open"):
        close(organisation=old, successors={"matter:1": new}, day=DAY, by=CLOCK)
    with refused("registry.no_such_item"):
        close(organisation=old, successor=new, successors={"matter:3": new}, day=DAY, by=CLOCK)
    close(organisation=old, successor=new, successors={"matter:2": city}, day=DAY, by=CLOCK)
    assert desk.holders == {"matter:1": new, "matter:2": city, "matter:3": city}
    body = Entry.objects.get(action="close").body
    assert f'"items":{{"matter:1":{new},"matter:2":{city}}}' in body


def test_a_merger_hands_over_to_what_goes_on_unless_told_otherwise(desk: Desk) -> None:
    city, east = chain("city", "east")
    west, south = unit("west", city), unit("south", city)
    desk.holders = {"matter:1": east, "matter:2": south}
    with refused("registry.no_such_item"):
        merge(organisations=[east, south], into=west, successors={"matter:9": city}, day=DAY, by=CLOCK)
    merge(organisations=[east, south], into=west, successors={"matter:2": city}, day=DAY, by=CLOCK)
    assert desk.holders == {"matter:1": west, "matter:2": city}


def test_a_split_names_a_successor_for_every_item(desk: Desk) -> None:
    city, old = chain("city", "old")
    north, south = unit("north", city), unit("south", city)
    desk.holders = {"matter:1": old}
    with refused("registry.items_open"):
        split(organisation=old, into=[north, south], heir=north, day=DAY, by=CLOCK)
    successors = {"matter:1": south}
    split(organisation=old, into=[north, south], heir=north, successors=successors, day=DAY, by=CLOCK)
    assert desk.holders == {"matter:1": south}


def test_members_are_handed_over_and_roles_end_when_a_temporary_body_ends() -> None:
    city = unit("city")
    group, branch, who = unit("task-force", city, type_="group"), unit("branch", city), person()
    held = appoint(person=who, organisation=group, role="head", day=EARLY, by=CLOCK)
    join(person=who, organisation=group, day=EARLY, by=CLOCK)
    with refused("registry.items_open"):
        close(organisation=group, day=DAY, by=CLOCK)
    close(organisation=group, successor=branch, day=DAY, by=CLOCK)
    assert Appointment.objects.get(id=held).until == DAY
    assert Membership.objects.get(until=None).organisation_id == branch
    assert Organisation.objects.get(id=group).closed == DAY
    assert rebuild.compare() == []
