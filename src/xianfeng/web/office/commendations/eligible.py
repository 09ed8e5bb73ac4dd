"""Who satisfies a commendation's conditions below an organisation, and what others lack, before anybody nominates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import addresses, numbers
from xianfeng.commendations.rules import standing_of
from xianfeng.commendations.sheets import Eligible, below, eligible
from xianfeng.commendations.votes import Vote, votes
from xianfeng.figures.debts import Marks
from xianfeng.figures.interface import Query
from xianfeng.ledger.powers import root_of
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.commending import Commendation, Condition
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch, of_day
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import asked, last_day, organisation_or_404, overlooked_or_404
from xianfeng.web.kept import Kept
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.record.values import state_title
from xianfeng.web.tables import Column, Table, answer, wanted

_AT_ONCE = 100
_SHOWS = ("eligible", "unsure", "lacking")
_found: Kept[Eligible] = Kept()


@dataclass(frozen=True)
class Opened:
    """A commendation in its present stretch of time, below one organisation."""

    scheme: Scheme
    rule: Commendation
    stretch: Stretch
    at: Node


@dataclass(frozen=True)
class EligiblePage:
    opened: Opened
    found: Eligible
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages


@require_safe
@access.needs(Ability.OVERLOOK)
def eligibility(request: HttpRequest, name: str, commendation: str) -> HttpResponse:
    seen = scope.of(request)
    opened = _opened_or_404(request, overlooked_or_404(seen, name), commendation)
    show, after = asked(request, "show") or _SHOWS[0], asked(request, "after")
    if show not in _SHOWS:
        raise Http404(gettext("没有这一类"))
    day, scheme, rule = last_day(opened.scheme), opened.scheme, opened.rule
    root, question = root_of(scheme), (scheme.hash, rule.name, day)
    found = _found.of(seen, question, lambda: eligible(scheme, rule, root=root, stretch=opened.stretch, day=day))
    among = np.ones(len(found.sheet), np.bool_) if opened.at.id == root else below(found, opened.at.id)
    parts = {"eligible": found.whole, "unsure": found.unsure, "lacking": ~(found.whole | found.unsure)}
    counts = {each: int(np.count_nonzero(part & among)) for each, part in parts.items()}
    rows = _rows(found, among & parts[show], after=after)
    shown = rows if wanted(request) else rows[:_AT_ONCE]
    address = reverse("commendation_eligible", args=[name, commendation])
    here = f"{address}?at={opened.at.code}"
    codes = found.sheet.called["code"]
    page = EligiblePage(
        opened=opened,
        found=found,
        tabs=tuple(
            Tab(title, f"{here}&show={each}", each == show, counts[each])
            for each, title in zip(_SHOWS, _titles(), strict=True)
            if each != "unsure" or each == show or counts[each]
        ),
        table=_table(opened, found, shown),
        pages=Pages(
            next=f"{here}&show={show}&after={codes[shown[-1]].as_py()}" if len(shown) < len(rows) else "",
            first=f"{here}&show={show}" if after else "",
        ),
    )
    return answer(request, page.table) or render(request, "office/commendations/eligible.html", {"page": page})


def _opened_or_404(request: HttpRequest, scheme: Scheme, name: str) -> Opened:
    rule, day, root = scheme.commendations.get(name), last_day(scheme), root_of(scheme)
    if rule is None:
        raise Http404(gettext("没有这项评选表彰"))
    code = asked(request, "at")
    at = organisation_or_404(code, day) if code else tree.named([root], day)[root]
    if root not in (at.id, *tree.ancestors(at.id, day)):
        raise Http404(gettext("没有这个组织"))
    return Opened(scheme, rule, of_day(rule, scheme, day), at)


def _titles() -> tuple[str, ...]:
    return gettext("符合条件"), gettext("不能确定"), gettext("还不符合")


def _rows(found: Eligible, chosen: Marks, *, after: str) -> list[int]:
    """Places in the sheet, by code."""
    codes = found.sheet.called["code"].to_pylist()
    return sorted((row for row in np.flatnonzero(chosen).tolist() if codes[row] > after), key=codes.__getitem__)


def _table(opened: Opened, found: Eligible, shown: list[int]) -> Table:
    rule, sheet = opened.rule, found.sheet
    columns = (
        Column(gettext("组织")),
        Column(gettext("代码"), hidden=True),
        *(Column(one.title) for one in rule.eligible.values()),
        Column(gettext("本期的推荐")),
        *([Column(gettext("推荐票（只供参考）"))] if rule.advisory else []),
    )
    organisations = {row: int(sheet.organisations[row]) for row in shown}
    voted = votes(opened.scheme, rule)
    standing = standing_of(opened.scheme, rule, organisations.values(), opened.stretch)
    rows = [
        (
            cells.text(name, link=reverse("organisation", args=[code])),
            cells.text(code),
            *_conditions(opened, found, row, code),
            _nominated(opened, standing, organisation),
            *([_voted(voted.get(organisation, ()))] if rule.advisory else []),
        )
        for row, organisation in organisations.items()
        for code, name in [(sheet.called["code"][row].as_py(), sheet.called["name"][row].as_py())]
    ]
    return Table("eligible", rule.title, columns, rows, empty=gettext("没有这样的组织。"))


def _conditions(opened: Opened, found: Eligible, row: int, code: str) -> Iterator[Cell]:
    for one in opened.rule.eligible.values():
        said = gettext("、").join(_value(opened.scheme.measures[name], found, row) for name in one.measures)
        link = _figure(opened, found, one, row, code)
        holds, unsure = (bool(marks[row]) for marks in found.held[one.name])
        words = said or (gettext("符合") if holds else gettext("不符合"))
        note = gettext("不能确定：公布的数只是“至少”") if unsure else ""
        yield cells.text(words, link=link, note=note, look=Look.PLAIN if holds else Look.ATTENTION)


def _value(measure: Measure, found: Eligible, row: int) -> str:
    column = found.sheet.values[measure.name]
    value, is_floor = column.at(row), bool(column.is_floor[row])
    if value is None:
        told = gettext("没有数")
    else:
        told = f"{translated(numbers.floored(numbers.printed(value, measure.show), is_floor=is_floor))}{measure.unit}"
    return gettext("%(title)s%(value)s") % {"title": measure.title, "value": told}


def _figure(opened: Opened, found: Eligible, one: Condition, row: int, code: str) -> str:
    """The page of the first figure that it looks at, as it was asked."""
    if not one.measures:
        return ""
    query = Query(
        scheme=opened.scheme.hash,
        measure=one.measures[0],
        organisation=int(found.sheet.organisations[row]),
        since=opened.stretch.since,
        until=found.until,
        as_of=found.as_of,
    )
    return addresses.figure(opened.scheme, query, code)


def _voted(found: Iterable[Vote]) -> Cell:
    told = [
        (gettext("%(answer)s至少 %(n)s 票") if one.nearly_all else gettext("%(answer)s %(n)s 票"))
        % {"answer": one.answer, "n": one.count}
        for one in found
    ]
    return cells.text(gettext("，").join(told)) if told else cells.nothing()


def _nominated(opened: Opened, standing: Mapping[int, tuple[int, str]], organisation: int) -> Cell:
    held = standing.get(organisation)
    if held is None:
        return cells.nothing()
    record, state = held
    title = state_title(opened.scheme.kinds[opened.rule.kind], state)
    return cells.text(title, link=reverse("record", args=[record]))
