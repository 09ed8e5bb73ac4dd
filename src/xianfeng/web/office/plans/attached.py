"""What hangs on a planned record, a table for each kind: inspections, public feedback, requests upward with the time in
which they have to be answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import calling, clocks, projection
from xianfeng.ledger.models import Record
from xianfeng.plans import planned
from xianfeng.plans.planned import Attached, Planned
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table

SHOWN = 20
_LONGEST = 60


def tables(one: Planned, seen: Scope) -> tuple[Table, ...]:
    found = tuple(planned.attached(one, seen.records_in_full(Record.objects.all())))
    rows = [row for some in found for row in some.records[:SHOWN]]
    nodes = tree.named({row.organisation for row in rows}, timezone.localdate())
    due = {row.id: _due(row) for row in rows}
    return tuple(_table(some, nodes, due) for some in found)


def _table(some: Attached, nodes: Mapping[int, Node], due: Mapping[int, str]) -> Table:
    timed = any(clock.falls_due for clock in some.kind.flow.clocks.values())
    columns = (
        Column(_("内容")),
        Column(_("填报组织")),
        Column(_("日期")),
        Column(_("状态")),
        *((Column(_("答复期限")),) if timed else ()),
    )
    shown = some.records[:SHOWN]
    names = calling.called(some.kind, shown)
    rows = [
        (
            cells.text(_short(translated(name)), link=reverse("record", args=[row.id])),
            cells.text(nodes[row.organisation].name if row.organisation in nodes else ""),
            cells.day(row.day),
            cells.text(state_title(some.kind, row.state)),
            *((cells.text(due.get(row.id, "")),) if timed else ()),
        )
        for row, name in zip(shown, names, strict=True)
    ]
    more = len(some.records) - len(rows)
    note = gettext("只列最近的 %(shown)s 条，另有 %(more)s 条。") % {"shown": SHOWN, "more": more} if more > 0 else ""
    return Table(f"of-{some.kind.name}", translated(some.kind.title), columns, rows, note=note)


def _due(row: Record) -> str:
    """By when something is to be done about it, the earliest."""
    times = (one.due for one in clocks.running(projection.clocks_of(row)).values())
    first = next((due for due in times if due is not None), None)
    return timezone.localtime(first.due).strftime("%Y-%m-%d %H:%M") if first else ""


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
