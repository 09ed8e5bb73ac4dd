"""One complaint before the office: dropped, merged or kept, and why. The answer stands on the form from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.scheme.burden import Burden, burdens
from xianfeng.voice import complaints as voice
from xianfeng.voice.models import Complaint
from xianfeng.web import access, scope
from xianfeng.web.frame import own_campaigns
from xianfeng.web.office.voice.complaints import Heard, heard
from xianfeng.web.said import OUTCOMES


@dataclass(frozen=True)
class Answered:
    at: dt.datetime
    outcome: str | Promise
    answer: str


@dataclass(frozen=True)
class ComplaintPage:
    one: Heard
    burdens: tuple[Burden, ...]
    outcomes: Sequence[tuple[str, str | Promise]]
    chosen: str
    typed: str
    answers: Sequence[Answered]  # that were given, the first first
    fault: Problem | None = None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.OFFICE)
def complaint(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    campaigns = [link.name for link in own_campaigns(seen)]
    rows = Complaint.objects.filter(id=number, scheme__in=campaigns).select_related("organisation")
    row = rows.first()
    if row is None:
        raise Http404(gettext("没有这条意见"))
    fault = None
    if request.method == "POST":
        try:
            voice.settle(
                complaint=number,
                outcome=request.POST.get("outcome", ""),
                answer=request.POST.get("answer", ""),
                seen=int(seen_before) if (seen_before := request.POST.get("seen", "")).isdecimal() else -1,
                by=seen.reader.actor,
            )
        except Problem as problem:
            fault, row = problem, rows.get()
        else:
            messages.success(
                request, gettext("第 %(number)s 条意见已答复，填报的人在表单上看得到。") % {"number": number}
            )
            return redirect(f"{reverse('office_complaints')}?scheme={row.scheme}")
    scheme = versions.current(row.scheme)
    page = ComplaintPage(
        one=heard(row, scheme),
        burdens=tuple(one for one in burdens(scheme) if one.kind == row.kind),
        outcomes=tuple(OUTCOMES.items()),
        chosen=request.POST.get("outcome", row.outcome),
        typed=request.POST.get("answer", row.answer),
        answers=tuple(Answered(one.at, OUTCOMES[one.outcome], one.answer) for one in row.events.order_by("id")),
        fault=fault,
    )
    status = 409 if fault and fault.code == "voice.moved" else 422 if fault else 200
    return render(request, "office/voice/complaint.html", {"page": page}, status=status)
