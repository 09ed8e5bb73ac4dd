"""The organisations below by one measure: a table, bars and a map or tiles, always in the registry's order.

Nobody is ranked: the law leaves no room for leaderboards, and the order of the registry is the one people know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext

from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells, maps
from xianfeng.web.cells import Cell
from xianfeng.web.charts import Chart, Map, Place, Series
from xianfeng.web.figure import beside, evidence
from xianfeng.web.figure.beside import Parts
from xianfeng.web.figure.lines import SHARES, MeasureLine, bar, in_column
from xianfeng.web.figure.measures import missing, reviewed
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table

BARS = 60  # more than these are no picture any more
SHADES = 5


@dataclass(frozen=True)
class Child:
    """`code` '': the organisation itself, or organisations that are gone; they have no dashboard of their own."""

    id: int
    code: str
    name: str
    figure: Figure
    text: str
    link: str  # its figure
    below: str  # its dashboard
    beside: tuple[Cell, ...]  # what its figure is not shown without
    free: bool  # it has none and owes none, where others do


@dataclass(frozen=True)
class Tile:
    """`shade`: 1 for the least to 5 for the most; 0 where nothing is reported, or only at least how much."""

    child: Child
    shade: int


@dataclass(frozen=True)
class Children:
    table: Table
    bars: Chart | None
    map: Map | None
    tiles: tuple[Tile, ...]  # where no boundary is known


def opening(engine: Figures, lines: Iterable[MeasureLine]) -> MeasureLine | None:
    """With which a campaign's page begins: as the campaign lists them, the first of which there is something in more
    than one place below. That with most records would be one of slips, or of whatever else comes in heaps."""
    found = tuple(lines)
    busy = [line for line in found if line.figure.records]
    for line in busy:
        try:
            rows = engine.breakdown(line.query, "children")
        except Problem:  # a measure that has no parts by place
            continue
        if sum(row.figure.records > 0 for row in rows) > 1:
            return line
        if len(rows) < 2:  # nobody stands below
            break
    return next(iter(busy or found), None)


def children(
    engine: Figures, scheme: Scheme, measure: Measure, query: Query, *, at: str, here: str, as_of: int, seen: Scope
) -> Children | None:
    """None: nobody stands below. `at`: the organisation's code; `as_of`: the entry of the page's other figures; `here`:
    the address of a dashboard for this question, to which `at` is added."""
    rows = engine.breakdown(replace(query, as_of=as_of), "children")
    rows = evidence.rows(rows, scheme, measure, seen, query.organisation)
    near = beside.parts(engine, scheme, replace(query, as_of=as_of), "children", seen)
    named = tree.named([row.key for row in rows if isinstance(row.key, int)], query.until)
    free = evidence.free(rows)
    found = []
    for row in rows:
        node = named.get(row.key) if isinstance(row.key, int) else None
        below = node is not None and row.key != query.organisation
        name = gettext("已撤销或迁出的组织") if node is None else node.name if below else gettext("本级")
        found.append(
            Child(
                id=node.id if node else 0,
                code=node.code if node and below else "",
                name=name,
                figure=row.figure,
                text=in_column(row.figure, measure),
                link=addresses.figure(scheme, query, node.code) if node and below else "",
                below=f"{here}&at={node.code}" if node and below else "",
                beside=tuple(one.cell(row.key) for one in near),
                free=row.key in free,
            )
        )
    if not any(child.code for child in found):
        return None
    found.sort(key=lambda child: child.free)  # of whom nothing is asked: below the others
    placed = [child for child in found if child.code and not child.free]
    drawn = _map(measure, placed, query.organisation)
    return Children(
        table=_table(measure, found, addresses.figure(scheme, query, at), near),
        bars=_bars(measure, placed),
        map=drawn,
        tiles=() if drawn else _tiles(placed),
    )


def _table(measure: Measure, found: Sequence[Child], sources: str, near: Sequence[Parts]) -> Table:
    return Table(
        name="children",
        title=gettext("各地情况"),
        columns=(
            Column(gettext("组织")),
            Column(gettext("代码"), hidden=True),
            Column(measure.title, measure.unit, align="right"),
            *(one.column for one in near),
            Column(gettext("未报／应报"), gettext("个"), align="right"),
            Column(gettext("审核情况"), gettext("条")),
        ),
        rows=[
            (
                cells.text(child.name, link=child.below),
                cells.text(child.code),
                cells.unasked() if child.free else cells.figure(child.figure, child.text, link=child.link),
                *child.beside,
                missing(child.figure, f"{child.link}#missing" if child.link else ""),
                reviewed(child.figure),
            )
            for child in found
        ],
        sources=f"{sources}#definition",
        note=gettext("按登记顺序排列，不排名次，无报送要求的在后面；点名称往下看，点数字看依据"),
    )


def _bars(measure: Measure, found: Sequence[Child]) -> Chart | None:
    if not 1 < len(found) <= BARS or all(child.figure.value is None for child in found):
        return None
    return Chart(
        name="children-bars",
        title=measure.title,
        kind="ranking",
        labels=[bar(child.name, child.figure) for child in found],
        series=(Series(measure.title, [child.figure.value for child in found]),),
        unit="" if _is_share(measure) else measure.unit,
        percent=_is_share(measure),
        links=[child.below for child in found],
    )


def _map(measure: Measure, found: Sequence[Child], at: int) -> Map | None:
    """Boundaries are today's, and so are the codes by which they are found, whatever they were then."""
    rows = Organisation.objects.filter(id__in=[at, *(child.id for child in found)])
    codes = dict(rows.values_list("id", "code"))
    known = maps.known(codes[at])
    if len(known & set(codes.values())) < 2:
        return None
    return Map(
        name="children-map",
        title=measure.title,
        boundaries=maps.address(codes[at]),
        places=[
            Place(codes[child.id], child.name, child.figure.drawn, f"{child.text}{measure.unit}", child.below)
            for child in found
        ],
        unit="" if _is_share(measure) else measure.unit,
        percent=_is_share(measure),
        source=maps.source(),
    )


def _tiles(found: Sequence[Child]) -> tuple[Tile, ...]:
    if len(found) < 2:
        return ()
    values = sorted({child.figure.drawn for child in found if child.figure.drawn is not None})
    return tuple(Tile(child, _shade(child.figure.drawn, values)) for child in found)


def _shade(value: int | Decimal | None, values: Sequence[int | Decimal]) -> int:
    if value is None:
        return 0
    return 1 + min(values.index(value) * SHADES // len(values), SHADES - 1)


def _is_share(measure: Measure) -> bool:
    return measure.show.style in SHARES
