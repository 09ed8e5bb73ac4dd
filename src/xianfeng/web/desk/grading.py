"""An organisation's own gradings, and one line with its reasons: each indicator, its value and points, what moved it.

Whoever stands above reads a line as soon as it is proposed; the organisation itself once it is told what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng import figures
from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import addresses, numbers
from xianfeng.figures.interface import Query
from xianfeng.gradings import deciding, previous
from xianfeng.gradings.actions import rule_of
from xianfeng.gradings.deciding import Decision
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.gradings.telling import Pointed, Told, titles, told
from xianfeng.ledger import versions
from xianfeng.ledger.values import is_number
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.explain.pages import graded
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, cells, language, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import own_or_404
from xianfeng.web.tables import Column, Table, answer

_MOST = 50


@dataclass(frozen=True)
class LinePage:
    proposal: Proposal
    scheme: Scheme
    rule: Grading
    organisation: Node
    why: Told
    called: dict[str, str]
    decision: Decision | None
    state: str
    before: str
    change: str
    indicators: Table
    shares: Table
    how: str

    @property
    def total(self) -> str:
        """At least, where some value may be more."""
        return "" if self.why.total is None else cells.amount(self.why.total, is_floor=self.why.is_floor)

    @property
    def scored(self) -> str:
        return self.called.get(self.why.scored, "")

    @property
    def proposed(self) -> str:
        return self.called.get(self.why.grade, "")

    @property
    def decided(self) -> str:
        return self.called.get(self.decision.grade, self.decision.grade) if self.decision else ""

    @property
    def moved(self) -> list[str]:
        return [translated(one) for one in self.why.moved]


@dataclass(frozen=True)
class OwnPage:
    table: Table


@require_safe
@access.needs(Ability.READ)
def own_gradings(request: HttpRequest) -> HttpResponse:
    lines = (
        ProposalLine.objects.filter(organisation__in=_own(request))
        .select_related("proposal")
        .order_by("-proposal")[:_MOST]
    )
    decided = deciding.decisions_of((line.proposal, line.organisation_id) for line in lines)
    rows = [row for line in lines if (row := _own_row(line, decided.get((line.proposal_id, line.organisation_id))))]
    columns = (Column(gettext("定级")), Column(gettext("期间")), Column(gettext("等级")), Column(gettext("活动")))
    table = Table("own", gettext("本单位的定级"), columns, rows, empty=gettext("还没有公布本单位的等级。"))
    return answer(request, table) or render(request, "desk/gradings.html", {"page": OwnPage(table)})


@require_safe
@access.needs(Ability.READ)
def grading_line(request: HttpRequest, number: int, organisation: int) -> HttpResponse:
    line = _line(number, organisation)
    if line is None or not scope.of(request).files_for(organisation):
        raise Http404(gettext("没有这号定级建议"))
    proposal = line.proposal
    scheme = versions.scheme(proposal.scheme_id)
    rule, decision = rule_of(scheme, proposal.grading), deciding.decisions(proposal, [organisation]).get(organisation)
    if organisation in _own(request) and not _is_told(line, scheme, rule, decision):
        raise Http404(gettext("没有这号定级建议"))
    called, why = titles(scheme, rule), told(scheme, rule, line)
    node = tree.named([organisation], proposal.until)[organisation]
    before = previous.classes(proposal, [organisation]).get(organisation, "")
    state = scheme.kinds[rule.kind].flow.states[decision.state] if decision else None
    page = LinePage(
        proposal=proposal,
        scheme=scheme,
        rule=rule,
        organisation=node,
        why=why,
        called=called,
        decision=decision,
        state=translated(state.title) if state else "",
        before=called.get(before, ""),
        change=_change(rule, before, decision.grade if decision else ""),
        indicators=_indicators(proposal, scheme, node, why),
        shares=_shares(why),
        how=graded(scheme, rule.name, language.explaining()),
    )
    return answer(request, page.indicators, page.shares) or render(request, "desk/grading.html", {"page": page})


def _line(number: int, organisation: int) -> ProposalLine | None:
    if not (is_number(number) and is_number(organisation)):
        return None
    return ProposalLine.objects.filter(proposal=number, organisation=organisation).select_related("proposal").first()


def _own(request: HttpRequest) -> frozenset[int]:
    """Where the reader is appointed, and the division at whose desk he is there."""
    seen = scope.of(request)
    return frozenset({own_or_404(seen).id} if seen.head is None else {own_or_404(seen).id, seen.head})


def _is_told(line: ProposalLine, scheme: Scheme, rule: Grading, decision: Decision | None) -> bool:
    """Of several proposals for one period, the one that was decided upon."""
    if decision is None or decision.proposal not in (0, line.proposal_id):
        return False
    return decision.state in scheme.kinds[rule.kind].flow.told


def _own_row(line: ProposalLine, decision: Decision | None) -> tuple[Cell, ...] | None:
    proposal = line.proposal
    scheme = versions.scheme(proposal.scheme_id)
    rule = rule_of(scheme, proposal.grading)
    if decision is None or not _is_told(line, scheme, rule, decision):
        return None
    return (
        cells.text(rule.title, link=reverse("grading_line", args=[proposal.id, line.organisation_id])),
        cells.text(gettext("%(since)s 至 %(until)s") % {"since": proposal.since, "until": proposal.until}),
        cells.text(titles(scheme, rule).get(decision.grade, decision.grade)),
        cells.text(scheme.title),
    )


def _change(rule: Grading, before: str, now: str) -> str:
    order = [*rule.classes]
    if before not in order or now not in order:
        return ""
    step = order.index(before) - order.index(now)
    return gettext("晋位") if step > 0 else gettext("降位") if step < 0 else gettext("没有变化")


def _indicators(proposal: Proposal, scheme: Scheme, node: Node, why: Told) -> Table:
    columns = (
        Column(gettext("部分")),
        Column(gettext("指标")),
        Column(gettext("数"), align="right"),
        Column(gettext("得分"), align="right"),
        Column(gettext("满分"), align="right"),
    )
    rows = [
        (
            cells.text(one.part.title),
            cells.text(translated(one.title)),
            _value(proposal, scheme, node, one),
            cells.nothing() if one.points is None else cells.at_least(one.points, is_floor=one.is_floor),
            cells.number(one.indicator.full),
        )
        for one in why.indicators
    ]
    return Table("indicators", gettext("各项指标"), columns, rows)


def _value(proposal: Proposal, scheme: Scheme, node: Node, one: Pointed) -> Cell:
    """It opens: the page of the figure, as it was asked."""
    measure = scheme.measures[one.indicator.measure]
    query = Query(
        scheme=scheme.hash,
        measure=measure.name,
        organisation=node.id,
        since=proposal.since,
        until=proposal.until,
        as_of=proposal.as_of,
    )
    link = addresses.figure(scheme, query, node.code)
    if one.value is None:
        return cells.text(gettext("没有数"), link=link, look=Look.UNREPORTED)
    is_floor = figures.engine().figure(query).is_floor
    text = translated(numbers.floored(numbers.printed(one.value, measure.show), is_floor=is_floor))
    return cells.text(f"{text}{measure.unit}", link=link)


def _shares(why: Told) -> Table:
    columns = (
        Column(gettext("部分")),
        Column(gettext("折合百分制"), align="right"),
        Column(gettext("权重"), align="right"),
    )
    rows = [
        (cells.text(one.part.title), cells.at_least(one.share, is_floor=one.is_floor), cells.number(one.part.weight))
        for one in why.shares
    ]
    return Table("shares", gettext("各部分"), columns, rows if why.total is not None else [])
