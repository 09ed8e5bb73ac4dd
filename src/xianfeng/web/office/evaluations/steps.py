"""What is done to a round: begun, frozen, slips issued, boxes closed, published, annulled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import freezing, results, slips, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, errors, parts, scope
from xianfeng.web.frame import own_campaign_or_404
from xianfeng.web.office.evaluations.finding import of_electorates, roll_of, round_or_404, warn
from xianfeng.web.office.evaluations.round import Typed, page_of, wrong_list
from xianfeng.web.parts import Confirmation
from xianfeng.workbooks import LARGEST_FILE

Step = Callable[[HttpRequest, EvaluationRound], HttpResponse]


@require_POST
@access.needs(Ability.OFFICE)
def begin(request: HttpRequest) -> HttpResponse:
    scheme = own_campaign_or_404(scope.of(request), request.POST.get("scheme", ""))
    name, by = request.POST.get("evaluation", ""), reader.of(request).actor
    try:
        row = freezing.begin(scheme=scheme.name, evaluation=name, day=timezone.localdate(), by=by)
    except Problem as problem:
        warn(request, problem)
        return redirect("evaluations")
    return redirect("evaluation_round", row.id)


@require_POST
@access.needs(Ability.OFFICE)
def step(request: HttpRequest, number: int, move: str) -> HttpResponse:
    row = round_or_404(request, number)
    if move not in _STEPS:
        raise Http404(gettext("没有这种办法"))
    try:
        return _STEPS[move](request, row)
    except Problem as problem:
        warn(request, problem)
        return redirect("evaluation_round", number)


def _freeze(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    _, rule = stages.rule_of(row)
    roll = None
    if rule.electorate == "list":
        file = request.FILES.get("list")
        if file is not None and (file.size or 0) > LARGEST_FILE:
            return errors.too_large(request, LARGEST_FILE)
        if file is not None:
            try:
                roll = roll_of(row, file.name or "", file.read())
            except Problem as problem:
                faults = wrong_list(problem)
                return render(request, "office/evaluations/round.html", {"page": page_of(row), "faults": faults})
            if request.POST.get("do") == "look":
                return render(request, "office/evaluations/round.html", {"page": page_of(row, roll), "looked": True})
    freezing.freeze(number=row.id, roll=roll, lot=_lot(request, rule), by=reader.of(request).actor)
    messages.success(request, gettext("名单和题目已经封存。"))
    return redirect("evaluation_round", row.id)


def _lot(request: HttpRequest, rule: Evaluation) -> Lot | None:
    if not rule.sample:
        return None
    by_hand = bool(request.POST.get("by_hand"))
    try:
        known = dt.date.fromisoformat(request.POST.get("known", ""))
    except ValueError:
        told = gettext("没有写那个数哪一天公布。")
        raise Problem("evaluations.no_day", told, hint=gettext("填今天以后的日子。"), field="known") from None
    return Lot(value="" if by_hand else request.POST.get("value", "")[:200], known=known, by_hand=by_hand)


def _issue(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    try:
        slips.issue(number=row.id, issued=of_electorates(request, row), by=reader.of(request).actor)
    except Problems as problem:
        return _refused(request, row, problem)
    messages.success(request, gettext("已登记发出的票。投完以后来登记收回的票。"))
    return redirect("evaluation_round", row.id)


def _close(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    try:
        slips.close(number=row.id, returned=of_electorates(request, row), by=reader.of(request).actor)
    except Problems as problem:
        return _refused(request, row, problem)
    messages.success(request, gettext("已截止。每批票由两个人各录一遍。"))
    return redirect("evaluation_counting", row.id)


def _refused(request: HttpRequest, row: EvaluationRound, problem: Problems) -> HttpResponse:
    """The page again with all that was typed, and beside each number what is wrong with it."""
    numbers = row.electorates.values_list("number", flat=True)
    texts = {number: request.POST.get(f"n{number}", "").strip() for number in numbers}
    faults = {int(one.field): one.told for one in problem.problems}
    strange = gettext("“%(text)s”不是张数，只写数字。")
    faults |= {
        number: strange % {"text": texts[number][:20]}
        for number in faults
        if texts[number] and not (texts[number].isascii() and texts[number].isdecimal())
    }
    page = page_of(row, refused=Typed(texts, faults, problem.told))
    return render(request, "office/evaluations/round.html", {"page": page}, status=422)


def _publish(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    if not parts.confirmed(request):
        return parts.confirm(request, _question(row))
    results.publish(number=row.id, by=reader.of(request).actor)
    messages.success(request, gettext("结果已经公布。"))
    return redirect("evaluation_result", row.id)


def _question(row: EvaluationRound) -> Confirmation:
    return Confirmation(
        title=gettext("公布这一轮评议的结果"),
        consequences=[
            gettext("人数太少的不显示；几乎一致的只说是哪一项、至少多少票。"),
            gettext(
                "结果记入“群众评议结果”台账，谁都不能动手改；数错了的，由两个没有数过的人重新各录一遍，更正连同理由公开。"
            ),
            gettext("这一轮从此不能作废。"),
        ],
        button=gettext("公布结果"),
        back=reverse("evaluation_round", args=[row.id]),
    )


def _annul(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    freezing.annul(number=row.id, reason=request.POST.get("reason", "")[:500], by=reader.of(request).actor)
    messages.success(request, gettext("这一轮已经作废。"))
    return redirect("evaluations")


_STEPS: Mapping[str, Step] = {
    "freeze": _freeze,
    "issue": _issue,
    "close": _close,
    "publish": _publish,
    "annul": _annul,
}
