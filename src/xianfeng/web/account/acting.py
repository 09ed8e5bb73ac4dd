"""As whom one acts: the appointments one holds, and changing between them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.reader import Held
from xianfeng.problems import Problem
from xianfeng.web.access import signed_in


@dataclass(frozen=True)
class ActingPage:
    held: tuple[Held, ...]
    acting: int | None


@require_safe
@signed_in
def acting(request: HttpRequest) -> HttpResponse:
    """Those one may act by; who holds none is told whom to ask."""
    known = reader.of(request)
    page = ActingPage(held=known.held, acting=known.appointment.id if known.appointment else None)
    return render(request, "account/acting.html", {"page": page})


@require_POST
@signed_in
def act(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("appointment", "")
    if not chosen.isascii() or not chosen.isdecimal() or len(chosen) > 18:
        raise Http404(gettext("没有这项任职"))
    before = request.session.session_key
    try:
        reader.act(request, int(chosen))
    except Problem as problem:
        raise Http404(problem.message) from problem
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    back = request.POST.get("next", "")
    return redirect(back if get_adapter(request).is_safe_url(back) else "account")
