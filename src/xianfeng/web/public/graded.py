"""The classes that a campaign has published: who is in which, never with points.

A grading says by `published` in which state of a decision everybody may read it; of its record nothing else is public.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.canonical import member
from xianfeng.gradings.telling import titles
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import Level
from xianfeng.web import access, cells
from xianfeng.web.frame import asked, last_day, number_or_404, scheme_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.tables import Column, Table, answer, wanted

_AT_ONCE, _MOST_IN_A_FILE = 100, 20_000


@dataclass(frozen=True)
class GradedPage:
    scheme: Scheme
    rule: Grading
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
    whole = bool(wanted(request))
    found = list(_published(scheme, rule, grade).filter(id__gt=after)[: _MOST_IN_A_FILE if whole else _AT_ONCE + 1])
    shown = found if whole else found[:_AT_ONCE]
    address = reverse("graded", args=[name, grading])
    page = GradedPage(
        scheme=scheme,
        rule=rule,
        tabs=tuple(
            Tab(title, f"{address}?grade={each}", each == grade) for each, title in titles(scheme, rule).items()
        ),
        table=_table(scheme, rule, grade, shown),
        pages=Pages(
            next=f"{address}?grade={grade}&after={shown[-1].id}" if len(found) > len(shown) else "",
            first=f"{address}?grade={grade}" if after else "",
        ),
    )
    return answer(request, page.table) or render(request, "public/graded.html", {"page": page})


def _published(scheme: Scheme, rule: Grading, grade: str) -> QuerySet[Record]:
    mark = scheme.kinds[rule.kind].decided
    said = member(mark.grade if mark else "", grade)
    records = Record.objects.filter(register=scheme.key(rule.kind), level__gte=Level.FILED.rank)
    return records.filter(state=rule.published, values__contains=said).order_by("id")


def _table(scheme: Scheme, rule: Grading, grade: str, shown: list[Record]) -> Table:
    names = tree.named([record.subject for record in shown if record.subject], last_day(scheme))
    columns = (Column(gettext("组织")), Column(gettext("等级")), Column(gettext("公布日期")))
    title = titles(scheme, rule)[grade]
    rows = [
        (
            cells.text(names[record.subject].name, link=reverse("organisation", args=[names[record.subject].code])),
            cells.text(title),
            cells.text(json.loads(record.entered).get(rule.published, "")),
        )
        for record in shown
        if record.subject in names
    ]
    return Table("graded", title, columns, rows, empty=gettext("没有公布这一等的组织。"))
