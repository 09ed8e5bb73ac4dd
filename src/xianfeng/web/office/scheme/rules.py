"""What a campaign asks, told from its scheme: each thing with its line of the file as it was adopted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import versions
from xianfeng.scheme.definition import define
from xianfeng.scheme.explain import pages
from xianfeng.scheme.obliging import Obligation, Window
from xianfeng.scheme.usage import used_kinds
from xianfeng.web import access, cells, language, scope
from xianfeng.web.bound import called, unbound
from xianfeng.web.cells import Cell
from xianfeng.web.drawings import Drawn
from xianfeng.web.figure.lines import target_text
from xianfeng.web.office.scheme import calendar, weights
from xianfeng.web.office.scheme.kinds import KindView, kind_view
from xianfeng.web.office.scheme.views import Version, View, adopted, view_or_404
from xianfeng.web.tables import Column, Table, answer
from xianfeng.web.templatetags.xianfeng import listed


@dataclass(frozen=True)
class Told:
    """What the scheme itself says, which never changes."""

    obligations: Table
    followed: Mapping[str, tuple[str, ...]]
    kinds: tuple[KindView, ...]
    measures: Table
    local: Table
    burden: Table
    droppable: Table


@dataclass(frozen=True)
class RulesPage:
    view: View
    told: Told
    version: Version
    newest: bool
    versions: tuple[Version, ...]
    unbound: tuple[str, ...]  # who owes something and is no organisation yet
    edits: bool


@access.reading
def rules(request: HttpRequest, name: str) -> HttpResponse:
    view = view_or_404(request, name)
    known = adopted(name)
    names = tuple(sorted(called(view.scheme).items()))
    told = _told(view.scheme.hash, view.full, get_language() or "", names)
    page = RulesPage(
        view=view,
        told=told,
        version=next(version for version in known if version.hash == view.scheme.hash),
        newest=view.scheme.hash == known[0].hash,
        versions=known,
        unbound=unbound(view.scheme) if view.full else (),
        edits=scope.of(request).runs(view.scheme),
    )
    tables = (told.obligations, told.measures, told.local, told.burden, told.droppable)
    fields = (each.fields for each in told.kinds)
    return answer(request, *tables, *fields) or render(request, "office/scheme/rules.html", {"page": page})


@lru_cache(maxsize=32)
def _told(version: str, full: bool, spoken: str, named: tuple[tuple[str, str], ...]) -> Told:
    """In the language that is spoken, with what organisations are called today; asked for to tell one from another."""
    scheme = versions.scheme(version)
    view, names = View(scheme, full), dict(named)
    return Told(
        obligations=_obligations(view, names),
        followed=pages.followed(scheme, language.explaining()),
        kinds=tuple(kind_view(view, kind) for kind in used_kinds(scheme).values() if view.kind(kind)),
        measures=_measures(view),
        local=_local(view),
        burden=weights.by_role(scheme, names),
        droppable=weights.droppable(scheme),
    )


def _obligations(view: View, names: Mapping[str, str]) -> Table:
    scheme = view.scheme
    columns = (Column(_("工作要求")), Column(_("谁、做什么、多久一次")), Column(_("一年里什么时候（一月到十二月）")))
    rules_ = sorted(scheme.obligations.values(), key=lambda rule: pages.whom(scheme, rule))
    return Table(
        "obligations",
        gettext("谁要做什么"),
        columns,
        [
            (_linked(view, f"obligations.{rule.name}", rule.title), _demand(view, rule, names), _when(rule))
            for rule in rules_
        ],
        anchors=[f"obligations.{rule.name}" for rule in rules_],
        empty=gettext("没有规定谁要定期做什么。"),
    )


def _demand(view: View, rule: Obligation, names: Mapping[str, str]) -> Cell:
    note = gettext("本单位自定：%(words)s") % {"words": rule.local} if rule.local else ""
    return cells.text(pages.demand(view.scheme, rule, language.explaining(), names), note=note)


def _when(rule: Obligation) -> Cell:
    told = (_window(one) for one in rule.windows)
    return Drawn(listed(told) or gettext("没有限定月份"), picture=calendar.strip(rule))


def _window(one: Window) -> str:
    first, last = (date_format(dt.date(2000, *at), "MONTH_DAY_FORMAT") for at in (one.since, one.until))
    return gettext("%(title)s（%(first)s—%(last)s）") % {"title": one.title, "first": first, "last": last}


def _measures(view: View) -> Table:
    scheme = view.scheme
    columns = (Column(_("统计指标")), Column(_("单位")), Column(_("统计口径")), Column(_("目标")))
    shown = [measure for measure in scheme.measures.values() if view.measure(measure)]
    rows = []
    for measure in shown:
        note = gettext("本单位自定：%(words)s") % {"words": measure.local} if measure.local else ""
        rows.append(
            (
                _linked(view, f"measures.{measure.name}", measure.title),
                cells.text(measure.unit),
                cells.text(define(scheme, measure.name).told, note=note),
                cells.text(target_text(measure, measure.target)),
            )
        )
    anchors = [f"measures.{measure.name}" for measure in shown]
    return Table("counted", gettext("数怎么算"), columns, rows, anchors=anchors)


def _local(view: View) -> Table:
    """Choices of this office where its document is silent, all in one place."""
    scheme, rows = view.scheme, []
    for path, title, local in _choices(view):
        where = f"{scheme.lines[path][0]}:{scheme.lines[path][1]}" if view.full and path in scheme.lines else ""
        rows.append((cells.text(title, link=f"#{path}"), cells.text(local), cells.text(where, link=view.line(path))))
    columns = (Column(_("在哪里")), Column(_("本单位怎么定的")), Column(_("方案文件的行")))
    return Table("local", gettext("文件没有规定、由本单位自定的"), columns, rows, empty=gettext("没有。"))


def _choices(view: View) -> list[tuple[str, str, str]]:
    scheme = view.scheme
    found = [(f"constants.{one.name}", one.title, one.local) for one in scheme.constants.values()]
    found += [(f"obligations.{one.name}", one.title, one.local) for one in scheme.obligations.values()]
    for measure in filter(view.measure, scheme.measures.values()):
        found.append((f"measures.{measure.name}", measure.title, measure.local))
        if measure.target:
            title = gettext("%(measure)s的目标") % {"measure": measure.title}
            found.append((f"measures.{measure.name}", title, measure.target.local))
    said = gettext("{kind}：{title}")
    for kind in filter(view.kind, used_kinds(scheme).values()):
        found.append((f"kinds.{kind.name}", kind.title, kind.local))
        for field in view.fields(kind):
            found.append(
                (
                    f"kinds.{kind.name}",
                    said.format(kind=kind.title, title=field.title),
                    field.local,
                )
            )
        for move in kind.flow.moves.values():
            found.append((f"kinds.{kind.name}", said.format(kind=kind.title, title=move.title), move.local))
    return [(path, title, local) for path, title, local in found if local]


def _linked(view: View, path: str, title: str) -> Cell:
    return cells.text(title, link=view.line(path))
