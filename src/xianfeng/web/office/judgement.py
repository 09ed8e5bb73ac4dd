"""Judgement at the office: what waits in each of its works, the objections that wait for this organisation, and on whom
its leader has still to comment."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import objecting, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.waits import Wait
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import own_or_404
from xianfeng.web.office.commenting import comments
from xianfeng.web.record import items
from xianfeng.web.record.waits import address, to_do, under_way
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

_MOST = 50


@dataclass(frozen=True)
class Work:
    """One of the works, as the rooms of judgement call theirs, with the page that it begins at."""

    name: str
    title: str | Promise
    address: str
    needs: Ability


_WORKS = (
    Work("evaluations", _("群众评议"), "evaluations", Ability.OVERLOOK),
    Work("inspections", _("督查"), "inspections", Ability.OVERLOOK),
    Work("gradings", _("分类定级"), "gradings", Ability.SURVEY),
    Work("commendations", _("评选表彰"), "commendations", Ability.OVERLOOK),
    Work("signals", _("失真提示"), "told_signals", Ability.OFFICE),
)


@dataclass(frozen=True)
class JudgementPage:
    works: Table
    objections: Table
    comments: Table | None


@require_safe
@access.needs(Ability.SURVEY)
def judgement(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    page = JudgementPage(_works(seen), _objections(seen), comments(own_or_404(seen), seen))
    tables = (page.works, page.objections, *((page.comments,) if page.comments else ()))
    return answer(request, *tables) or render(request, "office/judgement.html", {"page": page})


def _works(seen: Scope) -> Table:
    """Each of the works that the reader has, with what waits in it; those in which nothing does, too."""
    columns = (Column(gettext("工作")), Column(gettext("等着办的")), Column(gettext("数量"), align="right"))
    held, rows = (*to_do(seen), *under_way(seen)), []
    for work in _WORKS:
        if seen.reader.can(work.needs):
            begun = cells.text(str(work.title), link=reverse(work.address))
            told = [_told(wait) for wait in held if wait.work == work.name]
            rows += [(begun, *one) for one in told] or [(begun, cells.text(gettext("没有等着办的")), cells.number(0))]
    return Table("works", gettext("等着办的工作"), columns, rows)


def _told(wait: Wait) -> tuple[Cell, Cell]:
    words = cells.text(translated(wait.words), link=address(wait), note=translated(wait.about))
    return words, cells.number(wait.count)


def _objections(seen: Scope) -> Table:
    """Those that wait for the answer of the reader's own desk, the oldest first."""
    own = own_or_404(seen).id
    waiting = [
        (scheme.key(kind.name), state.name)
        for scheme in versions.all_current()
        for kind in scheme.kinds.values()
        if kind.objects
        for state in kind.flow.states.values()
        if state.open
    ]
    held = Record.objects.filter(
        register__in={register for register, _state in waiting},
        state__in={state for _register, state in waiting},
        holder__in={own, seen.head or own},
    )
    found = [one for one in held.order_by("id")[:_MOST] if objecting.state(one).open and seen.full(one)]
    return items.table("objections", gettext("等本单位答复的异议"), found, empty=gettext("没有要答复的异议。"))
