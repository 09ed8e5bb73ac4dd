"""What was published of a round of an evaluation: for the public as far as the kind of its records is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.evaluations import notices, published, stages, texts
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.evaluations.published import Online, Published, Shown
from xianfeng.evaluations.publishing import Told
from xianfeng.evaluations.results import Slips
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger.models import Record
from xianfeng.scheme.evaluating import Evaluation, Question
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.public import evaluation_files, evaluation_online
from xianfeng.web.public.evaluation_files import PollFiles
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

ROUNDS = 5  # of an organisation or a campaign, on its own page


@dataclass(frozen=True)
class RoundLink:
    number: int
    title: str
    since: dt.date
    until: dt.date
    annulled: bool


@dataclass(frozen=True)
class Changed:
    """What was done to a round after its boxes were opened, and why."""

    title: str
    day: dt.date
    reason: str


@dataclass(frozen=True)
class ResultPage:
    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    slips: Slips
    seq: int
    tables: tuple[Table, ...]
    written: tuple[Table, ...]
    online: tuple[Table, ...]
    annulled: tuple[str, ...]
    unshown: tuple[str, ...]
    changed: tuple[Changed, ...]
    files: tuple[PollFiles, ...]
    notice: Record | None  # of the reader's own organisation


@dataclass(frozen=True)
class AnnulledPage:
    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    changed: tuple[Changed, ...]


@access.reading
def evaluation_result(request: HttpRequest, number: int) -> HttpResponse:
    row = _told().filter(id=number).first()
    if row is None:
        raise Http404(gettext("没有公布过这一轮评议"))
    (scheme, rule), changed = stages.rule_of(row), tuple(_changed(row))
    seen = scope.of(request)
    found = published.read(row)
    if found is None and evaluation_files.is_open(seen, scheme):
        annulled = AnnulledPage(row, scheme, rule, changed)
        return render(request, "public/evaluation_annulled.html", {"page": annulled})
    if found is None:
        raise Http404(gettext("没有公布过这一轮评议"))
    shown = _seen(seen, scheme, found.shown)
    if not shown and not evaluation_files.is_open(seen, scheme):
        raise Http404(gettext("没有公布过这一轮评议"))
    whole = len(shown) == len(found.shown)
    told = evaluation_online.tables(row, rule, found.online, lambda one: _read(seen, scheme, one))
    page = ResultPage(
        row=row,
        scheme=scheme,
        rule=rule,
        slips=found.slips,
        seq=found.seq,
        tables=tuple(_table(question, shown, found if whole else None) for question in rule.counted),
        written=tuple(_written(row, rule, shown)),
        online=tuple(told),
        annulled=tuple(unit.name for unit in found.annulled) if whole else (),
        unshown=tuple(unit.name for unit in found.unshown) if whole else (),
        changed=changed,
        files=tuple(evaluation_files.of(row)) if found.slips.online else (),
        notice=_notices([row], seen).get(row.id),
    )
    return answer(request, *page.tables, *page.written, *page.online) or render(
        request, "public/evaluation.html", {"page": page}
    )


def _told() -> QuerySet[EvaluationRound]:
    """What is published, and what was given up when somebody could know already what it comes to."""
    opened = Electorate.objects.filter(round=OuterRef("pk"), returned__isnull=False)
    return EvaluationRound.objects.filter(Q(stage=Stage.PUBLISHED) | Q(Exists(opened), stage=Stage.ANNULLED))


def _changed(row: EvaluationRound) -> Iterator[Changed]:
    for step in stages.steps(row, "correct", "take_back", "annul"):
        yield Changed(translated(step.title), timezone.localdate(step.at), str(step.body["reason"]))


def _seen(seen: Scope, scheme: Scheme, parts: Iterable[Shown]) -> list[Shown]:
    """What may be read: everything where the records' numbers are public, else what is told of the reader's own."""
    those = [(part, {part.at, *(unit.organisation for unit in part.judged)}) for part in parts]
    if evaluation_files.is_open(seen, scheme):
        return [part for part, _ in those]
    own = seen.all_within({organisation for _, at in those for organisation in at})
    return [part for part, at in those if at & own]


def _notices(rows: Iterable[EvaluationRound], seen: Scope, *organisations: int) -> dict[int, Record]:
    """By round what was told to these, or else to that for which the reader acts: it can object there."""
    if seen.reader.appointment is None:
        return {}
    those = organisations or tuple(filter(None, (seen.reader.actor.organisation, seen.head)))
    return {number: one for number, one in notices.told(rows, those).items() if seen.full(one)}


def _read(seen: Scope, scheme: Scheme, one: Online) -> bool:
    """Whether what is told of a poll may be read."""
    if evaluation_files.is_open(seen, scheme):
        return True
    at = {unit.organisation for unit in one.judged}
    return bool(at & seen.all_within(at))


def _table(question: Question, shown: list[Shown], whole: Published | None) -> Table:
    columns = (
        Column(gettext("评议对象")),
        Column(gettext("有效票"), gettext("张"), align="right"),
        *(Column(title, gettext("票"), align="right") for title in question.choices.values()),
    )
    rows = [
        (_units(part), cells.number(part.cast), *numbers(question, part.told))
        for part in shown
        if question.name in part.told
    ]
    foot: tuple[Cell, ...] = ()
    if whole and question.name in whole.total and len(rows) > 1:
        cast = sum(part.cast for part in shown)
        foot = (cells.text(gettext("合计")), cells.number(cast), *numbers(question, whole.total))
    return Table(question.name, question.title, columns, rows, foot=foot, empty=gettext("票太少，没有可以公布的结果。"))


def _written(row: EvaluationRound, rule: Evaluation, shown: list[Shown]) -> Iterator[Table]:
    """What voters wrote, as far as the office let it be read."""
    parts = {number: part for part in shown for number in part.pools}
    held = list(texts.shown(row, parts))
    columns = (Column(gettext("评议对象")), Column(gettext("意见")))
    for question in rule.questions.values():
        rows = [
            (_units(parts[one.electorate.number]), cells.text(one.text))
            for one in held
            if one.question == question.name
        ]
        if rows:
            yield Table(question.name, question.title, columns, rows)


def rounds_of(scheme: Scheme, seen: Scope) -> tuple[RoundLink, ...]:
    """A campaign's latest rounds that everybody may read."""
    if not scheme.evaluations or not evaluation_files.is_open(seen, scheme):
        return ()
    rows = _told().filter(scheme=scheme.name).order_by("-id")[:ROUNDS]
    return tuple(
        RoundLink(row.id, stages.rule_of(row)[1].title, row.since, row.until, row.stage == Stage.ANNULLED)
        for row in rows
    )


