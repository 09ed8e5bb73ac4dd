"""The slips of a round, to be printed and cut: all alike, so that no slip tells whose it was."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import stages
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, outward
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.evaluations.finding import round_or_404

ON_A_PAGE = 4


@dataclass(frozen=True)
class SlipsPage:
    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    electorates: tuple[Electorate, ...]
    shown: Electorate
    code: str  # an address to be printed on each slip, the same on all; '' for none

    @property
    def slips(self) -> range:
        return range(ON_A_PAGE)

    @property
    def copies(self) -> int:
        """Sheets for everybody on the list; 0 where nobody knows how many will come."""
        return -(-self.shown.electors // ON_A_PAGE)


@require_safe
@access.needs(Ability.OFFICE)
def paper_slips(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    scheme, rule = stages.rule_of(row)
    electorates = tuple(row.electorates.order_by("number"))
    wanted = number_or_404(request, "electorate")
    shown = next((one for one in electorates if wanted in (None, one.number)), None)
    if shown is None:
        raise Http404(gettext("没有这一种评议票"))
    path = reverse("evaluation_slip", args=[row.id, shown.number])
    code = outward.address(request, path) if request.GET.get("code") else ""
    page = SlipsPage(row, scheme, rule, electorates, shown, code)
    return render(request, "office/evaluations/slips.html", {"page": page})
