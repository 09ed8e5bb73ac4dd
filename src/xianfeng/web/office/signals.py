"""Signals at the campaign's office: those that it is told after their author, and lets rest with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.registry import tree
from xianfeng.signals import answering
from xianfeng.signals.models import Signal
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.frame import own_campaigns
from xianfeng.web.tables import Column, Table, answer

_MOST = 100


@dataclass(frozen=True)
class ToldPage:
    table: Table


@require_safe
@access.needs(Ability.OFFICE)
def told_signals(request: HttpRequest) -> HttpResponse:
    names = [scheme.name for scheme in own_campaigns(scope.of(request))]
    page = ToldPage(_table(answering.told(names, timezone.localdate())[:_MOST]))
    return answer(request, page.table) or render(request, "office/signals.html", {"page": page})


def _table(found: Iterable[Signal]) -> Table:
    rows = list(found)
    nodes = tree.named({one.organisation for one in rows}, timezone.localdate())
    columns = (
        Column(gettext("提示")),
        Column(gettext("填报组织")),
        Column(gettext("发现日期")),
        Column(gettext("说明")),
    )
    lines = [
        (
            cells.text(words, link=reverse("signal", args=[one.id])),
            cells.text(nodes[one.organisation].name),
            cells.day(one.found),
            cells.text(said) if said else cells.text(gettext("没有说明"), look=Look.TAG),
        )
        for one, words, said in zip(rows, answering.sentences(rows), answering.explanations(rows), strict=True)
    ]
    return Table("told", gettext("请办公室核实的"), columns, lines, empty=gettext("没有要核实的。"))
