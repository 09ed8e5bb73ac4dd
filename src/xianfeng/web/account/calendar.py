"""One's agenda in a calendar program: private addresses, made and revoked here, each shown once."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xianfeng.accounts import abilities, reader
from xianfeng.accounts.reader import Held
from xianfeng.agenda import feeds
from xianfeng.agenda.models import Feed
from xianfeng.problems import Problem
from xianfeng.web import outward
from xianfeng.web.access import signed_in


@dataclass(frozen=True)
class FeedLine:
    feed: Feed
    organisation: str
    role: str


@dataclass(frozen=True)
class CalendarPage:
    """`address`: of the one just made; nobody can be shown it again."""

    acting: Held
    lines: tuple[FeedLine, ...]
    most: int
    address: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def account_calendar(request: HttpRequest) -> HttpResponse:
    known, address = reader.of(request), ""
    if known.account is None or known.appointment is None:
        return redirect("acting")
    if request.method == "POST":
        try:
            made = feeds.make(by=known, now=timezone.now(), below=request.POST.get("below", "") == "1")
        except Problem as problem:
            messages.error(request, problem.told)
            return redirect("account_calendar")
        address = outward.address(request, reverse("feed", args=[made.token]))
    own = feeds.standing(known.account).select_related("appointment__organisation").order_by("-id")
    page = CalendarPage(
        acting=known.appointment,
        lines=tuple(
            FeedLine(one, one.appointment.organisation.name, abilities.title(one.appointment.role)) for one in own
        ),
        most=feeds.MOST,
        address=address,
    )
    return render(request, "account/calendar.html", {"page": page})


@require_POST
@signed_in
def revoke_feed(request: HttpRequest, number: int) -> HttpResponse:
    try:
        feeds.revoke(feed=number, by=reader.of(request), now=timezone.now())
        messages.success(request, gettext("已停用，用这个地址的日历不再更新。"))
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("account_calendar")
