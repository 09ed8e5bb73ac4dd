"""What a plan's visits found, and the list on which each rectification is struck off (销号)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import circular, following
from xianfeng.inspections.following import Followed, kind_of
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.web import access
from xianfeng.web.office.inspections.own import plan_or_404
from xianfeng.web.papers import FILES, kept
from xianfeng.web.record import items
from xianfeng.web.tables import Table, answer


@dataclass(frozen=True)
class FindingsPage:
    row: InspectionPlan
    counts: tuple[tuple[str | Promise, int], ...]
    ordered: Table
    found: Table
    visits: Table
    files: tuple[str, ...]  # in which the circular can be had; none before the draw is revealed


@require_safe
@access.needs(Ability.OFFICE)
def inspection_findings(request: HttpRequest, number: int) -> HttpResponse:
    row = plan_or_404(request, number)
    followed = following.of_plan(row)
    page = FindingsPage(
        row=row,
        counts=_counts(followed),
        ordered=items.table("ordered", _("整改和销号"), followed.ordered, empty=_("没有下达整改。")),
        found=items.table("found", _("发现的问题"), followed.found, empty=_("没有登记问题。")),
        visits=items.table("visits", _("已经登记的督查"), followed.visits, empty=_("还没有登记督查。")),
        files=tuple(FILES) if row.stage == Stage.REVEALED else (),
    )
    tables = (page.ordered, page.found, page.visits)
    return answer(request, *tables) or render(request, "office/inspections/findings.html", {"page": page})


@require_safe
@access.needs(Ability.OFFICE)
def inspection_circular(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    try:
        paper = circular.dispatch(plan_or_404(request, number))
    except Problem as problem:
        raise Http404(problem.message) from problem
    return kept(paper, f"{''.join(paper.title)}-{number}", suffix)


def _counts(followed: Followed) -> tuple[tuple[str | Promise, int], ...]:
    done = sum(not _open(row) for row in followed.ordered)
    return (
        (_("发现问题"), len(followed.found)),
        (_("下达整改"), len(followed.ordered)),
        (_("已销号"), done),
        (_("没有销号"), len(followed.ordered) - done),
    )


def _open(row: Record) -> bool:
    return kind_of(row).flow.states[row.state].open
