"""One round: how far it has got, who is asked about whom, and the one step that comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import electors, freezing, results, sheets, stages, texts
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.freezing import Plan
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.evaluations.results import Slips
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import versions
from xianfeng.ledger.powers import root_of
from xianfeng.log.append import head
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, entries, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import asked
from xianfeng.web.office.evaluations.finding import followed_or_404
from xianfeng.web.tables import Column, Table, answer

_TYPED = {Stage.FROZEN: "issue", Stage.ISSUED: "close"}
_WAY = (Stage.PREPARED, Stage.FROZEN, Stage.ISSUED, Stage.CLOSED, Stage.PUBLISHED)


@dataclass(frozen=True)
class Done:
    """A step with who took it; so many times after each other, `step` the last and `first` when the first was."""

    step: Step
    who: str
    times: int
    first: dt.datetime


@dataclass(frozen=True)
class Typed:
    """Numbers of slips as they were typed, by electorate, and what was refused of each; nothing is entered of them."""

    texts: Mapping[int, str] = field(default_factory=dict)
    faults: Mapping[int, str] = field(default_factory=dict)
    told: str = ""  # of the whole


@dataclass(frozen=True)
class RoundPage:
    """`asked`: the electorates, in which numbers are typed where the next step asks for them. `units`: before freezing,
    how many organisations the rule means."""

    row: EvaluationRound
    scheme: Scheme
    rule: Evaluation
    stage: Stage
    asked: Table
    units: int
    slips: Slips | None
    hash: str
    texts: int  # what voters wrote and nobody has decided on
    written: bool  # something was shown or is to be decided on
    to_draw: bool  # its sample is sealed and not drawn yet
    waiting: int  # pools that are not counted yet
    acts: bool  # whether the reader's office runs it; else he only reads
    steps: tuple[Done, ...]
    refused: Typed

    @property
    def way(self) -> list[tuple[str, str]]:
        """Each stage with its word and whether it is behind or here."""
        if self.stage == Stage.ANNULLED:
            return []
        at = _WAY.index(self.stage)
        return [(stage.word, "done" if n < at else "here" if n == at else "") for n, stage in enumerate(_WAY)]

    @property
    def open(self) -> bool:
        return self.acts and self.stage not in (Stage.PUBLISHED, Stage.ANNULLED)

    @property
    def lists(self) -> bool:
        """Whether as many as there are on the lists can be put in for slips."""
        return self.move == "issue" and self.rule.electorate != "visitors" and not self.refused.texts

    @property
    def move(self) -> str:
        """The step for which numbers are typed into the table."""
        return _TYPED.get(self.stage, "") if self.acts and not self.to_draw else ""


@require_safe
@access.needs(Ability.OVERLOOK)
def evaluation_round(request: HttpRequest, number: int) -> HttpResponse:
    row = followed_or_404(request, number)
    runs = scope.of(request).runs(versions.current(row.scheme))
    page = page_of(row, acts=runs, listed=asked(request, "listed") == "1")
    return answer(request, page.asked) or render(request, "office/evaluations/round.html", {"page": page})


def page_of(
    row: EvaluationRound,
    roll: Roll | None = None,
    *,
    acts: bool = True,
    refused: Typed | None = None,
    listed: bool = False,
) -> RoundPage:
    """`roll`: a list that is only looked at; `listed`: as many slips put in as there are people on each list."""
    scheme, rule = stages.rule_of(row)
    stage, those = Stage(row.stage), list(row.electorates.order_by("number"))
    found = _planned(scheme, rule, roll) if stage == Stage.PREPARED else None
    steps = stages.steps(row)
    to_draw = stage == Stage.FROZEN and rule.sample > 0 and not any(step.move in ("draw", "confirm") for step in steps)
    written = texts.decided(row) if stage == Stage.PUBLISHED else []
    names = entries.actors({step.actor for step in steps})
    online = {step.body["electorate"] for step in steps if step.move == "poll"}
    typed = refused or Typed(_as_listed(rule, those, online) if listed and stage == Stage.FROZEN else {})
    asking = Asking(stage if acts and not to_draw else None, rule, online, typed)
    return RoundPage(
        row=row,
        scheme=scheme,
        rule=rule,
        stage=stage,
        asked=_foreseen(found) if found else _electorates(those, stage, asking),
        units=len(found.out) + sum(len(one.units) for one in found.asked) if found else 0,
        slips=results.slips(row) if those else None,
        hash=freezing.read(row).hash.hex() if row.frozen else "",
        texts=sum(not shown for shown in written),
        written=bool(written),
        to_draw=to_draw,
        waiting=sum(not pool.done for pool in sheets.pools(row)) if stage == Stage.CLOSED else 0,
        acts=acts,
        steps=tuple(_done(steps, names)),
        refused=asking.typed,
    )


def _as_listed(rule: Evaluation, those: Iterable[Electorate], online: Collection[int]) -> Mapping[int, str]:
    """Everybody on a list is handed a slip; not where some vote without."""
    if rule.electorate == "visitors":
        return {}
    return {one.number: str(one.electors) for one in those if one.number not in online}


def _done(steps: Iterable[Step], names: Mapping[str, str]) -> Iterator[Done]:
    """What one person did again and again, such as typing a hundred sheets, is one line."""
    for _, those in groupby(steps, key=lambda step: (step.title, step.actor, step.body.get("reason"))):
        alike = list(those)
        yield Done(alike[-1], names.get(alike[-1].actor, ""), len(alike), alike[0].at)


def _planned(scheme: Scheme, rule: Evaluation, roll: Roll | None) -> Plan:
    day = timezone.localdate()
    units = electors.units(scheme, rule, as_of=head(), day=day)
    if rule.electorate == "members":
        return freezing.plan(scheme, rule, units, electors.members(root_of(scheme), units, day))
    return freezing.plan(scheme, rule, units, roll or {})


def _foreseen(found: Plan) -> Table:
    columns = (
        Column(gettext("评议对象")),
        Column(gettext("参评人员"), gettext("人"), align="right"),
        Column(gettext("说明")),
    )
    rows = [
        (
            cells.text(one.title),
            cells.number(one.electors) if one.electors else cells.nothing(),
            cells.text(gettext("合并评议") if len(one.units) > 1 else ""),
        )
        for one in found.asked
    ]
    rows += [(cells.text(unit.name), cells.number(size), cells.text(_why_not(size))) for unit, size in found.out]
    return Table("asked", gettext("谁评谁"), columns, rows, empty=gettext("没有符合条件的组织。"))


def _why_not(size: int) -> str:
    return gettext("参评人员不足，不评") if size else gettext("名单上还没有人")


@dataclass(frozen=True)
class Asking:
    """What of the electorates is typed now. `stage`: None where nothing is; `online`: who can vote without paper."""

    stage: Stage | None
    rule: Evaluation
    online: Collection[int]
    typed: Typed

    @property
    def asks(self) -> bool:
        return self.stage in _TYPED


def _electorates(those: Sequence[Electorate], stage: Stage, asking: Asking) -> Table:
    """With the columns of which there can be something by now."""
    columns = [Column(gettext("评议对象")), Column(gettext("参评人员"), gettext("人"), align="right")]
    columns += [Column(gettext("发出"), gettext("张"), align="right")]
    if stage != Stage.FROZEN:
        columns += [Column(gettext("收回"), gettext("张"), align="right")]
    if stage not in (Stage.FROZEN, Stage.ISSUED):
        columns += [Column(gettext("计票"))]
    rows = [_row(one, asking, those)[: len(columns)] for one in those]
    return Table("asked", gettext("谁评谁"), tuple(columns), rows, stack=asking.asks)


def _row(one: Electorate, asking: Asking, those: Sequence[Electorate]) -> tuple[Cell, ...]:
    nobody = asking.rule.electorate == "visitors" and not one.electors
    online = gettext("在网上投票；改用纸票的才有票") if one.number in asking.online else ""
    return (
        cells.text(one.title, note=online),
        cells.nothing() if nobody else cells.number(one.electors),
        _slips(one, one.issued, asking, asks=asking.stage == Stage.FROZEN),
        _slips(one, one.returned, asking, asks=asking.stage == Stage.ISSUED),
        cells.text(_together(one, those)),
    )


def _slips(one: Electorate, slips: int | None, asking: Asking, *, asks: bool) -> Cell:
    if asks:
        typed = asking.typed
        return cells.text("", beside=_input(one, typed.texts.get(one.number, ""), typed.faults.get(one.number, "")))
    return cells.text("") if slips is None else cells.number(slips)


def _input(one: Electorate, text: str, fault: str) -> SafeString:
    """What nobody typed is empty, which is not 0."""
    told = format_html('<ul class="errorlist" id="n{}-fault"><li>{}</li></ul>', one.number, fault) if fault else ""
    wrong = format_html(' aria-invalid="true" aria-describedby="n{}-fault"', one.number) if fault else ""
    return format_html(
        '<span class="field{}"><input id="n{}" name="n{}" value="{}" inputmode="numeric" autocomplete="off"'
        ' maxlength="6" aria-label="{}"{}>{}</span>',
        " faulty" if fault else "",
        one.number,
        one.number,
        text,
        gettext("%(title)s，张数") % {"title": one.title},
        wrong,
        told,
    )


def _together(one: Electorate, those: Sequence[Electorate]) -> str:
    if one.together is None:
        return ""
    if one.together == 0:
        return gettext("票太少，不计") if one.returned else gettext("没有票")
    others = [each.title for each in those if each.together == one.together and each.number != one.number]
    return gettext("与%(others)s合并计票") % {"others": gettext("、").join(others)} if others else gettext("单独计票")


def wrong_list(problem: Problem) -> Table:
    """What is wrong with a list, by row."""
    columns = (Column(gettext("在哪里")), Column(gettext("问题")), Column(gettext("怎么办")))
    rows = [
        (cells.text(one.place), cells.text(one.message), cells.text(one.hint))
        for one in getattr(problem, "problems", (problem,))
    ]
    return Table("faults", gettext("名单要改的地方"), columns, rows, file=False)
