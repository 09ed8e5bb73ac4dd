"""The classes that a campaign has published: who is in which, never with points; one period at a time.

A grading says by `published` in which state of a decision everybody may read it; of its record nothing else is public.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.duties import naming
from xianfeng.gradings import published
from xianfeng.gradings.published import Graded
from xianfeng.gradings.telling import titles
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.sentences import translated
from xianfeng.web import access, cells
from xianfeng.web.frame import asked, last_day, number_or_404, scheme_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.tables import Column, Table, answer, wanted

_AT_ONCE, _MOST_IN_A_FILE = 100, 20_000


@dataclass(frozen=True)
class GradedPage:
    scheme: Scheme
    rule: Grading
    period: str  # '' where nothing is published yet
    periods: tuple[Tab, ...]
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages


@access.reading
def graded(request: HttpRequest, name: str, grading: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    rule = scheme.gradings.get(grading)
    if rule is None or not rule.published:
        raise Http404(gettext("没有公布等级"))
    grade, after = asked(request, "grade") or next(iter(rule.classes)), number_or_404(request, "after") or 0
    if grade not in rule.classes:
        raise Http404(gettext("没有这个等级"))
    periods = published.periods(scheme, rule)
    period = _chosen(periods, asked(request, "period"))
    whole = bool(wanted(request))
    rows = published.of(scheme, rule, grade, period) if period else Record.objects.none()
    found = list(rows.filter(id__gt=after)[: _MOST_IN_A_FILE if whole else _AT_ONCE + 1])
    shown = found if whole else found[:_AT_ONCE]
    address, words = reverse("graded", args=[name, grading]), _words(rule, period)

    def at(**changed: object) -> str:
        said = {"period": period.since if period else "", "grade": grade, **changed}
        return f"{address}?{urlencode({name: value for name, value in said.items() if value})}"

    page = GradedPage(
        scheme=scheme,
        rule=rule,
        period=words,
        periods=tuple(Tab(_words(rule, each), at(period=each.since), each == period) for each in periods),
        tabs=tuple(Tab(title, at(grade=each), each == grade) for each, title in titles(scheme, rule).items()),
        table=_table(scheme, rule, grade, shown, words),
        pages=Pages(next=at(after=shown[-1].id) if len(found) > len(shown) else "", first=at() if after else ""),
    )
    return answer(request, page.table) or render(request, "public/graded.html", {"page": page})


def graded_table(found: Iterable[Graded]) -> Table:
    """The published classes of an organisation, for its own page."""
    columns = (Column(gettext("定级")), Column(gettext("期间")), Column(gettext("等级")), Column(gettext("公布日期")))
    rows = [
        (
            cells.text(one.rule.title, link=_address(one)),
            cells.text(_words(one.rule, one.period)),
            cells.text(titles(one.scheme, one.rule)[one.grade]),
            cells.day(one.since) if one.since else cells.nothing(),
        )
        for one in found
    ]
    return Table("graded", gettext("公布的等级"), columns, rows)


def _address(one: Graded) -> str:
    said = urlencode({"period": one.period.since, "grade": one.grade})
    return f"{reverse('graded', args=[one.scheme.name, one.rule.name])}?{said}"


def _chosen(periods: Sequence[Stretch], since: str) -> Stretch | None:
    """The newest, or the one that begins on the day that was asked for."""
    if not since:
        return next(iter(periods), None)
    found = next((each for each in periods if each.since.isoformat() == since), None)
    if found is None:
        raise Http404(gettext("这个时段没有公布等级"))
    return found


def _words(rule: Grading, period: Stretch | None) -> str:
    return translated(naming.called(rule.every, period.since, period.until, period.window)) if period else ""


def _table(scheme: Scheme, rule: Grading, grade: str, shown: list[Record], period: str) -> Table:
    names = tree.named([record.subject for record in shown if record.subject], last_day(scheme))
    columns = (Column(gettext("组织")), Column(gettext("等级")), Column(gettext("公布日期")))
    title = titles(scheme, rule)[grade]
    whole = gettext("{title}（{name}）").format(title=title, name=period) if period else title
    rows = [
        (
            cells.text(names[record.subject].name, link=reverse("organisation", args=[names[record.subject].code])),
            cells.text(title),
            cells.text(json.loads(record.entered).get(rule.published, "")),
        )
        for record in shown
        if record.subject in names
    ]
    return Table("graded", whole, columns, rows, empty=gettext("没有公布这一等的组织。"))
