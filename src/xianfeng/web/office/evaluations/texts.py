"""What voters wrote on their slips: the office reads each text, and shows it beside the result or drops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import reading, stages, texts
from xianfeng.evaluations.models import EvaluationRound, WrittenAnswer
from xianfeng.evaluations.stages import Stage
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.vault import details
from xianfeng.web import access
from xianfeng.web.office.evaluations.finding import round_or_404, warn

SHOWN = 25


@dataclass(frozen=True)
class Reading:
    """A text to be decided on. `text`: as it would be shown; `doubtful`: what leads to somebody perhaps."""

    id: int
    asked: str
    about: str
    text: str
    doubtful: tuple[str, ...]
    tells: bool


@dataclass(frozen=True)
class TextsPage:
    row: EvaluationRound
    rule: Evaluation
    waiting: int
    texts: tuple[Reading, ...]


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def evaluation_texts(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    if row.stage != Stage.PUBLISHED:
        raise Http404(gettext("公布结果以后再看文字意见"))
    if request.method == "POST":
        try:
            _decided(request, row)
        except Problem as problem:
            warn(request, problem)
        return redirect("evaluation_texts", number)
    rule, held = stages.rule_of(row)[1], texts.waiting(row)
    page = TextsPage(row, rule, held.count(), tuple(_readings(row, rule, list(held[:SHOWN]))))
    return render(request, "office/evaluations/texts.html", {"page": page, "back": _back(row)})


def _decided(request: HttpRequest, row: EvaluationRound) -> None:
    given, by = request.POST.get("text", ""), reader.of(request).actor
    text = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    if request.POST.get("do") != "show":
        reading.drop(number=row.id, text=text, by=by)
        messages.success(request, gettext("已删去。"))
        return
    hidden = request.POST.get("hidden", "").replace("、", " ").replace("，", " ").split()
    reading.show(number=row.id, text=text, standing=request.POST.getlist("standing"), hidden=hidden, by=by)
    messages.success(request, gettext("已公布在结果旁边。"))


def _readings(row: EvaluationRound, rule: Evaluation, held: list[WrittenAnswer]) -> Iterator[Reading]:
    told = reading.told(row)
    for one in held:
        found = details.found(one.text)
        yield Reading(
            id=one.id,
            asked=rule.questions[one.question].title,
            about=one.electorate.title,
            text=details.masked(one.text),
            doubtful=tuple(each.text for each in found if not each.masked),
            tells=one.electorate.number in told,
        )


def _back(row: EvaluationRound) -> str:
    return reverse("evaluation_round", args=[row.id])
