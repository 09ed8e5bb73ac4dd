"""All inspections of the reader's campaigns, the latest first, and the rules by which the next can be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.stages import OPEN, Stage
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, scope
from xianfeng.web.frame import overlooked_campaigns
from xianfeng.web.tables import Column, Table, answer

SHOWN = 100


@dataclass(frozen=True)
class RuleLine:
    """`open`: a plan of it that is not finished: the next waits for it."""

    scheme: Scheme
    rule: Inspection
    open: int | None


@dataclass(frozen=True)
class InspectionsPage:
    rules: tuple[RuleLine, ...]
    plans: Table


@require_safe
@access.needs(Ability.OVERLOOK)
def inspections(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    schemes = [scheme for scheme in overlooked_campaigns(seen) if scheme.inspections]
    rows = InspectionPlan.objects.filter(scheme__in=[scheme.name for scheme in schemes]).order_by("-id")
    plans = list(rows.defer("frame", "organisations")[:SHOWN])
    open_ = {(row.scheme, row.inspection): row.id for row in rows.filter(stage__in=OPEN).defer("frame")}
    page = InspectionsPage(
        rules=tuple(
            RuleLine(scheme, rule, open_.get((scheme.name, rule.name)))
            for scheme in filter(seen.runs, schemes)
            for rule in scheme.inspections.values()
        ),
        plans=_table(plans, {scheme.name: scheme.title for scheme in schemes}),
    )
    return answer(request, page.plans) or render(request, "office/inspections/plans.html", {"page": page})


def _table(rows: Sequence[InspectionPlan], titles: Mapping[str, str]) -> Table:
    visits = DrawnVisit.objects.filter(plan__in=[row.id for row in rows]).values_list("plan", "record", "missed")
    drawn = Counter(plan for plan, _record, _missed in visits)
    done = Counter(plan for plan, record, missed in visits if record or missed)
    columns = (
        Column(_("督查")),
        Column(_("批准文号")),
        Column(_("活动")),
        Column(_("抽取日期")),
        Column(_("情况")),
        Column(_("抽中"), _("个"), align="right"),
        Column(_("已督查"), _("个"), align="right"),
    )
    lines = [
        (
            cells.text(row.title, link=reverse("inspection_plan", args=[row.id])),
            cells.text(row.approval),
            cells.text(titles[row.scheme]),
            cells.day(row.known),
            cells.text(Stage(row.stage).word),
            cells.number(drawn[row.id]),
            cells.number(done[row.id]),
        )
        for row in rows
    ]
    return Table("plans", _("历次督查"), columns, lines, empty=_("还没有督查计划。"))
