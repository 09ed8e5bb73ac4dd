"""Many new records of one kind at once, for one's own organisation or, row by row, for those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import drafts
from xianfeng.accounts.abilities import Ability
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind
from xianfeng.web import access, offline
from xianfeng.web.desk import draft
from xianfeng.web.desk.draft import Form
from xianfeng.web.desk.kinds import filer_of, has_below, kind_or_404
from xianfeng.web.forms.faults import FOR
from xianfeng.web.forms.gridding import Gridding, GridPage
from xianfeng.web.forms.sheet import Typed
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import asked
from xianfeng.web.record import steps


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@offline.kept
@access.needs(Ability.FILE)
def grid(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """`?units=1`: a row for each organisation right below."""
    filer = filer_of(request)
    scheme, found = kind_or_404(name, kind, filer.own)
    ways = steps.of_filing(scheme, found, filer.own, timezone.localdate())
    gridding = Gridding.of(request, filer, scheme, found, ways, below=has_below(filer.own))
    if request.method != "POST":
        return _opened(request, gridding)
    if draft.wanted(request):
        return _kept(request, gridding)
    outcome = gridding.posted(request)
    if isinstance(outcome, tuple):
        draft.drop(request, gridding.reference)
        messages.success(request, said_of(outcome, found))
        return redirect("desk")
    return _shown(request, gridding, outcome)


def _opened(request: HttpRequest, gridding: Gridding) -> HttpResponse:
    kept = draft.taken_up(request, _form(gridding))
    if kept is not None:
        return _shown(request, gridding, gridding.taken_up(drafts.typed(kept), kept.reference), of_draft=True)
    rows = _one_for_each_below(gridding.grid.filer, gridding.grid.start) if asked(request, "units") else ()
    return _shown(request, gridding, gridding.begun(rows[: gridding.grid.most]))


def _kept(request: HttpRequest, gridding: Gridding) -> HttpResponse:
    try:
        return draft.keep(
            request,
            _form(gridding),
            organisation=gridding.grid.filer.own.id,
            reference=gridding.reference,
            day=gridding.grid.day,
            typed=gridding.put_aside(request),
        )
    except Problem as problem:
        return _shown(request, gridding, gridding.refused(request, problem))


def _shown(request: HttpRequest, gridding: Gridding, page: GridPage, *, of_draft: bool = False) -> HttpResponse:
    page = replace(page, aside=draft.told(request, _form(gridding), draft=of_draft))
    return render(request, "desk/grid.html", {"page": page}, status=422 if page.faults else 200)


def _form(gridding: Gridding) -> Form:
    return Form(gridding.grid.sheet, many=True)


def said_of(numbers: Sequence[int], kind: Kind) -> str:
    one, several = (
        gettext("{kind}已登记 {n} 条：第 {first} 号。"),
        gettext("{kind}已登记 {n} 条，第一条是第 {first} 号，最后一条是第 {last} 号。"),
    )
    said = one if len(numbers) == 1 else several
    return said.format(kind=kind.title, n=len(numbers), first=min(numbers), last=max(numbers))


def _one_for_each_below(filer: Filer, start: Typed) -> list[Mapping[str, Sequence[str]]]:
    nodes = tree.children(filer.own.id, timezone.localdate())
    named = filer.names.inside(node.name for node in nodes)  # a name where it is enough, else the code
    return [
        {**start, FOR: [node.name if node.name in named and named[node.name].id == node.id else node.code]}
        for node in nodes
    ]
