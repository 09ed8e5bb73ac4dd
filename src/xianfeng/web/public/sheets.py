"""The tables of organisations and bulletins: what their columns are, and how each value stands in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.bulletins.corrections import Correction
from xianfeng.registry.models import Affiliation, Designation
from xianfeng.registry.tree import Node
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.public.issues import Issue
from xianfeng.web.tables import Column, Table
from xianfeng.web.templatetags.xianfeng import exact


@dataclass(frozen=True)
class RecordLine:
    id: int
    kind: str
    day: dt.date
    state: str


def children(nodes: Iterable[Node]) -> Table:
    return Table(
        name="children",
        title=gettext("下级组织"),
        columns=(Column(gettext("名称")), Column(gettext("代码"))),
        rows=[
            (cells.text(node.name, link=reverse("organisation", args=[node.code])), cells.text(node.code))
            for node in nodes
        ],
        stack=False,
    )


def former(rows: Iterable[Designation]) -> Table:
    """What an organisation was called before, and until when."""
    return Table(
        name="former",
        title=gettext("曾用名称和代码"),
        columns=(Column(gettext("名称")), Column(gettext("代码")), Column(gettext("起")), Column(gettext("止"))),
        rows=[(cells.text(row.name), cells.text(row.code), _open_day(row.since), cells.day(row.until)) for row in rows],
        level=3,
    )


def superiors(rows: Iterable[Affiliation], named: Mapping[int, Node]) -> Table:
    """Whom it belonged to, from when to when; those beside the one that counts are said to be so."""
    return Table(
        name="superiors",
        title=gettext("隶属关系"),
        columns=(Column(gettext("上级")), Column(gettext("关系")), Column(gettext("起")), Column(gettext("止"))),
        rows=[_superior(row, named[row.parent_id]) for row in rows if row.parent_id],
        level=3,
    )


def _superior(row: Affiliation, parent: Node) -> tuple[Cell, ...]:
    return (
        cells.text(parent.name, link=reverse("organisation", args=[parent.code])),
        cells.text(gettext("隶属") if row.relation == "counting" else gettext("参与")),
        _open_day(row.since),
        _open_day(row.until),
    )


def _open_day(day: dt.date | None) -> Cell:
    return cells.day(day) if day else cells.text("")


def latest(lines: Iterable[RecordLine]) -> Table:
    return Table(
        name="records",
        title=gettext("最近的记录"),
        columns=(Column(gettext("编号")), Column(gettext("台账")), Column(gettext("日期")), Column(gettext("状态"))),
        rows=[
            (
                cells.text(line.id, link=reverse("record", args=[line.id])),
                cells.text(line.kind),
                cells.day(line.day),
                cells.text(line.state),
            )
            for line in lines
        ],
    )


def issues(series: str, lines: Iterable[Issue], at: int) -> Table:
    return Table(
        name=f"series-{at}",
        title=series,
        columns=(
            Column(gettext("期号")),
            Column(gettext("标题")),
            Column(gettext("印发日期")),
            Column(gettext("锁数顺序号"), align="right"),
        ),
        rows=[_issue(line) for line in lines],
        head=1,
    )


def corrections(found: Iterable[Correction]) -> Table:
    """What a closed bulletin would say today, and for which records."""
    listed = list(found)
    as_of = max((one.as_of for one in listed), default=0)
    return Table(
        name="corrections",
        title=gettext("定稿后的更正"),
        note=gettext("印发的文字不改，今天的数在这里（截至第 %(seq)s 条办理记录）") % {"seq": exact(as_of)},
        columns=(
            Column(gettext("数据")),
            Column(gettext("印发"), align="right"),
            Column(gettext("今天"), align="right"),
            Column(gettext("变动的记录")),
        ),
        rows=[
            (
                cells.text(one.wording.title),
                cells.text(one.source.text),
                cells.text(one.text),
                cells.linked((str(change.record), reverse("record", args=[change.record])) for change in one.changes),
            )
            for one in listed
        ],
    )


def _issue(line: Issue) -> tuple[Cell, ...]:
    address = reverse("bulletin", args=[line.scheme, line.name])
    return (
        cells.text(gettext("第%(number)s期") % {"number": line.number}),
        cells.text(line.title, link=address, note=line.special),
        cells.day(line.issued),
        cells.number(line.as_of),
    )
