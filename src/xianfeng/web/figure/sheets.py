"""A figure and its parts as tables and pictures: what their columns are, and how each value stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from xianfeng.figures.interface import Figure
from xianfeng.registry.tree import Node
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.titles import RANKS
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.charts import Chart, Series
from xianfeng.web.figure.breakdowns import Breakdown, Line
from xianfeng.web.figure.lines import MeasureLine, bar
from xianfeng.web.tables import Column, Table

RECORDS = Column(gettext_lazy("记录"), gettext_lazy("条"), align="right")
MISSING = Column(gettext_lazy("未报组织"), gettext_lazy("个"), align="right")


def missing(figure: Figure) -> Cell:
    """How many have not reported; that nobody has to is something else than none."""
    if figure.missing is None:
        return cells.unasked()
    return cells.number(figure.missing)


def part(name: str, parts: Breakdown, measure: Measure, sources: str) -> Table:
    """A figure by organisations, categories or months."""
    near = (one.column for one in parts.beside)
    columns = (Column(parts.head), Column(measure.title, measure.unit, align="right"), *near, RECORDS)
    return Table(
        name=name,
        title=parts.title,
        columns=(*columns, MISSING) if parts.missing else columns,
        rows=[_part(row, parts) for row in parts.rows],
        sources=sources,
        stack=parts.missing,
    )


def _part(row: Line, parts: Breakdown) -> tuple[Cell, ...]:
    line = (
        cells.text(row.label, link=row.link),
        cells.unasked() if row.free else cells.figure(row.figure, row.text, digits=row.exact),
        *(one.cell(row.key) for one in parts.beside),
        cells.number(row.figure.records),
    )
    return (*line, missing(row.figure)) if parts.missing else line


def months(parts: Breakdown, measure: Measure) -> Chart:
    values = [row.figure.value for row in parts.rows]
    return Chart(
        name="months",
        title=f"{measure.title} · {parts.title}",
        kind="bar",
        labels=[bar(row.label, row.figure) for row in parts.rows],
        series=(Series(measure.title, values),),
        unit=measure.unit,
        percent=any(row.text.endswith("%") for row in parts.rows),
    )


def bars(parts: Breakdown, measure: Measure) -> Chart:
    """In the registry's order: nobody is ranked."""
    rows = [row for row in parts.rows if not row.free]
    return Chart(
        name="bars",
        title=f"{measure.title} · {parts.title}",
        kind="ranking",
        labels=[bar(row.label, row.figure) for row in rows],
        series=(Series(measure.title, [row.figure.value for row in rows]),),
        unit=measure.unit,
        percent=any(row.text.endswith("%") for row in rows),
        links=[row.link for row in rows],
    )


def lacking(nodes: Sequence[Node], whole: int, sources: str) -> Table:
    """Who has not reported; `whole`: how many there are, of whom these are the first."""
    note = gettext("共 %(whole)s 个，先列 %(shown)s 个；下载的表里是全部") % {"whole": whole, "shown": len(nodes)}
    return Table(
        name="missing",
        title=gettext("还没有报的组织"),
        columns=(Column(gettext("名称")), Column(gettext("代码"))),
        rows=[
            (cells.text(node.name, link=reverse("organisation", args=[node.code])), cells.text(node.code))
            for node in nodes
        ],
        note=note if len(nodes) < whole else "",
        sources=sources,
        stack=False,
    )


def reviewers(lines: Iterable[Line]) -> Table:
    return Table(
        name="reviewers",
        title=gettext("审核最多的组织"),
        columns=(Column(gettext("组织")), RECORDS),
        rows=[(cells.text(line.label), cells.number(line.figure.records)) for line in lines],
        level=3,
        stack=False,
    )


def records(rows: Sequence[tuple[Cell, ...]], unit: str, sources: str) -> Table:
    return Table(
        name="records",
        title=gettext("背后的记录"),
        columns=(
            Column(gettext("编号")),
            Column(gettext("填报组织")),
            Column(gettext("活动")),
            Column(gettext("日期")),
            Column(gettext("状态")),
            Column(gettext("审核")),
            Column(gettext("计入"), unit, align="right"),
        ),
        rows=rows,
        sources=sources,
        empty=gettext("没有记录。"),
        head=1,
    )


def level(rank: int) -> Cell:
    return cells.text(RANKS.get(rank, ""))


def measures(lines: Sequence[MeasureLine], scheme: Scheme, at: Node) -> Table:
    """Their targets in a column, where the campaign has set any."""
    targets = any(line.aim for line in lines)
    columns = [Column(gettext("指标")), Column(gettext("数据"), align="right"), Column(gettext("单位"))]
    if targets:
        columns.append(Column(gettext("目标"), align="right"))
    return Table(
        name="measures",
        title=gettext("数据"),
        columns=(*columns, RECORDS, MISSING),
        rows=[_measure(line, scheme, at, targets=targets) for line in lines],
        anchors=[f"measures.{line.measure.name}" for line in lines],
        note=gettext("点开指标，看统计口径、各地情况和背后的记录"),
    )


def _measure(line: MeasureLine, scheme: Scheme, at: Node, *, targets: bool) -> tuple[Cell, ...]:
    address = f"{reverse('figure_at', args=[scheme.name, line.measure.name, at.code])}?version={scheme.hash}"
    return (
        cells.text(line.measure.title, link=address),
        replace(cells.figure(line.figure, line.text, digits=line.exact), note=line.beside),
        cells.text(line.measure.unit),
        *([cells.text(line.aim)] if targets else []),
        cells.number(line.figure.records),
        missing(line.figure),
    )
