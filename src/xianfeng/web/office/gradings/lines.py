"""The lines of a proposal as a table: points, class and why, what was before, what is decided or can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng.gradings import previous
from xianfeng.gradings.deciding import Decision
from xianfeng.gradings.models import ProposalLine
from xianfeng.gradings.telling import titles, told
from xianfeng.registry import tree
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.office.gradings.finding import Opened
from xianfeng.web.record.decided import reasons
from xianfeng.web.tables import Column, Table


def lines_table(
    opened: Opened, lines: Sequence[ProposalLine], decided: Mapping[int, Decision], *, decides: bool
) -> Table:
    names = tree.named([line.organisation_id for line in lines], opened.proposal.until)
    called = titles(opened.scheme, opened.rule)
    before = previous.classes(opened.proposal, [line.organisation_id for line in lines])
    columns = (
        Column(gettext("组织")),
        Column(gettext("得分"), align="right"),
        Column(gettext("建议等级")),
        Column(gettext("依据")),
        Column(gettext("上次")),
        Column(gettext("确定等级")),
        Column(gettext("与建议不一致的理由")),
    )
    rows = []
    for line in lines:
        at = line.organisation_id
        why = told(opened.scheme, opened.rule, line)
        rows.append(
            (
                cells.text(names[at].name, link=reverse("grading_line", args=[opened.proposal.id, at])),
                cells.nothing() if why.total is None else cells.at_least(why.total, is_floor=why.is_floor),
                cells.text(called[line.grade]) if line.grade else cells.text(gettext("没有建议"), look=Look.ATTENTION),
                cells.text(reasons(why)),
                cells.text(called.get(before.get(at, ""), "")),
                *_decision(opened, called, line, decided.get(at), names[at].name, decides=decides),
            )
        )
    return Table("lines", opened.rule.title, columns, rows, empty=gettext("没有这一等的组织。"))


def _decision(
    opened: Opened, called: Mapping[str, str], line: ProposalLine, held: Decision | None, name: str, *, decides: bool
) -> tuple[Cell, Cell]:
    if held is None:
        if not decides:
            return cells.text(gettext("还没有确定"), look=Look.TAG), cells.text("")
        at = line.organisation_id
        choices = _choices(called, at, gettext("%(name)s，确定等级") % {"name": name})
        label = gettext("%(name)s，理由") % {"name": name}
        reason = format_html('<input type="text" name="r-{}" maxlength="500" aria-label="{}">', at, label)
        return cells.text("", beside=choices), cells.text("", beside=reason)
    state = opened.scheme.kinds[opened.rule.kind].flow.states[held.state]
    look = Look.ATTENTION if held.departs else Look.PLAIN
    note = translated(state.title)
    return (
        cells.text(
            called.get(held.grade, held.grade), link=reverse("record", args=[held.record]), note=note, look=look
        ),
        cells.text(held.because),
    )


def _choices(called: Mapping[str, str], at: int, label: str) -> SafeString:
    options = format_html_join("", '<option value="{}">{}</option>', called.items())
    form = '<select name="g-{}" aria-label="{}"><option value="">{}</option>{}</select>'
    return format_html(form, at, label, gettext("暂不确定"), options)
