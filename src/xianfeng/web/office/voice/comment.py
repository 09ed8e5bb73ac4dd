"""One comment before the office: publish it, refuse it, hide it, answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.voice import comments as voice
from xianfeng.voice.models import Comment, CommentEvent, Stage
from xianfeng.voice.reasons import REFUSALS
from xianfeng.web import access, scope
from xianfeng.web.entries import actors
from xianfeng.web.frame import own_campaigns
from xianfeng.web.office.voice.comments import Waiting, waiting


@dataclass(frozen=True)
class Line:
    """What was done to it before."""

    event: CommentEvent
    title: str
    reason: str | Promise
    who: str


@dataclass(frozen=True)
class CommentPage:
    """`typed`, `chosen`: what stood in the boxes when something was wrong with it."""

    one: Waiting
    reasons: Sequence[tuple[str, str | Promise]]
    history: tuple[Line, ...]
    fault: Problem | None = None
    typed: str = ""
    chosen: str = ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.OFFICE)
def comment(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    campaigns = {link.name: link.title for link in own_campaigns(seen)}
    rows = Comment.objects.filter(id=number, scheme__in=campaigns).select_related("answered_by")
    row = rows.first()
    if row is None:
        raise Http404(gettext("没有这条评论"))
    fault = None
    if request.method == "POST":
        try:
            done = _do(request, number, seen.reader.actor)
        except Problem as problem:
            fault, row = problem, rows.get()
        else:
            messages.success(request, done)
            return redirect(f"{reverse('office_comments')}?stage={request.POST.get('seen') or Stage.WAITING}")
    page = CommentPage(
        one=waiting([row], campaigns)[0],
        reasons=tuple(REFUSALS.items()),
        history=_history(row),
        fault=fault,
        typed=request.POST.get("answer", row.answer),
        chosen=request.POST.get("reason", ""),
    )
    status = 409 if fault and fault.code == "voice.moved" else 422 if fault else 200
    return render(request, "office/voice/comment.html", {"page": page}, status=status)


def _do(request: HttpRequest, number: int, by: Actor) -> str:
    posted = request.POST
    match posted.get("do", ""):
        case "publish":
            seen, weighed = posted.get("seen", ""), posted.getlist("looked_at")
            voice.publish(comment=number, seen=seen, looked_at=weighed, by=by)
            return gettext("第 %(number)s 条评论已公开。") % {"number": number}
        case "refuse":
            voice.refuse(comment=number, reason=posted.get("reason", ""), by=by)
            return gettext("第 %(number)s 条评论不公开，写的人凭回执能看到原因。") % {"number": number}
        case "hide":
            voice.hide(comment=number, reason=posted.get("reason", ""), by=by)
            return gettext("第 %(number)s 条评论已隐藏，原处写明原因。") % {"number": number}
        case "answer":
            voice.answer(comment=number, text=posted.get("answer", ""), seen=posted.get("before", ""), by=by)
            return gettext("答复已登在第 %(number)s 条评论下面。") % {"number": number}
    raise Problem("voice.no_step", gettext("没有选要办什么。"), hint=gettext("请用页面上的按钮。"))


def _history(row: Comment) -> tuple[Line, ...]:
    events = list(row.events.exclude(action="written").order_by("id"))
    known = actors(event.actor for event in events)
    titles = {
        "published": pgettext("评论", "公开"),
        "refused": gettext("不公开"),
        "hidden": gettext("隐藏"),
        "answered": gettext("答复"),
    }
    return tuple(
        Line(event, titles[event.action], REFUSALS.get(event.reason, ""), known.get(event.actor, event.actor))
        for event in events
    )
