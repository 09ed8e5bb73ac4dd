"""A checked draft before it is adopted: what changes, what is owed then, which figures and records it meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.duties import expanding
from xianfeng.duties.expanding import Expanded
from xianfeng.duties.models import Round
from xianfeng.ledger.models import Record
from xianfeng.scheme.diff import Change, changes
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells
from xianfeng.web.office.scheme import differences, weights
from xianfeng.web.tables import Column, Table


@dataclass(frozen=True)
class Preview:
    changes: Table
    breaking: int
    definitions: Table
    burden: Table
    duties: Table
    records: Table
    same: bool


def preview(old: Scheme, new: Scheme) -> Preview:
    found = changes(old, new)
    return Preview(
        changes=differences.table(old, new, found),
        breaking=sum(each.breaks for each in found),
        definitions=differences.definitions(old, new),
        burden=weights.beside(old, new),
        duties=_duties(_expanded(new) if found else ()),
        records=_records(old, found),
        same=not found,
    )


def _expanded(new: Scheme) -> tuple[Expanded, ...]:
    """Nothing of a campaign whose duties were never made: the first making is no change of this version's."""
    made = Round.objects.filter(scheme=new.name, seq__gt=0).exists()
    return expanding.preview(new, now=timezone.now()) if made else ()


def _duties(found: Iterable[Expanded]) -> Table:
    """What of it would be owed anew, otherwise or no more, all periods of an obligation together."""
    told: dict[str, list[Expanded]] = {}
    for one in found:
        told.setdefault(one.title, []).append(one)
    rows = [
        (
            cells.text(title),
            cells.number(len(some)),
            cells.number(sum(one.added for one in some)),
            cells.number(sum(one.changed for one in some)),
            cells.number(sum(one.voided for one in some)),
        )
        for title, some in told.items()
    ]
    columns = (
        Column(_("工作要求")),
        Column(_("涉及几期"), align="right"),
        Column(_("新增"), _("项"), align="right"),
        Column(_("期限或数量有变"), _("项"), align="right"),
        Column(_("不再要求"), _("项"), align="right"),
    )
    return Table(
        "duties",
        gettext("各组织应办事项的变化"),
        columns,
        rows,
        note=gettext("已经结束的时段不变。载入后由后台重新分解，要等一会儿才能在“应办未办”里看到。"),
        empty=gettext("各组织应办的事项不变。"),
    )


def _records(old: Scheme, found: tuple[Change, ...]) -> Table:
    """Open records of the registers that change. They go on under the version they were filed under."""
    touched = dict.fromkeys(each.path.split(".")[1] for each in found if each.path.startswith("kinds."))
    rows = []
    for name in touched:
        kind = old.kinds.get(name)
        if kind is None:
            continue
        open_ = [state.name for state in kind.flow.states.values() if state.open]
        count = Record.objects.filter(scheme__name=old.name, kind=name, state__in=open_).count()
        rows.append((cells.text(kind.title), cells.number(count)))
    columns = (Column(_("台账")), Column(_("没有办结的记录"), _("条"), align="right"))
    return Table(
        "records",
        gettext("涉及的没有办结的记录"),
        columns,
        rows,
        note=gettext("它们按登记时的版本继续办理，已填的内容不变；以后登记的按新版本。"),
        empty=gettext("没有改动台账，不涉及已有的记录。"),
    )
