"""What offices say about days: who may, what it changes, for whom, and what was known before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

import pytest

from tests.calendars.made import at, span
from tests.registry.trees import refused
from xianfeng.calendars import actions, deadlines, store
from xianfeng.calendars.days import DayKind
from xianfeng.calendars.jurisdiction import NATION
from xianfeng.log.actors import Actor, ActorKind, clock
from xianfeng.log.append import Draft, append
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify
from xianfeng.registry.actions import Founding, found

TODAY = dt.date(2026, 11, 18)
OPERATOR = Actor(kind=ActorKind.IMPORT)
FRIDAY = dt.date(2026, 11, 20)

pytestmark = pytest.mark.django_db


class Tree(NamedTuple):
    city: int
    county: int
    other: int
    town: int
    office: int  # a body directly at the county
    firm: int
    branch: int  # a body of the firm


@pytest.fixture
def tree() -> Tree:
    def one(code: str, type_: str, level: str, parent: int | None) -> int:
        return found(founding=Founding(code=code, name=code, type=type_, level=level, parent=parent), by=OPERATOR)

    city = one("350100", "division", "city", None)
    county, other = one("350102", "division", "county", city), one("350121", "division", "county", city)
    town = one("350102001", "division", "township", county)
    office, firm = one("county-office", "body", "committee", county), one("firm", "unit", "unit", town)
    return Tree(city, county, other, town, office, firm, one("firm-branch", "body", "branch", firm))


def of(organisation: int, role: str = "office") -> Actor:
    return Actor(kind=ActorKind.APPOINTMENT, id=1, organisation=organisation, role=role)


def holiday(organisation: int, by: Actor, since: dt.date = FRIDAY, until: dt.date | None = None) -> int:
    return actions.set_days(
        organisation=organisation,
        since=since,
        until=until or since,
        kind=DayKind.HOLIDAY,
        title="闽台交流日",
        day=TODAY,
        by=by,
    )


def kinds(organisation: int, day: dt.date = FRIDAY) -> DayKind:
    return store.calendar(organisation).kind(day)


def test_without_any_entry_the_packages_speak(tree: Tree) -> None:
    calendar = store.calendar(tree.firm)
    assert calendar.seq == 0
    assert calendar.kind(dt.date(2026, 10, 1)) is DayKind.HOLIDAY
    assert calendar.kind(dt.date(2026, 10, 10)) is DayKind.MAKEUP
    assert calendar.provisional(2027)


def test_the_nation_s_table_is_filled_once(tree: Tree) -> None:
    assert actions.fill([2026, 2027], day=TODAY, by=OPERATOR) == (2026, 2027)
    assert actions.fill([2025, 2026, 2027], day=TODAY, by=OPERATOR) == (2025,)
    assert Entry.objects.filter(stream="calendar", about=NATION).count() == 3
    calendar = store.calendar(tree.town)
    assert calendar.day(dt.date(2026, 10, 10)).title == "国庆节"
    assert calendar.provisional(2027)
    assert calendar.seq == Entry.objects.latest("seq").seq


def test_a_jurisdiction_s_days_hold_below_it_and_nowhere_else(tree: Tree) -> None:
    holiday(tree.county, of(tree.office))
    assert kinds(tree.county) is kinds(tree.town) is kinds(tree.branch) is DayKind.HOLIDAY
    assert kinds(tree.city) is kinds(tree.other) is DayKind.WORK
    assert store.having_tables() == {tree.county}


def test_the_nearest_table_wins_and_gives_way_when_it_is_taken_back(tree: Tree) -> None:
    holiday(tree.city, of(tree.city))
    worked = {"since": FRIDAY, "until": FRIDAY, "kind": DayKind.WORK, "day": TODAY, "by": of(tree.county)}
    actions.set_days(organisation=tree.county, **worked)
    assert (kinds(tree.city), kinds(tree.county), kinds(tree.other)) == (
        DayKind.HOLIDAY,
        DayKind.WORK,
        DayKind.HOLIDAY,
    )
    actions.set_days(organisation=tree.county, **{**worked, "kind": None})
    assert kinds(tree.county) is DayKind.HOLIDAY


def test_a_calendar_as_it_was_known_at_any_entry(tree: Tree) -> None:
    before = store.calendar(tree.town)
    edit = holiday(tree.county, of(tree.county))
    given = deadlines.after(span("2 workdays"), at("2026-11-18 09:00"), before)
    assert given.due == at("2026-11-20 17:30")
    now = deadlines.as_now(given, store.calendar(tree.town))
    assert now is not None
    assert now.due == at("2026-11-23 17:30")
    assert deadlines.as_now(given, store.calendar(tree.town, as_of=given.calendar_seq)) is None
    assert store.calendar(tree.town, as_of=edit).seq == edit
    assert store.calendar(tree.town, as_of=edit - 1).kind(FRIDAY) is DayKind.WORK


@pytest.mark.parametrize("where", ["city", "other", "town", "firm", "branch"])
def test_whoever_is_not_the_jurisdiction_s_office_only_reads(tree: Tree, where: str) -> None:
    with refused("calendars.not_yours"):
        holiday(tree.county, of(getattr(tree, where)))


@pytest.mark.parametrize(
    ("role", "may"), [("office", True), ("administrator", True), ("clerk", False), ("leader", False), ("nobody", False)]
)
def test_roles(tree: Tree, role: str, may: bool) -> None:
    if may:
        assert holiday(tree.county, of(tree.county, role))
    else:
        with refused("calendars.not_yours"):
            holiday(tree.county, of(tree.county, role))


def test_the_nation_s_table_is_the_operator_s(tree: Tree) -> None:
    with refused("calendars.not_yours"):
        actions.fill([2026], day=TODAY, by=of(tree.city))
    with refused("calendars.no_jurisdiction"):
        holiday(tree.firm, OPERATOR)


def test_slips_are_refused_and_nothing_is_written(tree: Tree) -> None:
    by, days = of(tree.county), dt.timedelta(days=1)
    with refused("calendars.order"):
        holiday(tree.county, by, FRIDAY, FRIDAY - days)
    with refused("calendars.too_long"):
        holiday(tree.county, by, FRIDAY, FRIDAY + 366 * days)
    with refused("calendars.year"):
        holiday(tree.county, by, dt.date(202, 1, 1))
    with refused("calendars.year"):
        actions.fill([20266], day=TODAY, by=OPERATOR)
    with refused("calendars.no_title"):
        actions.set_days(
            organisation=tree.county, since=FRIDAY, until=FRIDAY, kind=DayKind.MAKEUP, title=" ", day=TODAY, by=by
        )
    with refused("calendars.no_such_day"):
        actions.set_hours(organisation=tree.county, since=(2, 30), hours="09:00-17:00", day=TODAY, by=by)
    with refused("calendars.hours"):
        actions.set_hours(organisation=tree.county, since=(1, 1), hours="九点到五点", day=TODAY, by=by)
    assert not Entry.objects.filter(stream="calendar").exists()


def test_saying_it_again_is_refused(tree: Tree) -> None:
    holiday(tree.county, of(tree.county))
    with refused("calendars.unchanged"):
        holiday(tree.county, of(tree.county))


def test_hours_are_the_nearest_jurisdiction_s(tree: Tree) -> None:
    for organisation, since, hours in (
        (tree.city, (1, 1), "09:00-17:00"),
        (tree.county, (1, 1), "08:00-12:00 14:00-17:00"),
        (tree.county, (6, 1), "08:00-12:00 15:00-18:00"),
    ):
        actions.set_hours(organisation=organisation, since=since, hours=hours, day=TODAY, by=of(organisation))
    summer, winter = dt.date(2026, 7, 1), dt.date(2026, 12, 1)
    assert str(store.calendar(tree.town).hours(summer)) == "08:00-12:00 15:00-18:00"
    assert str(store.calendar(tree.other).hours(summer)) == "09:00-17:00"
    actions.set_hours(organisation=tree.county, since=(6, 1), hours="", day=TODAY, by=of(tree.county))
    assert str(store.calendar(tree.town).hours(summer)) == "08:00-12:00 14:00-17:00"
    assert str(store.calendar(tree.town).hours(winter)) == "08:00-12:00 14:00-17:00"


def test_quiet_periods_of_all_above_hold(tree: Tree) -> None:
    flood = {"since": dt.date(2026, 6, 1), "until": dt.date(2026, 6, 30), "title": "防汛", "day": TODAY}
    of_city = actions.declare_quiet(organisation=tree.city, by=of(tree.city), **flood)
    harvest = {**flood, "title": "农忙", "pauses": True, "until": dt.date(2026, 6, 5)}
    of_county = actions.declare_quiet(organisation=tree.county, by=of(tree.county), **harvest)
    calendar = store.calendar(tree.town)
    assert [one.title for one in calendar.quiet] == ["防汛", "农忙"]
    assert not calendar.counts(dt.date(2026, 6, 3))
    assert store.calendar(tree.other).counts(dt.date(2026, 6, 3))
    with refused("calendars.no_quiet"):
        actions.end_quiet(organisation=tree.county, quiet=of_city, day=TODAY, by=of(tree.county))
    actions.end_quiet(organisation=tree.county, quiet=of_county, day=TODAY, by=of(tree.county))
    assert store.calendar(tree.town).counts(dt.date(2026, 6, 3))


def test_a_year_is_announced_by_hand_before_the_packages_know_it(tree: Tree) -> None:
    actions.announce(organisation=tree.city, year=2027, source="国办发明电〔2026〕7号", day=TODAY, by=of(tree.city))
    assert not store.calendar(tree.town).provisional(2027)
    assert store.calendar().provisional(2027)


def test_filling_again_keeps_what_was_edited_by_hand() -> None:
    day = dt.date(2027, 2, 12)
    actions.set_days(
        organisation=NATION, since=day, until=day, kind=DayKind.HOLIDAY, title="春节", day=TODAY, by=OPERATOR
    )
    actions.fill([2027], day=TODAY, by=OPERATOR)
    assert store.calendar().kind(day) is DayKind.HOLIDAY


def test_an_edit_bears_the_instant_at_which_its_actor_acts(tree: Tree) -> None:
    acting = replace(of(tree.county), at=at("2026-11-18 09:00"))
    assert Entry.objects.get(seq=holiday(tree.county, acting)).at == at("2026-11-18 09:00")
    actions.fill([2026], day=TODAY, by=clock(at("2026-11-18 08:00")))  # a clock set back writes, and is told of
    report = verify()
    assert report.holds
    assert [finding.code for finding in report.findings if finding.weight == "note"].count("log.clock") == 1


def test_verify_names_an_entry_that_nobody_can_read(tree: Tree) -> None:
    assert list(store.check()) == []
    holiday(tree.county, of(tree.county))
    seq = append(
        [Draft(stream="calendar", action="set", day=TODAY, about=tree.county, body={"kind": "?"})], by=OPERATOR
    )
    assert [(one.code, one.seq) for one in verify().faults] == [("calendars.illegible", seq[0])]
