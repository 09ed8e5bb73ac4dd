"""Who holds which role at an organisation, and who did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_safe

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account
from xianfeng.registry import tree
from xianfeng.registry.models import Appointment, Organisation
from xianfeng.registry.tree import Node
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import asked, number_or_404
from xianfeng.web.office.registry import people, territory
from xianfeng.web.office.registry.tree import from_own
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.people import names
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 100


@dataclass(frozen=True)
class AppointmentsPage:
    organisation: Organisation
    path: tuple[Node, ...]
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages
    names: str  # the address that shows names; '' for who may not, or where they are shown
    named: bool
    manages: bool


@require_safe
@access.needs(Ability.READ)
def appointments(request: HttpRequest, number: int) -> HttpResponse:
    seen, node = scope.of(request), territory.organisation_or_404(request, number)
    past = asked(request, "past") == "1"
    rows, following = _rows(node, past=past, after=number_or_404(request, "after") or 0, whole=bool(wanted(request)))
    named = seen.reader.can(Ability.PERSONAL) and asked(request, "names") == "1"
    page = AppointmentsPage(
        organisation=node,
        path=from_own(tree.path(node.id, timezone.localdate()), seen),
        tabs=_tabs(node, past=past),
        table=_table(node, rows, seen, named=_named(rows, seen, exported=bool(wanted(request))) if named else None),
        pages=Pages(next=_address(node, past=past, after=following) if following else ""),
        names="" if named or not seen.reader.can(Ability.PERSONAL) else _address(node, past=past, names=1),
        named=named,
        manages=seen.reader.can(Ability.REGISTRY) and node.closed is None,
    )
    return answer(request, page.table) or render(request, "office/registry/appointments.html", {"page": page})


def _rows(node: Organisation, *, past: bool, after: int, whole: bool) -> tuple[list[Appointment], int]:
    held = Appointment.objects.filter(organisation=node, until__isnull=not past, id__gt=after)
    rows = list(held.select_related("person").order_by("id")[: None if whole else SHOWN + 1])
    if whole or len(rows) <= SHOWN:
        return rows, 0
    return rows[:SHOWN], rows[SHOWN - 1].id


def _named(rows: Sequence[Appointment], seen: Scope, *, exported: bool) -> dict[int, str]:
    purpose = gettext_noop("导出任职名单") if exported else gettext_noop("查看任职名单")
    return names([row.person_id for row in rows], seen, purpose=purpose)


def _table(node: Organisation, rows: Sequence[Appointment], seen: Scope, *, named: Mapping[int, str] | None) -> Table:
    titles, held = abilities.titles(), people.accounts(row.person_id for row in rows)
    manages = seen.reader.can(Ability.ACCOUNTS)
    columns = [
        Column(gettext("人员编号")),
        Column(gettext("任职")),
        Column(gettext("起")),
        Column(gettext("止")),
        Column(gettext("账号")),
    ]
    lines = [
        [
            cells.text(row.person.code),
            cells.text(titles.get(row.role, row.role)),
            cells.day(row.since),
            cells.day(row.until),
            _account(row, held.get(row.person_id), manages=manages),
        ]
        for row in rows
    ]
    if named is not None:
        columns.insert(1, Column(gettext("姓名")))
        for line, row in zip(lines, rows, strict=True):
            line.insert(1, cells.text(named.get(row.person_id, gettext("已删除"))))
    return Table(
        "appointments",
        gettext("%(name)s：任职名单") % {"name": node.name},
        tuple(columns),
        [tuple(line) for line in lines],
        empty=gettext("没有任职。"),
    )


def _account(row: Appointment, account: Account | None, *, manages: bool) -> Cell:
    if account is not None:
        waiting = not account.has_usable_password()
        return cells.text(
            account.username,
            link=reverse("office_account", args=[account.pk]) if manages else "",
            note=gettext("还没有设定密码") if waiting else "",
        )
    if row.until is None and manages:
        asked_ = urlencode({"person": row.person.code})
        return cells.text(gettext("开账号"), link=f"{reverse('open_account')}?{asked_}")
    return cells.text(gettext("没有账号"), look=Look.TAG)


def _tabs(node: Organisation, *, past: bool) -> tuple[Tab, ...]:
    held = Appointment.objects.filter(organisation=node)
    return (
        Tab(gettext("现任"), _address(node), current=not past, count=held.filter(until=None).count()),
        Tab(gettext("曾任"), _address(node, past=True), current=past, count=held.exclude(until=None).count()),
    )


def _address(node: Organisation, *, past: bool = False, **asked: int) -> str:
    given = ({"past": 1} if past else {}) | asked
    return reverse("appointments", args=[node.id]) + (f"?{urlencode(given)}" if given else "")
