"""One record under its plan: the picture and the steps, what another date would break, and what hangs on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.history import history
from xianfeng.plans import planned
from xianfeng.plans.moving import Moved
from xianfeng.plans.planned import Planned
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, deadlines, scope
from xianfeng.web.deadlines import Told
from xianfeng.web.frame import day_or_404, scheme_or_404
from xianfeng.web.office.plans import asking, attached, gantt, steps
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.tables import Table, answer


@dataclass(frozen=True)
class Change:
    """Of the date: when it was changed, from which to which, and why."""

    day: dt.date
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class PlanPage:
    scheme: Scheme
    one: Planned
    at: Node
    day: dt.date
    picture: SafeString
    steps: Table
    computed: tuple[tuple[str, dt.date, Told], ...]  # of each step, the day on which it begins at the latest
    wanted: dt.date | None
    moved: Moved | None
    shifts: Table | None
    changes: tuple[Change, ...]
    attached: tuple[Table, ...]
    correction: str  # '' for whoever files nothing


@require_safe
@access.needs(Ability.READ)
def plan(request: HttpRequest, name: str, template: str, number: int) -> HttpResponse:
    scheme, seen = scheme_or_404(name), scope.of(request)
    opened = record_or_404(number, seen.full)
    now = asking.moment(request, scheme)
    found = planned.of_record(scheme, opened.record, now=now)
    one = next((each for each in found if each.plan.name == template), None)
    if one is None:
        raise Http404(gettext("这条记录没有倒排计划"))
    day = timezone.localdate(now)
    to = day_or_404(request, "to", one.target)
    moved = one.moved(to) if to != one.target else None
    page = PlanPage(
        scheme=scheme,
        one=one,
        at=tree.named([one.record.organisation], day)[one.record.organisation],
        day=day,
        picture=gantt.picture(one.standing, day),
        steps=steps.table(one),
        computed=tuple(
            (stage.step.title, stage.first, deadlines.told(stage.deadline, one.calendar))
            for stage in one.standing.schedule.stages.values()
        ),
        wanted=to if moved else None,
        moved=moved,
        shifts=steps.shifts(moved) if moved else None,
        changes=_changes(one),
        attached=attached.tables(one, seen),
        correction=reverse("correction", args=[number]) if seen.reader.can(Ability.FILE) else "",
    )
    tables = [table for table in (page.steps, page.shifts, *page.attached) if table is not None]
    return answer(request, *tables) or render(request, "office/plans/plan.html", {"page": page})


def _changes(one: Planned) -> tuple[Change, ...]:
    """How often the date was moved is part of how the plan stands."""
    return tuple(
        Change(event.day, str(change.before), str(change.after or gettext("空")), event.reason)
        for event in history(one.record.id)
        for change in event.changes
        if change.field == one.plan.until and change.before is not None
    )
