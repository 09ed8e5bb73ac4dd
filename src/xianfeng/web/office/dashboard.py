"""A campaign at a glance, at one organisation and for one period: every measure, what is late, and who stands below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from xianfeng import figures
from xianfeng.accounts.abilities import Ability
from xianfeng.figures.aims import Standing
from xianfeng.figures.interface import Figures, Query, Tree
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, scope
from xianfeng.web.charts import Chart
from xianfeng.web.figure import measures, sheets
from xianfeng.web.figure import period as periods
from xianfeng.web.figure.breakdowns import parts
from xianfeng.web.figure.children import Children, children, opening
from xianfeng.web.figure.courses import Courses, courses
from xianfeng.web.figure.lines import MeasureLine
from xianfeng.web.figure.measures import Section
from xianfeng.web.figure.period import Choices, Period
from xianfeng.web.frame import asked, campaigns, organisation_or_404, scheme_or_404
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

MOST = 6  # of what stands out


@dataclass(frozen=True)
class Step:
    name: str
    link: str


@dataclass(frozen=True)
class DashboardPage:
    scheme: Scheme
    at: Node
    above: tuple[Step, ...]  # the dashboards above, within the campaign
    period: Period
    choices: Choices
    tree: str
    as_of: int
    unreported: int  # measures of which something is not reported
    targets: int
    reached: int
    lacking: tuple[MeasureLine, ...]
    behind: tuple[MeasureLine, ...]
    sections: tuple[Section, ...]
    courses: bool
    with_courses: str  # this page with its trends
    measures: tuple[Measure, ...]
    measure: Measure | None  # the one that is shown by place and time
    measure_link: str
    children: Children | None
    months: Chart | None
    parts: tuple[Table, ...]


@access.needs(Ability.READ)
def dashboards(request: HttpRequest) -> HttpResponse:
    """To the newest campaign's."""
    known = campaigns()
    if not known:
        raise Http404(gettext("还没有载入活动"))
    return redirect("dashboard", known[-1].name)


@access.needs(Ability.READ)
def dashboard(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    period = periods.asked_for(request, scheme)
    seen = scope.of(request)
    at = _at(request, scheme, period, seen)
    try:
        page = _page(request, scheme, period, at, seen)
    except Problem as problem:
        raise Http404(problem.message) from problem
    tables = (
        *(section.table for section in page.sections),
        *([page.children.table] if page.children else ()),
        *page.parts,
    )
    return answer(request, *tables) or render(request, "office/dashboard.html", {"page": page})


def _at(request: HttpRequest, scheme: Scheme, period: Period, seen: Scope) -> Node:
    """The place asked for; else one's own, within the campaign; else the campaign's root."""
    code = asked(request, "at")
    own = seen.reader.organisation
    if not code and own is not None:
        root = organisation_or_404(scheme.at, period.until)
        if own.id == root.id or tree.is_above(root.id, own.id, period.until):
            code = own.code
    return organisation_or_404(code or scheme.at, period.until)


def _page(request: HttpRequest, scheme: Scheme, period: Period, at: Node, seen: Scope) -> DashboardPage:
    engine = figures.engine().moment()
    tree_: Tree = "now" if asked(request, "tree") == "now" else "then"
    shown = tuple(measure for measure in scheme.measures.values() if seen.measure(measure, at.id))
    query = Query(
        scheme=scheme.hash, measure="", organisation=at.id, since=period.since, until=period.until, tree=tree_
    )
    lines = measures.measure_lines(engine, scheme, at.code, query, shown, seen=seen)
    with_courses = asked(request, "trend") == "1"
    as_of = lines[0].figure.as_of if lines else 0
    chosen = _chosen(asked(request, "measure"), engine, lines)
    one = replace(query, measure=chosen.name) if chosen else query
    here = _address(scheme, period, tree_, measure=chosen.name if chosen else None)
    opened = parts(engine, scheme, chosen, replace(one, as_of=as_of), seen) if chosen else ()
    below = children(engine, scheme, chosen, one, at=at.code, here=here, as_of=as_of, seen=seen) if chosen else None
    link = next((line.link for line in lines if chosen and line.measure.name == chosen.name), "")
    return DashboardPage(
        scheme=scheme,
        at=at,
        above=_above(scheme, at, period, tree_=tree_, chosen=chosen, seen=seen),
        period=period,
        choices=periods.choices(scheme, period),
        tree=tree_,
        as_of=as_of,
        unreported=sum(1 for line in lines if line.figure.missing),
        targets=sum(1 for line in lines if line.goal is not None),
        reached=sum(1 for line in lines if line.standing is Standing.MET),
        lacking=measures.lacking(lines, MOST),
        behind=measures.behind(lines, MOST),
        sections=measures.sections(
            lines,
            f"{_address(scheme, period, tree_)}&at={at.code}",
            courses(engine, lines) if with_courses else Courses(),
        ),
        courses=with_courses,
        with_courses=f"{here}&at={at.code}&trend=1",
        measures=shown,
        measure=chosen,
        measure_link=link,
        children=below,
        months=next((sheets.months(each, chosen) for each in opened if chosen and each.by_month), None),
        parts=tuple(
            sheets.part(f"part-{n}", each, chosen, f"{link}#definition")
            for n, each in enumerate(opened, start=1)
            if chosen
        ),
    )


def _chosen(name: str, engine: Figures, lines: tuple[MeasureLine, ...]) -> Measure | None:
    """The measure asked for, of those that may be seen; else that with which the campaign begins."""
    if name:
        found = next((line.measure for line in lines if line.measure.name == name), None)
        if found is None:
            raise Http404(gettext("没有这个统计指标"))
        return found
    first = opening(engine, lines)
    return first.measure if first else None


def _address(scheme: Scheme, period: Period, tree_: str, **more: str | None) -> str:
    """A dashboard that asks the same; `at` is added to it."""
    days = {"period": period.name} if period.name else {"since": period.since, "until": period.until}
    said = {**days, "tree": tree_ if tree_ == "now" else None, **more}
    query = urlencode({key: str(value) for key, value in said.items() if value})
    return f"{reverse('dashboard', args=[scheme.name])}?{query}"


def _above(
    scheme: Scheme, at: Node, period: Period, *, tree_: str, chosen: Measure | None, seen: Scope
) -> tuple[Step, ...]:
    """From the campaign's root down to the place itself; the measure stays where it may be seen there, too."""
    path = tree.path(at.id, period.until)
    codes = [node.code for node in path]
    within = path[codes.index(scheme.at) :] if scheme.at in codes else path[-1:]
    readable = seen.all_within(node.id for node in within) if chosen and not chosen.public else None
    found = []
    for node in within:
        kept = chosen.name if chosen and (readable is None or node.id in readable) else None
        found.append(Step(node.name, f"{_address(scheme, period, tree_, measure=kept)}&at={node.code}"))
    return tuple(found)
