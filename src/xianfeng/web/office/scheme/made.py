"""What becomes of a task table: what was understood of a row, what was guessed, who will owe what, what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.scheme.definition import define
from xianfeng.scheme.editing.changing import fault_path
from xianfeng.scheme.explain import pages
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.start import Tasks
from xianfeng.web import cells, language
from xianfeng.web.bound import called
from xianfeng.web.cells import Look
from xianfeng.web.figure.lines import target_text
from xianfeng.web.office.scheme import weights
from xianfeng.web.office.scheme.drafts import Draft
from xianfeng.web.tables import Column, Table

_ROW = re.compile(r"(?:row|task|goal)_(\d+)")


@dataclass(frozen=True)
class Made:
    """`faults`: what keeps it from being adopted; the other tables are empty then."""

    scheme: Scheme | None
    rows: Table
    doubts: Table
    faults: Table | None
    obligations: Table | None
    measures: Table | None
    burden: Table | None


def made(tasks: Tasks, loaded: Scheme | Faults, draft: Draft) -> Made:
    scheme = loaded if isinstance(loaded, Scheme) else None
    return Made(
        scheme=scheme,
        rows=_rows(tasks),
        doubts=_doubts(tasks),
        faults=None if isinstance(loaded, Scheme) else _faults(tasks, loaded, draft),
        obligations=_obligations(scheme) if scheme else None,
        measures=_measures(scheme) if scheme else None,
        burden=weights.by_role(scheme, called(scheme), adopted=False) if scheme else None,
    )


def _rows(tasks: Tasks) -> Table:
    columns = (Column(_("行")), Column(_("任务")), Column(_("责任单位")), Column(_("读作")), Column(_("要核对")))
    rows = [
        (
            cells.text(task.row),
            cells.text(task.title),
            cells.text(task.lead),
            cells.text(task.read),
            cells.text(gettext("%(n)s 处") % {"n": len(task.doubts)}, look=Look.ATTENTION)
            if task.doubts
            else cells.text(gettext("清楚"), look=Look.DONE),
        )
        for task in tasks.tasks
    ]
    return Table("rows", gettext("读到的任务"), columns, rows, head=1)


def _doubts(tasks: Tasks) -> Table:
    """By cell, as the sheet calls it."""
    rows = [
        (cells.text(tasks.cell(task.row, doubt.column)), cells.text(task.title), cells.text(doubt.words))
        for task in tasks.tasks
        for doubt in task.doubts
    ]
    rows += [(cells.text("—"), cells.text(""), cells.text(words)) for words in tasks.left]
    columns = (Column(_("单元格")), Column(_("任务")), Column(_("请核对")))
    return Table(
        "doubts",
        gettext("要核对的地方"),
        columns,
        rows,
        note=gettext("可以改好表格重新上传，也可以建立以后再改。"),
        empty=gettext("每一格都读懂了。"),
    )


def _faults(tasks: Tasks, faults: Faults, draft: Draft) -> Table:
    """Beside the row that a refused thing was made of."""
    columns = (Column(_("单元格")), Column(_("任务")), Column(_("问题")), Column(_("怎么改")))
    titles = {task.row: task.title for task in tasks.tasks}
    rows = []
    for fault in faults:
        found = next(_numbers(fault_path(draft.files, fault)), 0)
        place = tasks.cell(found, "often" if "often" in tasks.columns else "goal") if found else "—"
        told = (fault.text(language.explaining()), fault.advice(language.explaining()))
        rows.append((cells.text(place), cells.text(titles.get(found, "")), *map(cells.text, told)))
    return Table("faults", gettext("要改的地方"), columns, rows)


def _numbers(path: tuple[str | int, ...]) -> Iterator[int]:
    for step in path:
        if found := _ROW.fullmatch(str(step)):
            yield int(found[1])


def _obligations(scheme: Scheme) -> Table:
    columns = (Column(_("谁")), Column(_("工作要求")), Column(_("做什么、多久一次")), Column(_("依据")))
    names = called(scheme)
    rows = [
        (
            cells.text(pages.whom(scheme, rule, language.explaining(), names)),
            cells.text(rule.title),
            cells.text(pages.demand(scheme, rule, language.explaining(), names)),
            cells.text(rule.local),
        )
        for rule in scheme.obligations.values()
    ]
    return Table(
        "obligations", gettext("谁要做什么"), columns, rows, empty=gettext("表里没有责任单位，没有写工作要求。")
    )


def _measures(scheme: Scheme) -> Table:
    columns = (Column(_("统计指标")), Column(_("统计口径")), Column(_("目标")))
    rows = [
        (
            cells.text(measure.title),
            cells.text(define(scheme, measure.name).told),
            cells.text(target_text(measure, measure.target)),
        )
        for measure in scheme.measures.values()
    ]
    return Table("counted", gettext("统计什么"), columns, rows)
