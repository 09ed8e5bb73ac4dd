"""Judgement at the office: what waits in each of its works, and the objections that wait for this organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import stages as rounds
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.gradings.models import Proposal
from xianfeng.inspections import stages as plans
from xianfeng.inspections.models import InspectionPlan
from xianfeng.ledger import objecting, versions
from xianfeng.ledger.models import Record
from xianfeng.scheme import stretches
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import Level
from xianfeng.signals import answering
from xianfeng.web import access, cells, scope
from xianfeng.web.frame import last_day, own_campaigns, own_or_404
from xianfeng.web.record import items
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

_MOST = 50


@dataclass(frozen=True)
class Waiting:
    """What waits in one of the works, in words, and how many."""

    title: str
    href: str
    words: str
    count: int


@dataclass(frozen=True)
class JudgementPage:
    works: Table
    objections: Table


@require_safe
@access.needs(Ability.REVIEW)
def judgement(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    page = JudgementPage(works=_works(seen), objections=_objections(seen))
    return answer(request, page.works, page.objections) or render(request, "office/judgement.html", {"page": page})


def _works(seen: Scope) -> Table:
    columns = (Column(gettext("工作")), Column(gettext("等着办的")), Column(gettext("数量"), align="right"))
    rows = [
        (cells.text(one.title, link=one.href), cells.text(one.words), cells.number(one.count))
        for one in _waiting(seen, own_campaigns(seen))
    ]
    return Table("works", gettext("等着办的工作"), columns, rows)


def _waiting(seen: Scope, own: tuple[Scheme, ...]) -> Iterator[Waiting]:
    names = [scheme.name for scheme in own]
    if seen.reader.can(Ability.OFFICE):
        ended = (rounds.Stage.PUBLISHED, rounds.Stage.ANNULLED)
        held = EvaluationRound.objects.filter(scheme__in=names).exclude(stage__in=ended).count()
        yield Waiting(gettext("群众评议"), reverse("evaluations"), gettext("还没有公布的轮次"), held)
        drawn = InspectionPlan.objects.filter(scheme__in=names, stage__in=plans.OPEN).count()
        yield Waiting(gettext("督查"), reverse("inspections"), gettext("还没有公布结果的督查"), drawn)
    yield Waiting(gettext("分类定级"), reverse("gradings"), gettext("本期还没有提出建议的定级"), _unproposed(own))
    if seen.reader.can(Ability.OFFICE):
        held = _nominated(own)
        yield Waiting(gettext("评选表彰"), reverse("commendations"), gettext("推荐了还没有表彰的"), held)
    if seen.reader.can(Ability.FILE):
        told = answering.told(names, timezone.localdate()).count() if names else 0
        yield Waiting(gettext("失真提示"), reverse("signals"), gettext("等着说明或者处理的提示"), told)


def _unproposed(own: tuple[Scheme, ...]) -> int:
    held = Proposal.objects.filter(campaign__in=[one.name for one in own])
    made = set(held.values_list("campaign", "grading", "since"))
    due = (
        (scheme.name, rule.name, stretch.since)
        for scheme in own
        for rule in scheme.gradings.values()
        if (stretch := stretches.holding(rule, scheme, last_day(scheme)))
    )
    return sum(one not in made for one in due)


def _nominated(own: tuple[Scheme, ...]) -> int:
    """Records on their way from nomination to award."""
    count = 0
    for scheme in own:
        for kind in dict.fromkeys(rule.kind for rule in scheme.commendations.values()):
            ended = {rule.awarded for rule in scheme.commendations.values() if rule.kind == kind}
            held = Record.objects.filter(register=scheme.key(kind), scheme__name=scheme.name)
            count += held.filter(level__gte=Level.FILED.rank).exclude(state__in=ended).count()
    return count


def _objections(seen: Scope) -> Table:
    """Those that wait for the answer of the reader's own desk, the oldest first."""
    own = own_or_404(seen).id
    waiting = [
        (scheme.key(kind.name), state.name)
        for scheme in versions.all_current()
        for kind in scheme.kinds.values()
        if kind.objects
        for state in kind.flow.states.values()
        if state.open
    ]
    held = Record.objects.filter(
        register__in={register for register, _ in waiting},
        state__in={state for _, state in waiting},
        holder__in={own, seen.head or own},
    )
    found = [one for one in held.order_by("id")[:_MOST] if objecting.state(one).open and seen.full(one)]
    return items.table("objections", gettext("等本单位答复的异议"), found, empty=gettext("没有要答复的异议。"))
