"""What voters wrote on their slips: the office reads each text, and shows it beside the result or drops it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

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

    id: UUID
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
    public: int  # how many everybody can read
    shown: tuple[Reading, ...]  # those of them in which the word stands that is looked for
    word: str


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
    rule, told, held = stages.rule_of(row)[1], reading.told(row), texts.waiting(row)
    public, word = texts.shown(row, told), request.GET.get("q", "").strip()[:50]
    found = public.filter(text__contains=word)[:SHOWN] if word else public[:SHOWN]
    page = TextsPage(
        row=row,
        rule=rule,
        waiting=held.count(),
        texts=tuple(_readings(rule, told, list(held[:SHOWN]))),
        public=public.count(),
        shown=tuple(_readings(rule, told, list(found))),
        word=word,
    )
    return render(request, "office/evaluations/texts.html", {"page": page, "back": _back(row)})


def _decided(request: HttpRequest, row: EvaluationRound) -> None:
    text, by = _text(request), reader.of(request).actor
    if request.POST.get("do") == "back":
        reading.take_back(number=row.id, text=text, reason=request.POST.get("reason", "")[:500], by=by)
        messages.success(request, gettext("已撤下，理由留在公布的页面上。再看一遍，隐去以后公布，或者删去。"))
        return
    if request.POST.get("do") != "show":
        reading.drop(number=row.id, text=text, by=by)
        messages.success(request, gettext("已删去。"))
        return
    hidden = request.POST.get("hidden", "").replace("、", " ").replace("，", " ").split()
    reading.show(number=row.id, text=text, standing=request.POST.getlist("standing"), hidden=hidden, by=by)
    messages.success(request, gettext("已公布在结果旁边。"))


def _text(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("text", ""))
    except ValueError:
        return UUID(int=0)


def _readings(rule: Evaluation, told: Collection[int], held: list[WrittenAnswer]) -> Iterator[Reading]:
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
