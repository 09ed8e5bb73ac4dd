"""What the acting appointment was told: duties that come due, what a superior urges, what is waiting."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reader import Held
from xianfeng.messages import inbox, words
from xianfeng.sentences import translated
from xianfeng.web import access
from xianfeng.web.frame import asked, number_or_404
from xianfeng.web.parts import Pages, Tab

SHOWN = 50
STEPS: dict[str, str | Promise] = {
    "remind": _("提醒"),
    "urge": _("催办"),
    "superior": _("报上级"),
    "circular": _("拟通报"),
}


@dataclass(frozen=True)
class Line:
    number: int
    said: str
    link: str
    step: str | Promise
    urgent: bool
    at: dt.datetime
    new: bool


@dataclass(frozen=True)
class MessagesPage:
    held: Held
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    unread: int
    newest: int
    pages: Pages


@require_safe
@never_cache
@access.needs(Ability.READ)
def messages(request: HttpRequest) -> HttpResponse:
    held = _acting(request)
    everything = asked(request, "all") == "1"
    before = number_or_404(request, "before")
    rows = list(inbox.of(held.id, unread=not everything, before=before)[: SHOWN + 1])
    count = inbox.unread(held.id)
    here, more = reverse("messages"), "all=1&" if everything else ""
    page = MessagesPage(
        held=held,
        tabs=(
            Tab(_("未读"), here, current=not everything, count=count),
            Tab(_("全部"), f"{here}?all=1", current=everything),
        ),
        lines=tuple(
            Line(
                number=row.pk,
                said=translated(words.told(row.words)),
                link=row.link,
                step=STEPS.get(row.step, ""),
                urgent=row.urgent,
                at=row.at,
                new=row.read is None,
            )
            for row in rows[:SHOWN]
        ),
        unread=count,
        newest=rows[0].pk if rows else 0,
        pages=Pages(
            next=f"{here}?{more}before={rows[SHOWN - 1].pk}" if len(rows) > SHOWN else "",
            first=f"{here}?{more}".rstrip("?&") if before else "",
        ),
    )
    return render(request, "desk/messages.html", {"page": page})


@require_POST
@access.needs(Ability.READ)
def read(request: HttpRequest) -> HttpResponse:
    """One message that is opened or put aside, or all that were on the page and before it, are read."""
    held = _acting(request)
    opened, given = request.POST.get("open", "") == "1", request.POST.get("message", "")
    only = opened or request.POST.get("only", "") == "1"
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        raise Http404(gettext("没有这条消息"))
    inbox.mark_read(appointment=held.id, until=int(given), now=timezone.now(), only=only)
    message = inbox.of(held.id).filter(id=int(given)).first() if opened else None
    return redirect(message.link if message else "messages")


def _acting(request: HttpRequest) -> Held:
    held = reader.of(request).appointment
    if held is None:
        raise Http404(gettext("没有现任的任职"))
    return held
