"""Many new records of one kind at once, for one's own organisation or, row by row, for those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind
from xianfeng.web import access, offline
from xianfeng.web.desk.kinds import filer_of, has_below, kind_or_404
from xianfeng.web.forms.faults import FOR
from xianfeng.web.forms.gridding import Gridding
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
        rows = _one_for_each_below(filer, gridding.grid.start) if asked(request, "units") else ()
        return render(request, "desk/grid.html", {"page": gridding.begun(rows[: gridding.grid.most])})
    outcome = gridding.posted(request)
    if isinstance(outcome, tuple):
        messages.success(request, said_of(outcome, found))
        return redirect("desk")
    return render(request, "desk/grid.html", {"page": outcome}, status=422 if outcome.faults else 200)


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
