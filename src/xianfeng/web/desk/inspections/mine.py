"""Whom the reader has to visit; and the visits that his own unit has had, with what is to be put right.

That a unit was visited is public; what was found there is read by who acts for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reader import Reader
from xianfeng.inspections import following, visiting
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import DrawnVisit
from xianfeng.ledger import calling, objecting
from xianfeng.ledger.models import Record
from xianfeng.registry import desks
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.record import items
from xianfeng.web.record.objections import objecting_for
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

SHOWN = 50


@dataclass(frozen=True)
class MinePage:
    """`visits`: none for whoever was drawn for nothing; `ordered`, `found`: none for who does not act for the unit."""

    visits: Table | None
    had: Table
    ordered: Table | None
    found: Table | None
    heard: tuple[tuple[int, str], ...]  # what of it the reader can object to now: its number, and what it is called


@require_safe
@access.needs(Ability.READ)
def drawn_visits(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    known = seen.reader
    drawn = visiting.mine(known.account.person_id) if known.account else []
    had = _had(known)
    followed = following.of_visits(row.id for row in had)
    ordered, found = (tuple(filter(seen.full, rows)) for rows in (followed.ordered, followed.found))
    told = seen.told_of_own
    page = MinePage(
        visits=_table(drawn) if drawn else None,
        had=_visits(had),
        ordered=items.table("ordered", _("要整改的"), ordered, empty=_("没有要整改的。")) if told else None,
        found=items.table("found", _("发现的问题"), found, empty=_("没有发现问题。")) if told else None,
        heard=_heard((*ordered, *found), seen),
    )
    tables = [one for one in (page.visits, page.had, page.ordered, page.found) if one]
    return answer(request, *tables) or render(request, "desk/inspections/mine.html", {"page": page})


def _heard(records: tuple[Record, ...], seen: Scope) -> tuple[tuple[int, str], ...]:
    able = objecting.able(records, mine=objecting_for(seen))
    heard = [row for row in records if row.id in able]
    names = calling.mixed(heard)
    titles = {row.id: following.kind_of(row).title for row in heard}
    return tuple((number, f"{title}{gettext('：')}{translated(names[number])}") for number, title in titles.items())


def _had(known: Reader) -> list[Record]:
    """Of the reader's desk, once they are entered."""
    own = desks.of(known.organisation.id) if known.organisation else ()
    numbers = DrawnVisit.objects.filter(organisation__in=own, record__isnull=False).values("record")
    return list(Record.objects.filter(id__in=numbers).order_by("-day", "-id")[:SHOWN])


def _table(drawn: list[DrawnVisit]) -> Table:
    columns = (Column(_("单位")), Column(_("督查")), Column(_("批准文号")), Column(_("情况")))
    titles = {
        row.plan_id: {unit.code: unit.title for unit in Frame.read(row.plan.frame).units}
        for row in {row.plan_id: row for row in drawn}.values()
    }
    rows = [
        (
            cells.text(titles[row.plan_id][row.unit], link=reverse("drawn_visit", args=[row.id])),
            cells.text(row.plan.title),
            cells.text(row.plan.approval),
            cells.text(gettext("已督查") if row.record else gettext("没有去成") if row.missed else gettext("待督查")),
        )
        for row in drawn
    ]
    return Table("mine", _("派给我的督查"), columns, rows, note=gettext("督查完以前不要告诉别人。"))


def _visits(had: list[Record]) -> Table:
    columns = (Column(_("日期")), Column(_("台账")), Column(_("编号")))
    rows = [(cells.day(row.day), cells.text(following.kind_of(row).title), cells.text(row.id)) for row in had]
    return Table("had", _("对本单位的督查"), columns, rows, empty=_("抽签督查还没有到过本单位。"))
