"""All records of a campaign under its plans: how each stands and why, the gravest first; and by organisation."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach, holding
from xianfeng.plans import planned
from xianfeng.plans.planned import Planned
from xianfeng.plans.standing import Light
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.kept import Kept
from xianfeng.web.office.plans import asking, lights, procedures
from xianfeng.web.parts import Tab
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 40
_found: Kept[tuple[Planned, ...]] = Kept()


@dataclass(frozen=True)
class PlansPage:
    scheme: Scheme
    at: Node
    day: dt.date
    tabs: tuple[Tab, ...]  # by light
    plans: Table
    more: int  # that only the workbook has
    below: Table | None
    procedures: Table | None


@require_safe
@access.needs(Ability.READ)
def plans(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    if not scheme.plans:
        raise Http404(gettext("这个活动没有倒排计划"))
    now = asking.moment(request, scheme)
    day = timezone.localdate(now)
    at, seen = asking.organisation(request, day), scope.of(request)
    found = _found.of(seen, (scheme.hash, at.id, day), lambda: _all(scheme, at, seen, now))
    light = _light(request)
    chosen = [one for one in found if light is None or one.standing.light is light]
    ordered = sorted(chosen, key=lambda one: (-one.standing.light.rank, one.target, one.record.id))
    lineage = Lineage()
    lineage.learn({one.record.organisation for one in found})
    shown = ordered if wanted(request) else ordered[:SHOWN]
    page = PlansPage(
        scheme=scheme,
        at=at,
        day=day,
        tabs=_tabs(
            found, light, f"{reverse('plans', args=[name])}?{urlencode({'at': at.code, 'day': day.isoformat()})}"
        ),
        plans=_plans(shown, lineage, day),
        more=len(ordered) - len(shown),
        below=_below(scheme, found, at, lineage, day),
        procedures=procedures.table(scheme, at, seen),
    )
    tables = [table for table in (page.plans, page.below, page.procedures) if table is not None]
    return answer(request, *tables) or render(request, "office/plans/plans.html", {"page": page})


def _all(scheme: Scheme, at: Node, seen: scope.Scope, now: dt.datetime) -> tuple[Planned, ...]:
    within = Reach(holding(at.id)).place_in("place")
    return tuple(
        one
        for plan in scheme.plans.values()
        for one in planned.planned(
            scheme, plan, list(seen.records_in_full(planned.records(scheme, plan).filter(within))), now=now
        )
    )


def _light(request: HttpRequest) -> Light | None:
    told = asked(request, "light")
    if told and told not in tuple(Light):
        raise Http404(gettext("没有这种情况"))
    return Light(told) if told else None


def _tabs(found: Sequence[Planned], chosen: Light | None, here: str) -> tuple[Tab, ...]:
    counted = Counter(one.standing.light for one in found)
    lights = (
        Tab(translated(light.word), f"{here}&light={light}", current=light is chosen, count=counted[light])
        for light in reversed(Light)
    )
    return (Tab(_("全部"), here, current=chosen is None, count=len(found)), *lights)


def address(one: Planned, day: dt.date) -> str:
    here = reverse("plan", args=[one.scheme.name, one.plan.name, one.record.id])
    return f"{here}?{urlencode({'day': day.isoformat()})}"


def _plans(found: Iterable[Planned], lineage: Lineage, day: dt.date) -> Table:
    columns = (
        Column(_("名称")),
        Column(_("组织")),
        Column(_("完成期限")),
        Column(_("情况")),
        Column(_("说明")),
        Column(_("应完成"), _("步"), align="right"),
        Column(_("已完成"), _("步"), align="right"),
        Column(_("预计完成")),
    )
    rows = [_line(one, lineage, day) for one in found]
    return Table("plans", _("倒排计划"), columns, rows, empty=_("没有填了期限的记录。"))


def _line(one: Planned, lineage: Lineage, day: dt.date) -> tuple[cells.Cell, ...]:
    node, stands = lineage.node(one.record.organisation, day), one.standing
    return (
        cells.text(translated(one.name), link=address(one, day)),
        cells.text(node.name if node else ""),
        cells.day(one.target),
        lights.cell(stands.light),
        cells.text(stands.why),
        cells.number(stands.due),
        cells.number(stands.done),
        cells.day(stands.foreseen) if stands.foreseen else cells.text("" if stands.light is Light.DONE else "—"),
    )


def _below(scheme: Scheme, found: Sequence[Planned], at: Node, lineage: Lineage, day: dt.date) -> Table | None:
    """By the organisation right under the one asked about; None where none stands between."""
    counts: dict[int, Counter[Light]] = {}
    for one in found:
        chain = lineage.above(one.record.place)
        child = chain[chain.index(at.id) - 1] if at.id in chain[1:] else at.id
        counts.setdefault(child, Counter())[one.standing.light] += 1
    if counts.keys() <= {at.id}:
        return None
    here = reverse("plans", args=[scheme.name])
    rows = []
    for child, counted in sorted(
        counts.items(), key=lambda each: (-each[1][Light.LATE], -each[1][Light.NEAR], each[0])
    ):
        node = lineage.node(child, day)
        link = f"{here}?{urlencode({'at': node.code, 'day': day.isoformat()})}" if node and child != at.id else ""
        numbers = (cells.number(counted[light]) for light in reversed(Light))
        rows.append((cells.text(node.name if node else child, link=link), *numbers, cells.number(counted.total())))
    columns = (
        Column(_("组织")),
        *(Column(translated(light.word), align="right") for light in reversed(Light)),
        Column(_("合计"), align="right"),
    )
    return Table("below", _("各下级"), columns, rows)
