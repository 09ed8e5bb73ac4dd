"""Worlds that nobody thought of: organisations found, move, merge and close; records come late, change and go."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.figures.oracle import MEASURES, Asked
from tests.figures.worlds import World, scheme

FIRST, LAST = dt.date(2010, 1, 1), dt.date(2010, 12, 31)
DAYS = st.dates(FIRST, LAST)
CAMPAIGN = scheme()
_NUMBERS = count()  # drawn ones repeat, and two logs must not be taken for one


_STEPS = (
    *("deed", "deed", "deed", "firm", "change", "change", "withdraw"),
    *("found", "settle", "move", "merge", "close", "call", "call"),
)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


_OTHER_VILLAGE = {"village": "township", "township": "village"}
_OTHER_COUNTY = {"county": "city", "city": "county"}
_DEED = st.fixed_dictionaries(
    {},
    optional={
        "topic": st.sampled_from(["work", "service"]),
        "means": st.lists(st.sampled_from(["visit", "letter", "call"]), unique=True),
        "kept": st.booleans(),
        "amount": st.integers(0, 400).map(_money),
        "hours": st.integers(0, 30).map(lambda n: f"{n // 10}.{n % 10}"),
        "people": st.dictionaries(st.sampled_from(["members", "masses"]), st.integers(0, 5), min_size=1),
        "done": DAYS.map(dt.date.isoformat),
    },
)
_FIRM = st.fixed_dictionaries(
    {},
    optional={
        "employees": st.integers(0, 8),
        "covered": st.booleans(),
        "park": st.sampled_from(["east", "west"]),
    },
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World(CAMPAIGN, epoch=f"world {next(_NUMBERS)}")
    root = world.found(None, level="city")
    counties = [world.found(root, level="county") for _ in range(2)]
    for county in (*counties, counties[0]):
        world.found(county)
    for _ in range(draw(st.integers(3, 22))):
        _step(draw, world)
    return world


def _step(draw: st.DrawFn, world: World) -> None:
    step = draw(st.sampled_from(_STEPS))
    records = [r for r in world.records() if world.image(r, world.head()) is not None]
    if step == "deed":
        _file_deed(draw, world)
    elif step == "firm":
        organisation = draw(st.sampled_from(sorted(world.organisations)))
        world.file("firm", organisation, draw(DAYS), **draw(_FIRM))
    elif step in ("change", "withdraw") and records:
        record = draw(st.sampled_from(records))
        if step == "withdraw":
            world.withdraw(record, month=draw(st.sampled_from(["2010-06", "2010-09"])))
        else:
            _change(draw, world, record)
    elif step in ("found", "settle", "move", "merge", "close", "call"):
        _registry(draw, world, step)


def _file_deed(draw: st.DrawFn, world: World) -> None:
    values = draw(_DEED)
    firms = [r for r in world.records() if world.image(r, world.head()) and world.image(r, world.head()).kind == "firm"]
    if firms:
        values["firm"] = draw(st.sampled_from(firms))
    target = draw(_maybe(st.sampled_from(sorted(world.organisations))))
    if target is not None:
        values |= {"target": target, "subject": target}
    organisation, day = draw(st.sampled_from(sorted(world.organisations))), draw(DAYS)
    reviewer = draw(_maybe(st.just(1)))
    state, level = draw(st.sampled_from([("draft", 0), ("filed", 1), ("filed", 1), ("sent", 3)]))
    world.file("deed", organisation, day, state=state, level=level, reviewer=reviewer, **values)


def _change(draw: st.DrawFn, world: World, record: int) -> None:
    before = world.image(record, world.head())
    assert before is not None
    if before.kind == "firm":
        world.change(record, **draw(_FIRM))
        return
    entered = {**before.entered, "checked": draw(DAYS).isoformat()}
    moved = {"state": "checked", "level": 2, "entered": entered} if draw(st.booleans()) else {}
    world.change(record, month=draw(st.sampled_from(["2010-06", "2010-07"])), **draw(_DEED), **moved)


def _registry(draw: st.DrawFn, world: World, step: str) -> None:
    is_open = [o.id for o in world.organisations.values() if o.closed is None]
    root = next(iter(world.organisations))
    levels = {o: world.organisations[o].level for o in is_open if o != root}
    villages = [o for o, level in levels.items() if level in _OTHER_VILLAGE]
    counties = [o for o, level in levels.items() if level in _OTHER_COUNTY]
    units = [o for o, level in levels.items() if level == "unit"]
    # The tree changes forwards: the registry refuses a move from before the last one.
    days = [day for stay in (*world.places, *world.former) for day in (stay.since, stay.until)]
    last = max([FIRST, *(day for day in days if day is not None)])
    day = draw(st.dates(last, LAST))
    if step == "found":
        world.found(draw(st.sampled_from(counties)), since=draw(_maybe(st.just(day))))
    elif step == "settle":
        above = draw(st.sampled_from([*counties, *villages]))
        world.found(above, since=draw(_maybe(st.just(day))), level="unit", type="unit")
    elif step == "call":
        called = draw(st.sampled_from([*villages, *counties]))
        level = {**_OTHER_VILLAGE, **_OTHER_COUNTY}[levels[called]]
        changed = {"level": level} if draw(st.booleans()) else {}
        world.call(called, day, code=f"b{world.head():05d}", **changed)
    elif step == "move" and units and draw(st.booleans()):
        world.move(draw(st.sampled_from(units)), draw(st.sampled_from([*counties, *villages])), day)
    elif step == "move" and villages:
        world.move(draw(st.sampled_from(villages)), draw(st.sampled_from(counties)), day)
    elif step == "merge" and len(counties) > 1 and draw(st.booleans()):
        world.merge(counties[-1], counties[0], day)
    elif step == "merge" and len(villages) > 1:
        world.merge(villages[-1], villages[0], day)
    elif step == "close" and (childless := [each for each in villages if not _children(world, each)]):
        world.close(draw(st.sampled_from(childless)), day)


def _children(world: World, organisation: int) -> bool:
    place = world.open_place(organisation).id
    return any(each.parent == place and each.until is None for each in world.places)


@st.composite
def questions(draw: st.DrawFn, world: World, measures: tuple[str, ...] = tuple(MEASURES)) -> Asked:
    until = draw(DAYS)
    since = draw(_maybe(st.dates(FIRST, until)))
    return Asked(
        measure=draw(st.sampled_from(measures)),
        node=draw(st.sampled_from(sorted(world.organisations))),
        until=until,
        since=since,
        tree=draw(st.sampled_from(["then", "now"])),
    )
