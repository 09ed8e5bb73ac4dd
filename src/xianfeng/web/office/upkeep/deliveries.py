"""What went out of the house by each channel, what waits and what failed, of the own subtree. No address is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.messages.channels import known
from xianfeng.messages.channels.outcomes import WORDS, Reason
from xianfeng.messages.models import Delivery, DeliveryState, Message
from xianfeng.registry import tree
from xianfeng.sentences import translated
from xianfeng.web import access, cells
from xianfeng.web.cells import Cell
from xianfeng.web.frame import asked, number_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN, WHOLE = 100, 50_000
DAYS = 30
STATES: dict[str, str | Promise] = {
    DeliveryState.FAILED: _("没有送到"),
    DeliveryState.WAITING: _("等待"),
    DeliveryState.SENDING: _("正在发送"),
    DeliveryState.SENT: _("已送到"),
}
_COLUMNS = (_("时间"), _("收件人所在组织"), _("内容"), _("渠道"), _("状态"), _("上次没成的原因"), _("试过"), _("下次"))


@dataclass(frozen=True)
class DeliveriesPage:
    channels: tuple[str, ...]
    tabs: tuple[Tab, ...]
    sums: Table
    table: Table
    pages: Pages


@require_safe
@access.needs(Ability.OFFICE)
def deliveries(request: HttpRequest) -> HttpResponse:
    rows = _within(reader.of(request).paths, timezone.now())
    counted = list(rows.values_list("channel", "state").annotate(n=Count("id")).order_by("channel", "state"))
    state, before = asked(request, "state"), number_or_404(request, "before")
    listed = rows.filter(state=state) if state in STATES else rows
    listed = listed.filter(id__lt=before) if before else listed
    most = WHOLE if wanted(request) else SHOWN
    shown = list(listed.order_by("-id")[: most + 1])
    page = DeliveriesPage(
        channels=tuple(channel.title for channel in known.channels().values()),
        tabs=_tabs(state, counted),
        sums=_sums(counted),
        table=_table(shown[:most]),
        pages=Pages(
            next=_address(state, before=shown[most - 1].pk) if len(shown) > most else "",
            first=_address(state) if before else "",
        ),
    )
    return answer(request, page.table, page.sums) or render(request, "office/upkeep/deliveries.html", {"page": page})


def _within(paths: tuple[str, ...], now: dt.datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(Reach(paths).organisation_in("organisation"), at__gt=now - dt.timedelta(days=DAYS))


def _tabs(state: str, counted: Sequence[tuple[str, str, int]]) -> tuple[Tab, ...]:
    def count(one: str) -> int:
        return sum(number for _, other, number in counted if other == one)

    everything = Tab(_("全部"), _address(""), current=state not in STATES, count=sum(row[2] for row in counted))
    tabs = (Tab(title, _address(one), current=state == one, count=count(one)) for one, title in STATES.items())
    return (everything, *(tab for tab in tabs if tab.count or tab.current))


def _sums(counted: Sequence[tuple[str, str, int]]) -> Table:
    by_channel: dict[str, dict[str, int]] = {}
    for channel, state, number in counted:
        by_channel.setdefault(channel, {})[state] = number
    columns = (Column(gettext("渠道")), *(Column(str(title), align="right") for title in STATES.values()))
    lines = [
        (cells.text(known.title(channel)), *(cells.number(found.get(state, 0)) for state in STATES))
        for channel, found in by_channel.items()
    ]
    return Table("channels", gettext("各渠道"), columns, lines, empty=gettext("这一段时间没有发送过。"))


def _table(rows: Sequence[Delivery]) -> Table:
    names = tree.named({row.organisation for row in rows}, timezone.localdate())
    held = Message.objects.filter(delivery__in=[row.pk for row in rows]).values_list("delivery")
    many = dict(held.annotate(n=Count("id")))
    lines = [
        (
            _moment(row.at),
            cells.text(names[row.organisation].name if row.organisation in names else row.organisation),
            cells.text(_content(row, many.get(row.pk, 0))),
            cells.text(known.title(row.channel)),
            cells.text(STATES[row.state], look=cells.Look.PLAIN),
            cells.text(translated(WORDS[Reason(row.reason)])) if row.reason else cells.nothing(),
            cells.number(row.tries),
            _moment(row.next_try),
        )
        for row in rows
    ]
    columns = tuple(Column(str(title), align="right" if at == 6 else "left") for at, title in enumerate(_COLUMNS))
    return Table("deliveries", gettext("发送记录"), columns, lines, empty=gettext("这一段时间没有发送过。"))


def _content(row: Delivery, many: int) -> str:
    return gettext("急件，%(n)s 条") % {"n": many} if row.urgent else gettext("每日消息，%(n)s 条") % {"n": many}


def _moment(at: dt.datetime | None) -> Cell:
    return cells.text(timezone.localtime(at).strftime("%Y-%m-%d %H:%M")) if at else cells.nothing()


def _address(state: str, **more: int) -> str:
    given = {"state": state} if state in STATES else {}
    asked_ = urlencode(given | {name: str(value) for name, value in more.items()})
    return f"{reverse('deliveries')}?{asked_}".rstrip("?")
