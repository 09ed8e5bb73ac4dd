"""Everybody below who is overdue in a round is reminded at once, whoever was told already today is not told again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import ladder, owed
from xianfeng.messages.post import post
from xianfeng.web import access
from xianfeng.web.frame import scheme_or_404
from xianfeng.web.office.arrears.own import is_over, own_or_404, round_or_404


@require_POST
@access.needs(Ability.REVIEW)
def remind(request: HttpRequest, name: str, number: int) -> HttpResponse:
    scheme, own, now = scheme_or_404(name), own_or_404(request), timezone.now()
    row = round_or_404(scheme.name, number)
    if is_over(scheme):
        messages.error(request, gettext("活动已经结束，不再催办。"))
    else:
        lacking = owed.lacking(row.id, own.place, now=now)
        made = post(ladder.urging(row, lacking, by=own.node.name, now=now), now=now)
        messages.success(request, gettext("已提醒，发出 %(n)s 条消息；今天已经提醒过的不再重复。") % {"n": made})
    return redirect(f"{reverse('arrears', args=[scheme.name])}?round={row.id}#chosen")
