"""How long the campaign's procedures really take, beside what they promise."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.reach import Reach, holding
from xianfeng.calendars import store, wording
from xianfeng.ledger.models import Record
from xianfeng.plans.procedures import procedures, promising
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import Level
from xianfeng.sentences import translated
from xianfeng.web import cells
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table

_MOST = 20_000  # of the newest records


def table(scheme: Scheme, at: Node, seen: Scope) -> Table | None:
    """One line for each promise that was given; None where nothing promises a time or nothing was done."""
    kinds = promising(scheme)
    if not kinds:
        return None
    within = Reach(holding(at.id)).place_in("place")
    registers = [scheme.key(kind) for kind in kinds]
    rows = Record.objects.filter(within, register__in=registers, level__gte=Level.FILED.rank).order_by("-id")
    lines = [
        (
            cells.text(translated(one.kind.title)),
            cells.text(translated(one.move.title)),
            cells.text(translated(wording.length(timing.promised))),
            cells.number(timing.count),
            cells.text(_number(timing.median)),
            cells.number(timing.kept),
            cells.text(f"{round(timing.share * 100)}%"),
        )
        for one in procedures(scheme, seen.records_in_full(rows)[:_MOST], store.calendar(at.id))
        for timing in one.timings
    ]
    columns = (
        Column(_("台账")),
        Column(_("办理")),
        Column(_("承诺")),
        Column(_("办了"), _("次"), align="right"),
        Column(_("中位用时"), _("工作日"), align="right"),
        Column(_("按时"), _("次"), align="right"),
        Column(_("按时率"), align="right"),
    )
    note = gettext("从上一步到这一步，按工作日算；承诺改过的分开列。")
    return Table("procedures", _("办理用时"), columns, lines, note=note) if lines else None


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"
