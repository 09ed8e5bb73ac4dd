"""Who stands in a commendation's public notice, until when one can object, and who was commended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from xianfeng.commendations.notices import Honour, Notice, Running, notice, standing
from xianfeng.commendations.rules import titles
from xianfeng.ledger.powers import office
from xianfeng.registry import tree
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import asked, last_day, number_or_404, scheme_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.people import read
from xianfeng.web.record.values import state_title
from xianfeng.web.tables import Column, Table, answer, wanted

_AT_ONCE, _MOST_IN_A_FILE = 100, 20_000


@dataclass(frozen=True)
class CommendedPage:
    scheme: Scheme
    rule: Commendation
    noticed: bool
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages


@access.reading
def commended(request: HttpRequest, name: str, commendation: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    rule = scheme.commendations.get(commendation)
    if rule is None:
        raise Http404(gettext("没有这项评选表彰"))
    state, after = asked(request, "state") or rule.noticed, number_or_404(request, "after") or 0
    if state not in rule.public:
        raise Http404(gettext("这个状态不公布"))
    most = _MOST_IN_A_FILE if wanted(request) else _AT_ONCE
    found = list(standing(scheme, rule, state).filter(id__gt=after)[: most + 1])
    shown = [one for one in (notice(scheme, rule, record) for record in found[:most]) if one.award in rule.awards]
    address, kind = reverse("commended", args=[name, commendation]), scheme.kinds[rule.kind]
    page = CommendedPage(
        scheme=scheme,
        rule=rule,
        noticed=state == rule.noticed,
        tabs=tuple(Tab(state_title(kind, each), f"{address}?state={each}", each == state) for each in rule.public),
        table=_table(scheme, rule, state_title(kind, state), shown),
        pages=Pages(
            next=f"{address}?state={state}&after={found[most - 1].id}" if len(found) > most else "",
            first=f"{address}?state={state}" if after else "",
        ),
    )
    return answer(request, page.table) or render(request, "public/commended.html", {"page": page})


def _table(scheme: Scheme, rule: Commendation, title: str, shown: Iterable[Notice]) -> Table:
    notices = list(shown)
    names, called = tree.named({one.organisation for one in notices}, last_day(scheme)), titles(scheme, rule)
    people = read({one.named for one in notices} - {0}, by=office(scheme), purpose=gettext_noop("公示"))
    columns = (
        Column(gettext("组织")),
        Column(gettext("对象")),
        Column(gettext("荣誉")),
        Column(gettext("公布日期")),
        Column(gettext("公示到")),
        Column(gettext("批准文号")),
        Column(gettext("事迹")),
    )
    rows = []
    for one in notices:
        node = names[one.organisation]
        rows.append(
            (
                cells.text(node.name, link=reverse("organisation", args=[node.code])),
                cells.text(_whom(one, people)),
                cells.text(called[one.award]),
                cells.day(one.since),
                _until(one),
                cells.text(one.approval) if one.approval else cells.nothing(),
                cells.text(gettext("看事迹"), link=reverse("record", args=[one.record])),
            )
        )
    return Table("commended", title, columns, rows, empty=gettext("现在没有。"))


def _whom(one: Notice, people: Mapping[int, str]) -> str:
    if not one.personal:
        return gettext("本组织")
    return people.get(one.named) or gettext("一名党员")


def _until(one: Notice) -> Cell:
    return cells.day(one.until) if one.until else cells.nothing()


def notices_table(found: Iterable[Running]) -> Table:
    """The notices in which an organisation stands, for its own page; a person is named by the notice alone."""
    columns = (
        Column(gettext("荣誉")),
        Column(gettext("对象")),
        Column(gettext("评选")),
        Column(gettext("公布日期")),
        Column(gettext("公示到")),
    )
    rows = [
        (
            cells.text(
                titles(one.scheme, one.rule)[one.notice.award], link=reverse("record", args=[one.notice.record])
            ),
            cells.text(_whom(one.notice, {})),
            cells.text(one.rule.title, link=reverse("commended", args=[one.scheme.name, one.rule.name])),
            cells.day(one.notice.since),
            _until(one.notice),
        )
        for one in found
    ]
    return Table("notices", gettext("正在公示"), columns, rows)


def honours_table(found: Iterable[Honour]) -> Table:
    """What an organisation bears, and what was withdrawn from it, for its own page."""
    columns = (
        Column(gettext("荣誉")),
        Column(gettext("评选")),
        Column(gettext("表彰日期")),
        Column(gettext("批准文号")),
        Column(gettext("现状")),
    )
    rows = [
        (
            cells.text(_title(one), link="" if one.revoked else reverse("record", args=[one.notice.record])),
            cells.text(one.rule.title, link=_awarded(one)),
            cells.day(one.notice.since),
            cells.text(one.notice.approval) if one.notice.approval else cells.nothing(),
            _standing(one),
        )
        for one in found
    ]
    return Table("honours", gettext("荣誉"), columns, rows)


def _awarded(one: Honour) -> str:
    return f"{reverse('commended', args=[one.scheme.name, one.rule.name])}?state={one.rule.awarded}"


def _title(one: Honour) -> str:
    return titles(one.scheme, one.rule)[one.notice.award]


def flags(found: Iterable[Honour]) -> tuple[str, ...]:
    """The awards that it bears now, each once, as stand beside its name."""
    return tuple(dict.fromkeys(_title(one) for one in found if one.revoked is None))


def _standing(one: Honour) -> Cell:
    if one.revoked is None:
        return cells.text(gettext("有效"))
    return cells.text(gettext("{day}撤销").format(day=date_format(one.revoked)), look=Look.ATTENTION)
