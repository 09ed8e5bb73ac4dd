"""Whom a leader has still to comment on, beside what was found and decided there last.

What is owed says of whom: a kind of comments that a leader initials, owed about each subordinate. Who files writes it
down from here; what a leader said is written down by a clerk, and initialled by him.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import matching, owed
from xianfeng.ledger import calling, versions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import HANDLER
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.forms import demanded
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table

_MOST = 500  # duties of a desk; what falls due first


def comments(own: Node, seen: Scope) -> Table | None:
    """None where no comments are owed."""
    now = timezone.now()
    matching.before_a_page(now=now)
    rows = [
        one
        for one in owed.owed(own.id, now=now, limit=_MOST).rows
        if one.about and not one.begun_by and _is_comment(versions.current(one.scheme).kinds[one.kind])
    ]
    if not rows:
        return None
    nodes = tree.named({one.about for one in rows}, timezone.localdate())
    last = _judged({one.about for one in rows}, seen)
    columns = [
        Column(gettext("组织")),
        Column(gettext("最近认定、评定的")),
        Column(gettext("时段")),
        Column(gettext("期限")),
    ]
    writes = seen.reader.can(Ability.FILE)
    if writes:
        columns.append(Column(gettext("点评"), tool=True))
    lines = []
    for one in rows:
        node = nodes[one.about]
        line = [
            cells.text(node.name, link=reverse("organisation", args=[node.code])),
            last.get(one.about, cells.nothing()),
            cells.text(translated(one.stretch)),
            cells.day(timezone.localtime(one.due).date()),
        ]
        if writes:
            line.append(cells.text(gettext("写点评"), link=demanded.address(one, about=node.code)))
        lines.append(tuple(line))
    note = "" if writes else gettext("点评由经办人照您说的记下，写明是您，送到您的工作台签认，签认以后才算。")
    return Table("comments", gettext("等着点评的下级"), tuple(columns), lines, note=note)


def _is_comment(kind: Kind) -> bool:
    """Whether a leader initials it."""
    return any(field.acts == HANDLER and field.type is FieldType.PERSON for field in kind.fields.values())


def _judged(organisations: Collection[int], seen: Scope) -> Mapping[int, Cell]:
    """Of each, what was found or decided there last and stands, as its page calls it."""
    told = Q(pk__in=[])
    for scheme in versions.all_current():
        for kind in scheme.kinds.values():
            if kind.flow.told and not _is_comment(kind):
                told |= Q(register=scheme.key(kind.name), state__in=kind.flow.told)
    rows = seen.records_in_full(Record.objects.filter(told, subject__in=organisations))
    newest = rows.order_by().values("subject").annotate(seq=Max("seq")).values_list("seq", flat=True)
    found = {row.subject: row for row in Record.objects.filter(seq__in=list(newest)) if row.subject}
    names = calling.mixed(list(found.values()))
    return {at: _cell(row, names[row.id]) for at, row in found.items()}


def _cell(row: Record, called: str) -> Cell:
    kind = versions.scheme(row.scheme_id).kinds[row.kind]
    said = gettext("{title}（{name}）").format(title=translated(called), name=state_title(kind, row.state))
    return cells.text(said, link=reverse("record", args=[row.id]), note=kind.title)
