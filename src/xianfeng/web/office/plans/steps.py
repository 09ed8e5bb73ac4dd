"""The steps of a plan as tables: as they stand, and under another date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xianfeng.calendars import wording
from xianfeng.plans.moving import Moved
from xianfeng.plans.planned import Planned
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.office.plans import lights
from xianfeng.web.tables import Column, Table
from xianfeng.web.templatetags.xianfeng import listed


def table(one: Planned) -> Table:
    columns = (
        Column(_("步骤")),
        Column(_("要多久")),
        Column(_("在哪些步骤之后")),
        Column(_("最迟开始")),
        Column(_("最迟完成")),
        Column(_("办完")),
        Column(_("预计完成")),
        Column(_("情况")),
        Column(_("说明")),
    )
    rows = []
    for step in one.standing.steps.values():
        stage = step.stage
        rows.append(
            (
                cells.text(stage.step.title),
                cells.text(translated(wording.length(stage.step.takes))),
                cells.text(listed(one.plan.steps[name].title for name in stage.step.after)),
                cells.day(stage.first),
                cells.day(stage.last),
                cells.day(step.done) if step.done else cells.text(""),
                cells.day(step.foreseen) if step.foreseen else cells.text("" if step.done else "—"),
                lights.cell(step.light),
                cells.text(step.why),
            )
        )
    return Table("steps", _("各步骤"), columns, rows)


def shifts(moved: Moved) -> Table:
    columns = (
        Column(_("步骤")),
        Column(_("原定最迟完成")),
        Column(_("改后最迟完成")),
        Column(_("移动"), _("工作日"), align="right"),
        Column(_("改后情况")),
        Column(_("说明")),
    )
    rows = [
        (
            cells.text(shift.after.stage.step.title),
            cells.day(shift.before.stage.last),
            cells.day(shift.after.stage.last),
            cells.number(shift.by),
            lights.cell(shift.after.light),
            cells.text(shift.words),
        )
        for shift in moved.shifts
    ]
    return Table("shifts", _("改期以后的各步骤"), columns, rows, level=3)
