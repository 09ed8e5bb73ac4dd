"""Accounts entered and opened by one person, for those who look over an administrator's shoulder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts import one_hand as hands
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import AccountEvent
from xianfeng.web import access, cells
from xianfeng.web.entries import actors
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.accounts import administered
from xianfeng.web.office.accounts.accounts import held_by, last_sign_in
from xianfeng.web.parts import Pages
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 100


@dataclass(frozen=True)
class OneHandPage:
    table: Table
    pages: Pages


@require_safe
@access.needs(Ability.OVERSEE)
def one_hand(request: HttpRequest) -> HttpResponse:
    before = number_or_404(request, "before")
    rows = hands.opened(administered.accounts(request))
    rows = rows.filter(id__lt=before) if before else rows
    limit = None if wanted(request) else SHOWN + 1
    shown = list(rows.select_related("account__person").order_by("-id")[:limit])
    more = bool(limit) and len(shown) > SHOWN
    page = OneHandPage(
        table=_table(shown[:SHOWN] if limit else shown),
        pages=Pages(next=f"{reverse('one_hand')}?before={shown[SHOWN - 1].pk}" if more else ""),
    )
    return answer(request, page.table) or render(request, "office/accounts/one_hand.html", {"page": page})


def _table(rows: Sequence[AccountEvent]) -> Table:
    held = held_by([row.account.person_id for row in rows])
    known = actors(row.actor for row in rows)
    columns = (
        Column(gettext("用户名")),
        Column(gettext("人员编号")),
        Column(gettext("任职")),
        Column(gettext("谁登记、谁开号")),
        Column(gettext("开号日期")),
        Column(gettext("最近登录")),
    )
    lines = [
        (
            cells.text(row.account.username),
            cells.text(row.account.person.code),
            cells.text("；".join(held.get(row.account.person_id, ())) or gettext("没有现任的任职")),
            cells.text(known.get(row.actor, row.actor)),
            cells.day(timezone.localdate(row.at)),
            last_sign_in(row.account),
        )
        for row in rows
    ]
    return Table("one-hand", gettext("同一人登记并开号的账号"), columns, lines, empty=gettext("没有这样的账号。"))
