"""Every engine answers as plain loops over the entries do, whatever happened to the tree and the records."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figures.conftest import Bench
from tests.figures.oracle import ADDITIVE, FLOWS, MEASURES, Asked, Oracle
from tests.figures.random_worlds import CAMPAIGN, LAST, questions, worlds
from xianfeng.figures.interface import Figures, Query
from xianfeng.figures.lake import Lake

EXAMPLES = settings(max_examples=25, report_multiple_bugs=False)


def query(asked: Asked, as_of: int | None = None) -> Query:
    return Query(
        scheme=CAMPAIGN.hash,
        measure=asked.measure,
        organisation=asked.node,
        until=asked.until,
        since=asked.since,
        tree=asked.tree,
        as_of=as_of,
    )


def as_of(draw: st.DataObject, head: int, node: int) -> int:
    """An entry at which the organisation was known already."""
    return draw.draw(st.integers(node, head), label="as of")


@EXAMPLES
@given(data=st.data())
def test_a_figure_is_what_the_entries_add_up_to(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    if data.draw(st.booleans(), label="in the lake"):
        Lake(bench.folder).extend(world, least=1)
        for _ in range(data.draw(st.integers(0, 3))):
            world.file("deed", 2, data.draw(questions(world)).until, kept=True)
    for _ in range(4):
        asked = data.draw(questions(world))
        at = as_of(data, world.head(), asked.node)
        oracle, figure = Oracle(world, at), engine.figure(query(asked, at))
        assert figure.value == oracle.value(asked), asked
        assert figure.as_of == at
        rule = MEASURES[asked.measure]
        if rule.shape in ("count", "sum", "latest", "distinct"):
            lines = oracle.lines(asked)
            levels = [line.image.level for line in lines if line.image]
            assert figure.records == len(lines)
            assert (figure.filed, figure.reviewed, figure.submitted) == tuple(levels.count(n) for n in (1, 2, 3))
        owed = oracle.is_owed(asked)
        assert figure.expected == (len(oracle.expected(asked)) if owed else None), asked
        assert figure.missing == (len(oracle.missing(asked)) if owed else None), asked
        assert set(engine.missing(query(asked, at))) == (set(oracle.missing(asked)) if owed else set()), asked


@EXAMPLES
@given(data=st.data())
def test_children_are_what_lies_under_each(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    for _ in range(3):
        asked = data.draw(questions(world))
        oracle = Oracle(world, world.head())
        rows = engine.breakdown(query(asked), "children")
        expected, missing = list(oracle.expected(asked).values()), list(oracle.missing(asked).values())
        for row in rows:
            assert row.figure.value == oracle.value(asked, lambda line, key=row.key: line.key == key), (asked, row.key)
            if oracle.is_owed(asked):
                owed = expected.count(row.key), missing.count(row.key)
                assert (row.figure.expected, row.figure.missing) == owed, (asked, row.key)
        if oracle.is_owed(asked):
            assert sum(row.figure.expected or 0 for row in rows) == len(expected), asked
        keys = [row.key for row in rows]
        assert len(keys) == len(set(keys))
        if asked.tree == "then":
            on = oracle.open_on(asked.until)
            below = {o for o, place in on.items() if oracle.key(place, asked.node, "then") == o != asked.node}
            assert below <= set(keys)
        _adds_up(engine, asked, [row.figure.value for row in rows])


@EXAMPLES
@given(data=st.data())
def test_many_organisations_at_once_are_the_figures_of_each(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    several = data.draw(st.lists(st.sampled_from(sorted(world.organisations)), max_size=9))
    first = several[0] if several else min(world.organisations)
    for _ in range(3):
        asked = replace(data.draw(questions(world)), tree="then", node=first)
        at = as_of(data, world.head(), max(several, default=first))
        column = engine.each(query(asked, at), several)
        alone = [engine.figure(query(replace(asked, node=node), at)).value for node in several]
        assert [column.at(row) for row in range(len(several))] == alone, asked


@EXAMPLES
@given(data=st.data())
def test_other_rows_add_up(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    oracle = Oracle(world, world.head())
    asked = data.draw(questions(world, ADDITIVE))
    for axis, field in (("level", ""), ("reviewer", ""), ("category", _category(asked.measure))):
        rows = engine.breakdown(query(asked), axis, field=field)
        _adds_up(engine, asked, [row.figure.value for row in rows])
        for row in rows:
            expected = _in_row(oracle, asked, axis, field, row.key)
            assert (row.figure.value or 0) == expected, (asked, axis, row.key)


@EXAMPLES
@given(data=st.data())
def test_months_are_figures_of_their_own(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    asked = data.draw(questions(world))
    rows = engine.breakdown(query(asked), "month")
    for row in rows[:: max(1, len(rows) // 3)]:
        alone = engine.figure(row.figure.query)
        assert (row.figure.value or 0) == (alone.value or 0), (asked, row.key)
    if asked.measure in FLOWS and MEASURES[asked.measure].shape != "distinct":
        _adds_up(engine, asked, [row.figure.value for row in rows])


@EXAMPLES
@given(data=st.data())
def test_the_records_behind_a_figure_add_up_to_it(bench: Bench, data: st.DataObject) -> None:
    world = data.draw(worlds())
    engine = bench.of(world)
    asked = data.draw(questions(world))
    figure, records, after = engine.figure(query(asked)), [], None
    while True:
        page = engine.trace(query(asked), after=after, limit=2)
        records += page.records
        after = page.next
        if after is None:
            break
    part = figure.numerator or figure
    total = sum((Decimal(each.value) for each in records), Decimal(0))
    assert total == (part.value or 0)
    assert len(records) == part.records
    assert [each.record for each in records] == sorted({each.record for each in records})
    oracle = Oracle(world, world.head())
    rule = MEASURES[asked.measure]
    if rule.shape in ("count", "sum", "latest", "coverage"):
        lines = oracle.lines(asked)
        assert [(each.record, each.value) for each in records] == [(x.image.record, x.value) for x in lines if x.image]


@EXAMPLES
@given(data=st.data())
def test_what_was_known_then_stays(bench: Bench, data: st.DataObject) -> None:
    """A figure as of an entry does not change by anything entered later; nor by what the lake holds."""
    world = data.draw(worlds())
    engine = bench.of(world)
    asked = [data.draw(questions(world)) for _ in range(3)]
    then = world.head()
    before = [engine.figure(query(each, then)) for each in asked]
    for _ in range(4):
        world.file("deed", data.draw(st.sampled_from(sorted(world.organisations))), asked[0].until, kept=True)
    late = world.found(1, level="county")
    moving = next(o.id for o in world.organisations.values() if o.closed is None and o.id not in (1, late))
    world.move(moving, late, LAST)
    if data.draw(st.booleans(), label="in the lake"):
        Lake(bench.folder).extend(world, least=1)
    assert [engine.figure(query(each, then)) for each in asked] == before


def _adds_up(engine: Figures, asked: Asked, values: list[Decimal | int | None]) -> None:
    if asked.measure in ADDITIVE:
        total = engine.figure(query(asked)).value
        assert sum((Decimal(value or 0) for value in values), Decimal(0)) == (total or 0), asked


def _category(measure: str) -> str:
    if MEASURES[measure].kind == "firm":
        return "park"
    return "people" if measure == "people" else "topic"


def _in_row(oracle: Oracle, asked: Asked, axis: str, field: str, key: object) -> Decimal:
    """What one row of an additive measure's breakdown adds up to."""
    total = Decimal(0)
    for line in oracle.lines(asked):
        assert line.image is not None
        if axis == "category" and field == "people":
            total += line.image.values["people"].get(key, 0)
        else:
            found = line.image.values.get(field) if axis == "category" else getattr(line.image, axis)
            total += line.value if found == key else 0
    return total
