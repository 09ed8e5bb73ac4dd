"""Organisations move, are renamed and end; what was true before stays true for the days before."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from tests.registry.trees import DAY, EARLY, LATER, chain, place_of, refused, unit
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry, Posting
from xianfeng.registry import places, tree
from xianfeng.registry.actions import affiliate, close, disaffiliate, merge, move, raise_, rename, split
from xianfeng.registry.models import Affiliation, Organisation

pytestmark = pytest.mark.django_db


def test_a_founding_is_counted_where_it_happened() -> None:
    city = unit("c")
    firm = unit("f", city, founded=DAY)
    entry = Entry.objects.get(seq=firm)
    assert (entry.stream, entry.action, entry.about, entry.day) == ("organisation", "found", firm, DAY)
    posting = Posting.objects.get(seq=firm)
    assert (posting.register, posting.organisation, posting.sign, posting.day) == ("registry_event", firm, 1, DAY)
    assert posting.place == place_of(firm, DAY).id
    assert not Posting.objects.filter(seq=city).exists()  # it was there before records begin: not a new organisation


def test_nobody_stands_anywhere_before_being_founded() -> None:
    city = unit("c")
    firm = unit("f", city, founded=DAY)
    assert places.at([city, firm], DAY - dt.timedelta(days=1)).keys() == {city}
    assert tree.path(firm, EARLY) == ()
    assert [node.id for node in tree.children(city, DAY)] == [firm]


def test_who_moves_takes_the_subtree_along_from_that_day() -> None:
    city, county, town, village = chain("city", "county", "town", "village")
    other = unit("other", city)
    before = places.at([town, village], DAY)
    move(organisation=town, parent=other, day=LATER, by=CLOCK)
    assert places.at([town, village], DAY) == before
    after = places.at([town, village], LATER)
    assert set(after.values()).isdisjoint(before.values())
    assert tree.ancestors(village, DAY) == (town, county, city)
    assert tree.ancestors(village, LATER) == (town, other, city)
    assert tree.is_above(county, village, DAY)
    assert not tree.is_above(county, village, LATER)
    assert [node.id for node in tree.children(county, DAY)] == [town]
    assert tree.children(county, LATER) == ()


def test_one_registered_late_stood_wherever_its_parent_stood() -> None:
    city, county, town = chain("city", "county", "town")
    other = unit("other", city)
    move(organisation=town, parent=other, day=DAY, by=CLOCK)
    firm = unit("firm", town, founded=EARLY)
    assert tree.ancestors(firm, EARLY) == (town, county, city)
    assert tree.ancestors(firm, DAY) == (town, other, city)


def test_moving_under_its_own_descendant_is_refused() -> None:
    _, county, town, village = chain("city", "county", "town", "village")
    for parent in (county, town, village):
        with refused("registry.under_itself"):
            move(organisation=county, parent=parent, day=DAY, by=CLOCK)


def test_moving_to_where_it_is_is_refused() -> None:
    city, county = chain("city", "county")
    with refused("registry.unchanged"):
        move(organisation=county, parent=city, day=DAY, by=CLOCK)


def test_days_out_of_order_are_refused() -> None:
    city, county, town, village = chain("city", "county", "town", "village")
    other = unit("other", city)
    move(organisation=town, parent=other, day=LATER, by=CLOCK)
    with refused("registry.order"):
        move(organisation=town, parent=county, day=DAY, by=CLOCK)
    with refused("registry.order"):  # its child moved with it on the later day
        move(organisation=other, parent=county, day=DAY, by=CLOCK)
    with refused("registry.order"):
        move(organisation=village, parent=county, day=DAY, by=CLOCK)
    with refused("registry.order"):  # the town still stood under it after that day
        close(organisation=county, day=DAY, by=CLOCK)
    with refused("registry.order"):
        unit("before-its-parent", unit("young", city, founded=LATER), founded=DAY)
    with refused("registry.future"):
        move(organisation=village, parent=county, day=timezone.localdate() + dt.timedelta(days=1), by=CLOCK)


def test_a_name_and_a_code_have_their_days() -> None:
    city, county = chain("350100", "350182")
    rename(organisation=county, name="长乐区", code="350112", day=dt.date(2017, 11, 6), by=CLOCK, reason="撤市设区")
    then, now = tree.named([county], DAY)[county], tree.named([county], dt.date(2018, 1, 1))[county]
    assert (then.code, then.name) == ("350182", "350182单位")
    assert (now.code, now.name) == ("350112", "长乐区")
    assert [node.code for node in tree.path(county, DAY)] == ["350100", "350182"]
    assert [node.code for node in tree.children(city, DAY)] == ["350182"]
    for code, day in (("350182", DAY), ("350112", dt.date(2018, 1, 1))):
        bearer = tree.by_code(code, day)
        assert bearer is not None
        assert bearer.id == county
    body = json.loads(Entry.objects.get(action="rename").body)
    assert body["before"] == {"code": "350182", "name": "350182单位"}
    assert body["after"] == {"code": "350112", "name": "长乐区"}
    assert body["reason"] == "撤市设区"


def test_raising_changes_the_level_from_a_day() -> None:
    branch = unit("b", unit("c"))
    raise_(organisation=branch, level="general_branch", name="党总支", day=DAY, by=CLOCK)
    assert tree.named([branch], EARLY)[branch].level == "unit"
    assert tree.named([branch], DAY)[branch].level == "general_branch"


def test_renames_that_change_nothing_or_take_anothers_code_are_refused() -> None:
    city, county = chain("city", "county")
    with refused("registry.unchanged"):
        rename(organisation=county, name="county单位", day=DAY, by=CLOCK)
    with refused("registry.code_taken"):
        rename(organisation=county, code="city", day=DAY, by=CLOCK)
    rename(organisation=county, name="甲", day=LATER, by=CLOCK)
    with refused("registry.order"):
        rename(organisation=county, name="乙", day=DAY, by=CLOCK)
    assert Organisation.objects.get(id=city).name == "city单位"


def test_participating_parents_never_move_the_work() -> None:
    city, school = chain("city", "school")
    street, bureau = unit("street", city), unit("bureau", city)
    at_first = places.current([school])
    for parent in (street, bureau):
        affiliate(organisation=school, parent=parent, day=DAY, by=CLOCK)
    assert places.current([school]) == at_first
    held = Affiliation.objects.filter(organisation=school, until=None)
    assert sorted(held.values_list("relation", flat=True)) == ["counting", "participating", "participating"]
    with refused("registry.unchanged"):
        affiliate(organisation=school, parent=street, day=DAY, by=CLOCK)
    disaffiliate(organisation=school, parent=street, day=LATER, by=CLOCK)
    with refused("registry.not_participating"):
        disaffiliate(organisation=school, parent=city, day=LATER, by=CLOCK)


def test_a_parent_with_open_children_does_not_close() -> None:
    _, county, town = chain("city", "county", "town")
    with refused("registry.children_open"):
        close(organisation=county, day=DAY, by=CLOCK)
    close(organisation=town, day=DAY, by=CLOCK)
    close(organisation=county, day=DAY, by=CLOCK)
    assert places.at([county, town], DAY) == {}
    with refused("registry.closed"):
        rename(organisation=town, name="新名", day=LATER, by=CLOCK)


def test_a_merger_takes_the_children_over() -> None:
    city, east, village = chain("city", "east", "village")
    west = unit("west", city)
    merge(organisations=[east], into=west, day=DAY, by=CLOCK)
    assert tree.ancestors(village, DAY) == (west, city)
    assert tree.ancestors(village, EARLY) == (east, city)
    ended = Organisation.objects.get(id=east)
    assert (ended.closed, ended.successor_id) == (DAY, west)


def test_a_merger_into_one_below_is_refused_and_nothing_is_written() -> None:
    _, east, village = chain("city", "east", "village")
    entries = Entry.objects.count()
    with refused("registry.heir_below"):
        merge(organisations=[east], into=village, day=DAY, by=CLOCK)
    with refused("registry.heir_below"):
        close(organisation=village, successor=village, day=DAY, by=CLOCK)
    assert Entry.objects.count() == entries


def test_a_split_places_every_child() -> None:
    city, county = chain("city", "county")
    one, two = unit("one", county), unit("two", county)
    north, south = unit("north", city, founded=DAY), unit("south", city, founded=DAY)
    with refused("registry.children_open"):
        split(organisation=county, into=[north, south], heir=north, children={one: north}, day=DAY, by=CLOCK)
    split(organisation=county, into=[north, south], heir=north, children={one: north, two: south}, day=DAY, by=CLOCK)
    assert tree.ancestors(one, DAY) == (north, city)
    assert tree.ancestors(two, DAY) == (south, city)
    assert Organisation.objects.get(id=county).successor_id == north


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (" ", "registry.empty"),
        ("\u200b", "registry.empty"),
        ("\u3164", "registry.empty"),
        ("\u202e厂械机", "registry.control_character"),
        ("机械\x00厂", "registry.control_character"),
    ],
)
def test_a_name_is_seen_and_reads_as_it_is_stored(name: str, code: str) -> None:
    firm = unit("f", name="机械厂")
    with refused(code):
        unit("g", name=name)
    with refused(code):
        rename(organisation=firm, name=name, day=DAY, by=CLOCK)
    assert tree.named([firm], DAY)[firm].name == "机械厂"


def test_characters_without_width_are_left_out_of_names() -> None:
    assert Organisation.objects.get(id=unit("f", name="机械\u200b厂")).name == "机械厂"


def test_numbers_and_days_that_cannot_be_are_refused() -> None:
    firm = unit("f")
    with refused("registry.unknown"):
        rename(organisation=10**30, name="新厂", day=DAY, by=CLOCK)
    with refused("registry.unknown_parent"):
        unit("g", 10**30)
    with refused("registry.not_a_date"):
        rename(organisation=firm, name="新厂", day="2012-03-01", by=CLOCK)  # type: ignore[arg-type]
    with refused("registry.not_a_date"):
        unit("g", founded="2012-03-01")  # type: ignore[arg-type]