def judged_at(organisation: int, seen: Scope) -> Table:
    """What was published of one organisation, in its latest rounds."""
    rows = published.latest(organisation, ROUNDS)
    found, own = published.read_many(rows), _notices(rows, seen, organisation)
    lines = []
    for row in rows:
        scheme, rule = stages.rule_of(row)
        about = [part for part in found[row.id].shown if any(one.organisation == organisation for one in part.judged)]
        parts = _seen(seen, scheme, about)
        notice = reverse("record", args=[own[row.id].id]) if row.id in own else ""
        for part in parts:
            lines += [
                _line(row, rule, question, part, notice) for question in rule.counted if question.name in part.told
            ]
    columns = (
        Column(gettext("评议")),
        Column(gettext("题目")),
        Column(gettext("有效票"), gettext("张"), align="right"),
        Column(gettext("结果")),
    )
    return Table("judged", gettext("群众评议"), columns, lines)


def _line(row: EvaluationRound, rule: Evaluation, question: Question, part: Shown, notice: str) -> tuple[Cell, ...]:
    """`notice`: the address of what its organisation was told."""
    told = zip(question.choices.values(), numbers(question, part.told), strict=True)
    words = gettext("、").join(f"{title} {cell.text}" for title, cell in told)
    together = gettext("与其他组织合并") if len(part.judged) > 1 else ""
    return (
        cells.text(rule.title, link=reverse("evaluation_result", args=[row.id]), note=str(row.until)),
        cells.text(question.title),
        cells.number(part.cast),
        cells.text(words, note=together, link=notice),
    )


def _units(part: Shown) -> Cell:
    if len(part.judged) == 1:
        (unit,) = part.judged
        return cells.text(unit.name, link=reverse("organisation", args=[unit.code]))
    names = gettext("、").join(unit.name for unit in part.judged)
    return cells.text(names, note=gettext("合并"))


def numbers(question: Question, told: Mapping[str, Told]) -> Iterator[Cell]:
    """How often each answer was given; where nearly all agreed, only that one, from and to."""
    found = told[question.name]
    for answer_ in question.choices:
        least, most = found.at_least[answer_], found.at_most[answer_]
        if least == most:
            yield cells.number(least)
        elif found.nearly_all in (None, answer_):
            yield cells.text(gettext("%(least)s 至 %(most)s") % {"least": least, "most": most})
        else:
            yield cells.text(gettext("至多 %(most)s") % {"most": most})
