"""Where the code on a slip leads: what is asked, of whom, how far it has got; to voting online, or for the office to
entering. The code is the same on all slips of an electorate: one of its own would tell whose slip it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from xianfeng.evaluations import polls, stages
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, scope
from xianfeng.web.public import evaluation_files

_TOLD = (Stage.FROZEN, Stage.ISSUED, Stage.CLOSED, Stage.PUBLISHED)


@dataclass(frozen=True)
class SlipPage:
    """`address`: of the voters' page, '' where there is none."""

    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    asked: Electorate
    stage: Stage
    address: str
    shows: bool
    enters: bool

    @property
    def votes(self) -> bool:
        return bool(self.address) and self.stage in (Stage.FROZEN, Stage.ISSUED)


@access.reading
def evaluation_slip(request: HttpRequest, number: int, electorate: int) -> HttpResponse:
    row = EvaluationRound.objects.filter(id=number, stage__in=_TOLD).first()
    asked = row.electorates.filter(number=electorate).first() if row else None
    if row is None or asked is None:
        raise Http404(gettext("没有这一种评议票"))
    (scheme, rule), seen = stages.rule_of(row), scope.of(request)
    page = SlipPage(
        row=row,
        scheme=scheme,
        rule=rule,
        asked=asked,
        stage=Stage(row.stage),
        address=next((one.site.address for one in polls.held(row) if one.electorate == electorate and one.site), ""),
        shows=row.stage == Stage.PUBLISHED and evaluation_files.is_open(seen, scheme),
        enters=row.stage == Stage.CLOSED and seen.runs(scheme),
    )
    return render(request, "public/evaluation_slip.html", {"page": page})
