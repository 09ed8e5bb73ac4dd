"""What a campaign asks of each role in a year, in forms and estimated minutes, and what of it nothing uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.scheme import titles
from xianfeng.scheme.burden import Burden, burdens
from xianfeng.scheme.explain import pages
from xianfeng.scheme.needless import needless
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells, language
from xianfeng.web.bound import called
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column, Table

_COLUMNS = (
    Column(_("谁")),
    Column(_("工作要求")),
    Column(_("一年至少"), _("份"), align="right"),
    Column(_("每份要填"), _("项"), align="right"),
    Column(_("预先填好"), _("项"), align="right"),
    Column(_("一份约需"), _("分钟"), align="right"),
    Column(_("一年约需"), _("分钟"), align="right"),
    Column(_("意见")),
)


def by_role(scheme: Scheme, names: Mapping[str, str], *, adopted: bool = True) -> Table:
    """Every obligation's burden, those of one role together, the heaviest role first; links once it is adopted.
    `names`: of the organisations that are bound by code."""
    rows: list[tuple[Cell, ...]] = []
    for role, owed in _roles(scheme, names):
        rows += [_row(scheme, role, each, adopted) for each in owed]
        if len(owed) > 1:
            rows.append(_sum(role, owed))
    return Table(
        "burden",
        gettext("一年的填报负担"),
        _COLUMNS,
        rows,
        note=gettext("按工作要求和表里的项目估算；实际用时以填报人反映为准。"),
        empty=gettext("这个活动没有规定谁要定期填报。"),
    )


def beside(old: Scheme, new: Scheme) -> Table:
    """The burden by role before and after."""
    each = [_roles(scheme, called(scheme)) for scheme in (old, new)]
    before, after = ({role: _minutes(owed) for role, owed in roles} for roles in each)
    forms = [{role: sum(b.least for b in owed) for role, owed in roles} for roles in each]
    columns = (
        Column(_("谁")),
        Column(_("现在一年"), _("份"), align="right"),
        Column(_("改后一年"), _("份"), align="right"),
        Column(_("现在一年约"), _("分钟"), align="right"),
        Column(_("改后一年约"), _("分钟"), align="right"),
    )
    rows = [
        (
            cells.text(role),
            *(cells.number(each.get(role, 0)) for each in forms),
            *(cells.number(each.get(role, 0)) for each in (before, after)),
        )
        for role in dict.fromkeys((*before, *after))
    ]
    return Table("burden", gettext("一年的填报负担"), columns, rows, empty=gettext("没有规定谁要定期填报。"))


def droppable(scheme: Scheme) -> Table:
    """Questions that nothing reads, of the registers that somebody owes, with the minutes they take."""
    owed = dict.fromkeys(rule.kind for rule in scheme.obligations.values())
    rows = []
    for name in owed:
        kind = scheme.kinds[name]
        if fields := needless(scheme, kind):
            required = [field.title for field in fields if field.required]
            rows.append(
                (
                    cells.text(kind.title, link=f"#kinds.{name}"),
                    cells.text(titles.listed(field.title for field in fields)),
                    cells.text(titles.listed(required)),
                )
            )
    columns = (Column(_("台账")), Column(_("没有指标、校验和公开页面用到的项目")), Column(_("其中必填的")))
    return Table(
        "droppable",
        gettext("可以考虑不问的"),
        columns,
        rows,
        note=gettext("是否保留由办公室决定：有的内容本身就要留存。"),
        empty=gettext("要填的每一项都有用处。"),
    )


def _roles(scheme: Scheme, names: Mapping[str, str]) -> list[tuple[str, list[Burden]]]:
    def role(burden: Burden) -> str:
        about = gettext("（对每个下级）") if burden.each_subordinate else ""
        return pages.whom(scheme, scheme.obligations[burden.obligation], language.explaining(), names) + about

    together = [(name, list(owed)) for name, owed in groupby(sorted(burdens(scheme), key=role), role)]
    return sorted(together, key=lambda pair: -_minutes(pair[1]))


def _minutes(owed: Iterable[Burden]) -> int:
    return sum(burden.minutes for burden in owed)


def _row(scheme: Scheme, role: str, burden: Burden, adopted: bool) -> tuple[Cell, ...]:
    about = f"#obligations.{burden.obligation}" if adopted else ""
    complaint = f"{reverse('burden', args=[scheme.name, burden.kind])}?obligation={burden.obligation}"
    return (
        cells.text(role),
        cells.text(burden.title, link=about),
        cells.number(burden.least),
        cells.number(burden.typed),
        cells.number(burden.prefilled),
        cells.number(burden.minutes_each),
        cells.number(burden.minutes),
        cells.text(gettext("太重了"), link=complaint) if adopted else cells.text(""),
    )


def _sum(role: str, owed: list[Burden]) -> tuple[Cell, ...]:
    blank = cells.text("")
    return (
        cells.text(role),
        cells.text(gettext("合计")),
        cells.number(sum(burden.least for burden in owed)),
        blank,
        blank,
        blank,
        cells.number(_minutes(owed)),
        blank,
    )
