"""A checked draft before it is adopted: what changes, what the roles will owe, which figures and records it meets."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    records: Table
    same: bool


def preview(old: Scheme, new: Scheme) -> Preview:
    found = changes(old, new)
    return Preview(
        changes=differences.table(old, new, found),
        breaking=sum(each.breaks for each in found),
        definitions=differences.definitions(old, new),
        burden=weights.beside(old, new),
        records=_records(old, found),
        same=not found,
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
