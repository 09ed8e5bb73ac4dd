"""One counting sheet: the figures of a batch of slips, as one person has counted them; once published, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import correcting, sheets, stages
from xianfeng.evaluations.batches import BLANK, FIRST, SECOND, Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Pool
from xianfeng.evaluations.stages import Stage
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation, Question
from xianfeng.web import access
from xianfeng.web.office.evaluations.finding import pool_or_404, round_or_404, typed, warn


@dataclass(frozen=True)
class Input:
    """A number to be typed, or a text."""

    name: str
    title: str
    value: str


@dataclass(frozen=True)
class Group:
    """A question with an input for each answer, and what does not add up there."""

    title: str
    inputs: tuple[Input, ...]
    fault: str


@dataclass(frozen=True)
class Sheet:
    """Which batch is counted."""

    row: EvaluationRound
    rule: Evaluation
    pool: Pool
    batch: int

    @property
    def read(self) -> bool:
        """Somebody has read the batch."""
        return self.batch <= len(self.pool.batches)

    @property
    def second(self) -> bool:
        """Whoever reads it now is the second of a count."""
        return self.read and not (self.again and self.pool.batches[self.batch - 1].last.settled)

    @property
    def again(self) -> bool:
        return self.row.stage == Stage.PUBLISHED


@dataclass(frozen=True)
class SheetPage:
    of: Sheet
    whole: tuple[Input, ...]  # slips and invalid ones
    groups: tuple[Group, ...]
    texts: tuple[Input, ...]  # what voters wrote, a line each: asked in the first reading alone
    reason: str
    faults: tuple[Problem, ...]  # of the sheet as a whole


@dataclass(frozen=True)
class Typed:
    """What was typed, and what was refused of it."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def sheet(request: HttpRequest, number: int, pool: int, batch: int) -> HttpResponse:
    row = round_or_404(request, number)
    held, rule = pool_or_404(row, pool), stages.rule_of(row)[1]
    of = Sheet(row, rule, held, batch)
    if request.method != "POST":
        try:
            if of.read and not of.again:
                sheets.refuse_same_hand(held.batches[batch - 1], reader.of(request).actor)
        except Problem as problem:
            warn(request, problem)
            return redirect("evaluation_counting", number)
        return _page(request, of, Typed())
    try:
        told = _kept(request, of)
    except Problem as problem:
        numbers = {name: request.POST.get(name, "") for name in request.POST}
        problems = tuple(getattr(problem, "problems", (problem,)))
        return _page(request, of, Typed(numbers, problems))
    messages.success(request, told)
    return redirect("evaluation_counting", number)


def _kept(request: HttpRequest, of: Sheet) -> str:
    """What is told of a sheet that was kept."""
    counted, by = read(request, of.rule), reader.of(request).actor
    at = {"number": of.row.id, "pool": of.pool.number, "batch": of.batch}
    if of.again:
        correcting.correct(**at, counted=counted, reason=request.POST.get("reason", ""), by=by)
        count = sheets.last_count(of.row, pool=of.pool.number, batch=of.batch)
        if count.settled:
            return gettext("两遍一致，已更正，公布的结果已经按新的数。")
        if len(count.sheets) == SECOND:
            return gettext("两遍有不同的地方，再由没有数过的人复核。")
        return gettext("第一遍已保存，第二遍换一个人录。")
    made = sheets.enter(**at, counted=counted, written={} if of.read else _texts(request, of.rule), by=by)
    if made.reading == FIRST:
        return gettext("第一遍已保存，第二遍换一个人录。")
    return gettext("第二遍已保存。")


def read(request: HttpRequest, rule: Evaluation) -> Counted:
    """What was typed; an answer that was not is left out, which the sheet is refused for."""
    names = {
        (question.name, answer): _name(question, answer) for question in rule.counted for answer in _answers(question)
    }
    found = typed(request, ("slips", "invalid", *names.values()))
    counts: dict[str, dict[str, int]] = {question.name: {} for question in rule.counted}
    for (question, answer), name in names.items():
        if name in found:
            counts[question][answer] = found[name]
    return Counted(slips=found.get("slips", 0), invalid=found.get("invalid", 0), counts=counts)


def _texts(request: HttpRequest, rule: Evaluation) -> dict[str, list[str]]:
    """A line for each slip on which something was written."""
    return {one.name: request.POST.get(f"text-{one.name}", "").splitlines() for one in written(rule)}


def written(rule: Evaluation) -> tuple[Question, ...]:
    return tuple(one for one in rule.questions.values() if not one.counted)


def _page(request: HttpRequest, of: Sheet, said: Typed) -> HttpResponse:
    asked = {question.name for question in of.rule.counted}
    page = SheetPage(
        of=of,
        whole=(
            Input("slips", gettext("这一批共几张"), said.numbers.get("slips", "")),
            Input("invalid", gettext("其中无效票"), said.numbers.get("invalid", "0")),
        ),
        groups=tuple(_groups(of.rule, said)),
        texts=tuple(
            Input(f"text-{one.name}", one.title, said.numbers.get(f"text-{one.name}", ""))
            for one in (() if of.read else written(of.rule))
        ),
        reason=said.numbers.get("reason", ""),
        faults=tuple(one for one in said.problems if one.field not in asked),
    )
    status = 422 if said.problems else 200
    return render(request, "office/evaluations/sheet.html", {"page": page}, status=status)


def _groups(rule: Evaluation, said: Typed) -> Iterator[Group]:
    faults = {problem.field: problem for problem in said.problems}
    for question in rule.counted:
        inputs = tuple(
            Input(name := _name(question, answer), called(question, answer), said.numbers.get(name, ""))
            for answer in _answers(question)
        )
        fault = faults.get(question.name)
        yield Group(question.title, inputs, fault.told if fault else "")


def called(question: Question, answer: str) -> str:
    return question.choices.get(answer, gettext("没有填"))


def _answers(question: Question) -> tuple[str, ...]:
    return (*question.choices, BLANK)


def _name(question: Question, answer: str) -> str:
    """Answers may be any text: inputs are numbered."""
    return f"{question.name}-{_answers(question).index(answer)}"
