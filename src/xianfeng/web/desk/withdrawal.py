"""Withdrawing a record: what was printed with it is named before it is taken out of every figure."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.desk import correctable
from xianfeng.web.desk.correctable import Correctable, PrintedFigures
from xianfeng.web.forms import faults, late
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.record.values import state_title


@dataclass(frozen=True, kw_only=True)
class WithdrawalPage(Faulted):
    """`since`: what others did to it since the page was opened."""

    opened: Correctable
    state: str
    printed: PrintedFigures
    reason: str = ""
    seq: int
    since: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def gone(self) -> bool:
        return self.opened.record.state == WITHDRAWN


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def withdrawal(request: HttpRequest, number: int) -> HttpResponse:
    opened = correctable.correctable_or_404(request, number, withdrawing=True)
    if request.method != "POST":
        return _shown(request, opened)
    reason, seq = request.POST.get(REASON, ""), late.seq_of(request)
    try:
        actions.withdraw(by=opened.filer.by, record=number, reason=reason, for_=opened.for_, seq=seq)
    except Problem as problem:
        since = late.since({number: seq}).get(number, "")
        return _shown(request, opened, reason, since=since, found=() if since else faults.told(problem, opened.kind))
    messages.success(request, gettext("记录已撤销，不再计入任何数字；办理经过都还在。"))
    return redirect("record", number)


def _shown(
    request: HttpRequest, opened: Correctable, reason: str = "", *, since: str = "", found: tuple[Fault, ...] = ()
) -> HttpResponse:
    page = WithdrawalPage(
        opened=opened,
        state=state_title(opened.kind, opened.record.state),
        printed=correctable.printed(opened.record),
        reason=reason,
        seq=opened.record.seq,
        since=since,
        faults=found,
    )
    status = 409 if since else 422 if found else 200
    return render(request, "desk/withdrawal.html", {"page": page}, status=status)
