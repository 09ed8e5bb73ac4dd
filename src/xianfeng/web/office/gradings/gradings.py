"""The campaigns' gradings: which are due in this stretch of time, and what was proposed so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.gradings import actions, deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.scheme import stretches
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.sentences import following
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import last_day, overlooked_campaigns, own_campaign_or_404, own_or_404
from xianfeng.web.office.gradings.finding import deciding_for
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

_MOST = 100


@dataclass(frozen=True)
class Due:
    """A period that is over, or runs. `proposal`: the last one for all of it, 0 before; `acts`: whether the reader is
    who makes them."""

    scheme: Scheme
    rule: Grading
    stretch: Stretch
    day: dt.date  # up to which there are figures
    proposal: int
    acts: bool

    @property
    def running(self) -> bool:
        return self.day < self.stretch.until


@dataclass(frozen=True)
class GradingsPage:
    due: tuple[Due, ...]
    proposals: Table


@require_safe
@access.needs(Ability.SURVEY)
def gradings(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    page = GradingsPage(due=tuple(_due(seen)), proposals=_table(request))
    return answer(request, page.proposals) or render(request, "office/gradings/gradings.html", {"page": page})


@require_POST
@access.needs(Ability.OFFICE)
def propose(request: HttpRequest) -> HttpResponse:
    scheme = own_campaign_or_404(scope.of(request), request.POST.get("scheme", ""))
    name, by = request.POST.get("grading", ""), reader.of(request).actor
    try:
        made = actions.propose(by=by, scheme=scheme.name, grading=name, day=_day(request, scheme))
    except Problem as problem:
        messages.warning(request, following(problem.message, problem.hint))
        return redirect("gradings")
    return redirect("proposal", made.id)


def _due(seen: Scope) -> Iterator[Due]:
    known = overlooked_campaigns(seen)
    held = Proposal.objects.filter(campaign__in=[scheme.name for scheme in known]).order_by("id")
    made = {tuple(those): number for number, *those in held.values_list("id", "campaign", "grading", "since", "until")}
    for scheme in known:
        day, acts = last_day(scheme), seen.runs(scheme)
        for rule in scheme.gradings.values():
            those = stretches.ended(rule, scheme, day), stretches.holding(rule, scheme, day)
            for stretch in dict.fromkeys(filter(None, those)):
                proposal = made.get((scheme.name, rule.name, stretch.since, stretch.until), 0)
                yield Due(scheme, rule, stretch, min(day, stretch.until), proposal, acts)


def _day(request: HttpRequest, scheme: Scheme) -> dt.date:
    """In which period; nothing is graded before there are figures."""
    try:
        asked = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return last_day(scheme)
    return min(asked, last_day(scheme))


def _table(request: HttpRequest) -> Table:
    """Those that grade somebody below the reader's desk."""
    own, today = deciding_for(own_or_404(scope.of(request)), request), timezone.localdate()
    below = deciding.below(OuterRef("id"), own, today)
    reaching = Proposal.objects.filter(Exists(below)).order_by("-id")[:_MOST]
    columns = (
        Column(gettext("建议")),
        Column(gettext("定级")),
        Column(gettext("期间")),
        Column(gettext("组织"), gettext("个"), align="right"),
        Column(gettext("活动")),
    )
    rows = [_row(one) for one in reaching]
    return Table("proposals", gettext("定级建议"), columns, rows, empty=gettext("还没有提出过定级建议。"))


def _row(one: Proposal) -> tuple[Cell, ...]:
    scheme = versions.scheme(one.scheme_id)
    return (
        cells.text(gettext("第 %(number)s 号") % {"number": one.id}),
        cells.text(scheme.gradings[one.grading].title, link=reverse("proposal", args=[one.id])),
        cells.text(gettext("%(since)s 至 %(until)s") % {"since": one.since, "until": one.until}),
        cells.number(one.lines),
        cells.text(scheme.title),
    )
