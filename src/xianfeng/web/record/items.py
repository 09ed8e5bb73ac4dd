"""Records of several kinds in one table: what each is called, of whom, how it stands, by when something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import calling, turns, versions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.record.values import state_title
from xianfeng.web.tables import Column, Table

_COLUMNS = (
    Column(_("台账")),
    Column(_("编号")),
    Column(_("内容")),
    Column(_("单位")),
    Column(_("日期")),
    Column(_("状态")),
    Column(_("期限")),
)


def table(name: str, title: str | Promise, records: Sequence[Record], *, empty: str | Promise = "") -> Table:
    """Whom a record is about stands as its unit; of one that is about nobody, whoever answers for it."""
    names = calling.mixed(records)
    nodes = tree.named({row.subject or row.holder for row in records}, timezone.localdate())
    rows = []
    for row in records:
        kind, at = versions.scheme(row.scheme_id).kinds[row.kind], nodes.get(row.subject or row.holder)
        rows.append(
            (
                cells.text(kind.title),
                cells.text(row.id, link=reverse("record", args=[row.id])),
                cells.text(translated(names[row.id])),
                cells.text(at.name if at else ""),
                cells.day(row.day),
                cells.text(state_title(kind, row.state)),
                _when(row),
            )
        )
    return Table(name, title, _COLUMNS, rows, empty=empty, head=2)


def _when(row: Record) -> Cell:
    """By when something is due; else from when on it can be done."""
    first = next(iter(turns.due(row)), None)
    if first is None and row.opens:
        opens = timezone.localtime(dt.datetime.fromisoformat(row.opens)).date()
        return cells.text(gettext("%(day)s 以后才能办") % {"day": opens})
    return cells.day(timezone.localtime(first.deadline.due).date() if first else None)
