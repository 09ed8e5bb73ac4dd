"""What a figure says beside its number, and which questions have no answer."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.figures.conftest import Bench
from tests.figures.worlds import World, scheme
from xianfeng.figures import periods
from xianfeng.figures.interface import Figures, Query
from xianfeng.problems import Problem

CAMPAIGN = scheme()
MAY, DECEMBER = dt.date(2010, 5, 1), dt.date(2010, 12, 31)
CITY, EAST, WEST, HILL, LAKE, VALE = 1, 2, 3, 4, 5, 6


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """A city, two counties, two villages in the east and one in the west."""
    world = World(CAMPAIGN, epoch=request.node.nodeid)
    assert world.found(None, level="city") == CITY
    assert [world.found(CITY, level="county") for _ in range(2)] == [EAST, WEST]
    assert [world.found(county) for county in (EAST, EAST, WEST)] == [HILL, LAKE, VALE]
    return world


@pytest.fixture
def engine(bench: Bench, world: World) -> Figures:
    return bench.of(world)


def query(measure: str, organisation: int = CITY, **more: Any) -> Query:
    return Query(
        **{"scheme": CAMPAIGN.hash, "measure": measure, "organisation": organisation, "until": DECEMBER, **more}
    )


def test_not_reported_is_not_zero(engine: Figures, world: World) -> None:
    world.file("deed", HILL, MAY)
    by_county = {row.key: row.figure for row in engine.breakdown(query("deeds"), "children")}
    east, west = by_county[EAST], by_county[WEST]
    assert (east.value, east.expected, east.missing) == (1, 2, 1)
    assert (west.value, west.expected, west.missing) == (None, 1, 1)
    assert engine.missing(query("deeds")) == (LAKE, VALE)
    assert engine.missing(query("deeds"), after=LAKE) == (VALE,)


def test_a_report_that_says_none_is_a_report(engine: Figures, world: World) -> None:
    world.file("deed", VALE, MAY, kept=False)
    figure = engine.figure(query("kept", WEST))
    assert (figure.value, figure.records, figure.missing) == (0, 0, 0)


def test_what_nobody_owes_is_zero_and_an_unknown_stock_is_unknown(engine: Figures) -> None:
    calls, minutes = engine.figure(query("calls")), engine.figure(query("call_minutes"))
    assert (calls.value, calls.expected, calls.missing) == (0, None, None)
    assert (minutes.value, minutes.records) == (None, 0)


def test_only_records_that_match_meet_an_obligation(engine: Figures, world: World) -> None:
    """`kept` is owed by any deed, `recent` by a kept one only."""
    world.file("deed", VALE, MAY, kept=False)
    world.file("deed", HILL, MAY, kept=True)
    assert engine.missing(query("kept")) == (LAKE,)
    assert engine.missing(query("recent")) == (LAKE, VALE)


def test_who_is_bound_twice_is_expected_once_and_must_do_both(engine: Figures, world: World) -> None:
    """`doers` names no obligation: villages owe a deed and a kept one, counties one that went to a village."""
    world.file("deed", HILL, MAY, kept=False)
    world.file("deed", LAKE, MAY, kept=True)
    world.file("deed", EAST, MAY, target=EAST, subject=EAST)
    figure = engine.figure(query("doers"))
    assert (figure.expected, figure.missing) == (5, 4)
    assert engine.missing(query("doers")) == (EAST, WEST, HILL, VALE)
    world.file("deed", HILL, MAY, kept=True)
    world.file("deed", EAST, MAY, target=VALE, subject=VALE)
    assert engine.missing(query("doers")) == (WEST, VALE)


def test_a_coverage_tells_who_has_filed_none_of_what_covers(engine: Figures, world: World) -> None:
    """A village is covered by what others do for it; it is missing as long as it has itself kept no deed."""
    world.file("deed", HILL, MAY, kept=True, target=VALE, subject=VALE)
    by_county = {row.key: row.figure for row in engine.breakdown(query("served"), "children")}
    east, west = by_county[EAST], by_county[WEST]
    assert (east.value, east.expected, east.missing) == (None, 2, 1)
    assert (west.value, west.expected, west.missing) == (1, 1, 1)
    assert engine.missing(query("served", until=dt.date(2010, 4, 30))) == (HILL, LAKE, VALE)


def test_a_coverage_by_what_members_have_is_owed_by_who_lists_them(engine: Figures, world: World) -> None:
    world.file("firm", EAST, MAY, employees=9)
    by_county = {row.key: row.figure for row in engine.breakdown(query("covered_firms"), "children")}
    east, west = by_county[EAST], by_county[WEST]
    assert (east.value, east.expected, east.missing) == (0, 1, 0)
    assert (west.value, west.expected, west.missing) == (None, 1, 1)
    total = engine.figure(query("covered_firms"))
    assert (total.value, total.expected, total.missing) == (0, 2, 1)
    assert engine.missing(query("covered_firms")) == (WEST,)


def test_levels_tell_who_may_trust_it(engine: Figures, world: World) -> None:
    for state, level in (("filed", 1), ("checked", 2), ("sent", 3), ("draft", 0)):
        world.file("deed", HILL, MAY, state=state, level=level, reviewer=EAST if level > 1 else None)
    figure = engine.figure(query("deeds"))
    assert (figure.value, figure.filed, figure.reviewed, figure.submitted) == (3, 1, 1, 1)
    assert [(row.key, row.figure.value) for row in engine.breakdown(query("deeds"), "level")] == [
        (1, 1),
        (2, 1),
        (3, 1),
    ]
    assert [(r.key, r.figure.value) for r in engine.breakdown(query("deeds"), "reviewer")] == [(EAST, 2), (None, 1)]


def test_categories_come_in_the_scheme_s_order_and_are_all_there(engine: Figures, world: World) -> None:
    world.file("deed", HILL, MAY, topic="service", means=["visit", "call"], people={"members": 2})
    world.file("deed", HILL, MAY, people={"masses": 3})

    def rows(measure: str, field: str) -> list[tuple[object, object]]:
        found = engine.breakdown(query(measure), "category", field=field)
        return [(row.key, row.figure.value) for row in found]

    assert rows("deeds", "topic") == [("work", 0), ("service", 1), ("other", 0), (None, 1)]
    assert rows("deeds", "means") == [("visit", 1), ("letter", 0), ("call", 1), (None, 1)]
    assert rows("people", "people") == [("members", 2), ("masses", 3)]
    assert rows("deeds", "kept") == [(True, 0), (False, 0), (None, 2)]


def test_months_without_work_are_there_too(engine: Figures, world: World) -> None:
    world.file("deed", HILL, dt.date(2010, 3, 31))
    world.file("deed", HILL, dt.date(2010, 5, 1))
    rows = engine.breakdown(query("deeds", until=dt.date(2010, 6, 15)), "month")
    assert [(row.key.month, row.figure.value) for row in rows if isinstance(row.key, dt.date)] == [
        (3, 1),
        (4, 0),
        (5, 1),
        (6, 0),
    ]
    assert rows[-1].figure.query.until == dt.date(2010, 6, 15)


FIRST, LAST = dt.date.min, dt.date.max


@pytest.mark.parametrize("measure", ["deeds", "stock", "served", "kept_rate", "growth"])
def test_months_are_those_in_which_the_scheme_runs(engine: Figures, world: World, measure: str) -> None:
    """However long a period is asked for, even to the ends of the calendar."""
    rows = engine.breakdown(query(measure, since=FIRST, until=LAST), "month")
    assert [row.key for row in rows] == [dt.date(2010 + n // 12, n % 12 + 1, 1) for n in range(36)]
    assert engine.breakdown(query(measure, since=dt.date(2013, 1, 1), until=LAST), "month") == ()


def test_work_outside_the_scheme_s_run_has_its_month(engine: Figures, world: World) -> None:
    for day in (dt.date(1949, 10, 1), MAY, LAST):
        world.file("deed", HILL, day)
    rows = engine.breakdown(query("deeds", until=LAST), "month")
    assert (rows[0].key, rows[1].key, rows[-1].key) == (dt.date(1949, 10, 1), dt.date(2010, 1, 1), dt.date(9999, 12, 1))
    assert len(rows) == 38
    assert sum(row.figure.records for row in rows) == 3


def test_a_series_has_an_end(world: World) -> None:
    long = replace(CAMPAIGN, since=dt.date(1990, 1, 1), until=dt.date(2009, 12, 31))
    assert len(periods.months(long, None, LAST)) == periods.MOST
    with pytest.raises(Problem) as refused:
        periods.months(replace(long, until=dt.date(2010, 1, 1)), None, LAST)
    assert refused.value.code == "figures.months"


def test_a_ratio_says_what_it_is_of(engine: Figures, world: World) -> None:
    for kept in (True, True, False):
        world.file("deed", HILL, MAY, kept=kept)
    figure = engine.figure(query("kept_rate"))
    assert figure.value == Decimal("0.666667")
    assert figure.numerator is not None
    assert figure.denominator is not None
    assert (figure.numerator.value, figure.denominator.value, figure.records) == (2, 3, 2)


def test_children_are_those_of_the_day_and_whoever_had_something(engine: Figures, world: World) -> None:
    world.file("deed", HILL, MAY)
    world.move(HILL, WEST, dt.date(2010, 6, 1))
    then = engine.breakdown(query("deeds", EAST), "children")
    assert [(row.key, row.figure.value) for row in then] == [(HILL, 1), (LAKE, None)]
    now = engine.breakdown(query("deeds", WEST, tree="now"), "children")
    assert [(row.key, row.figure.value) for row in now] == [(HILL, 1), (VALE, None)]
    assert [row.key for row in engine.breakdown(query("deeds", WEST), "children")] == [HILL, VALE]


def test_work_at_the_organisation_itself_is_a_row(engine: Figures, world: World) -> None:
    world.file("firm", EAST, MAY)
    rows = engine.breakdown(query("firms", EAST), "children")
    assert [(row.key, row.figure.value) for row in rows] == [(HILL, 0), (LAKE, 0), (EAST, 1)]
    assert [(row.figure.expected, row.figure.missing) for row in rows] == [(0, 0), (0, 0), (1, 0)]


def test_what_the_organisation_itself_owes_is_a_row_before_anything_is_there(engine: Figures) -> None:
    rows = engine.breakdown(query("firms", EAST), "children")
    assert [(row.key, row.figure.value, row.figure.missing) for row in rows] == [
        (HILL, 0, 0),
        (LAKE, 0, 0),
        (EAST, None, 1),
    ]


def test_several_figures_are_as_of_one_entry(engine: Figures, world: World) -> None:
    world.file("deed", HILL, MAY)
    first, second = engine.figures([query("deeds"), query("kept", as_of=3)])
    assert (first.as_of, second.as_of) == (world.head(), 3)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda engine: engine.figure(query("nothing")), "figures.unknown_measure"),
        (lambda engine: engine.figure(query("deeds", 99)), "figures.unknown_organisation"),
        (lambda engine: engine.figure(query("deeds", HILL, as_of=2)), "figures.unknown_organisation"),
        (lambda engine: engine.figure(query("deeds", as_of=999)), "figures.as_of"),
        (lambda engine: engine.figure(query("deeds", since=DECEMBER, until=MAY)), "figures.period"),
        (lambda engine: engine.breakdown(query("deeds"), "category", field="amount"), "figures.category"),
        (lambda engine: engine.breakdown(query("deeds"), "category", field="nothing"), "figures.category"),
        (lambda engine: engine.breakdown(query("deeds"), "category", field="people"), "figures.axis"),
        (lambda engine: engine.breakdown(query("served"), "level"), "figures.axis"),
        (lambda engine: engine.breakdown(query("served"), "category", field="name"), "figures.category"),
    ],
)
def test_a_question_without_an_answer_is_told_so(engine: Figures, ask: Callable[[Figures], object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        ask(engine)
    assert refused.value.code == code


def test_threads_ask_at_the_same_time(engine: Figures, world: World) -> None:
    for _ in range(5):
        world.file("deed", HILL, MAY, amount="1.00", done="2010-05-02")
    found: list[object] = []

    def ask(organisation: int) -> None:
        for measure in ("deeds", "amount", "doers", "kept_rate", "active"):
            found.append((organisation, measure, engine.figure(query(measure, organisation)).value))

    threads = [threading.Thread(target=ask, args=(organisation,)) for organisation in (CITY, EAST, HILL, CITY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert found.count((CITY, "amount", Decimal("5.00"))) == 2


def test_who_asks_no_figure_imports_no_engine() -> None:
    script = (
        "import sys, json, django; django.setup(); from xianfeng import figures; import xianfeng.figures.interface;"
        "print(json.dumps([name for name in ('duckdb', 'ibis', 'pyarrow') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout) == []


def test_the_engine_loads_no_pandas() -> None:
    """Nor does what Arrow converts afterwards."""
    script = (
        "import sys, django; django.setup(); from xianfeng import figures; figures.engine();"
        "import pyarrow; pyarrow.array(['一']); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_a_trace_can_be_asked_among_some_records_only(engine: Figures, world: World) -> None:
    records = [world.file("deed", village, MAY) for village in (HILL, LAKE, VALE)]
    found = engine.trace(query("deeds", EAST), among=[records[1], records[2], 999]).records
    assert [each.record for each in found] == [records[1]]
    assert engine.trace(query("deeds"), among=[]).records == ()
