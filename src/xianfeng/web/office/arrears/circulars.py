"""Somebody decides whether a drafted circular is issued."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.duties import circulars
from xianfeng.duties.models import Circular, Round
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.office.arrears.own import own_or_404


@require_POST
@access.needs(Ability.REVIEW)
def decide_circular(request: HttpRequest, number: int) -> HttpResponse:
    own = own_or_404(request)
    row = Circular.objects.filter(id=number, organisation__in=own.desk).first()
    if row is None:
        raise Http404(gettext("没有这份通报稿"))
    issued = request.POST.get("do") == "issued"
    try:
        circulars.decide(
            circular=number,
            decision="issued" if issued else "dropped",
            reason=request.POST.get("reason", ""),
            by=reader.of(request).actor,
        )
        messages.success(request, gettext("已同意印发。") if issued else gettext("已决定不发。"))
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("arrears", name=Round.objects.values_list("scheme", flat=True).get(id=row.round))
