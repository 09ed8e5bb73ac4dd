"""A file that was sent: what it says, each fault by row and column; then writing it, with how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xianfeng.accounts.abilities import Ability
from xianfeng.web import access, cells, pending, scope
from xianfeng.web.office.imports.jobs import Job
from xianfeng.web.parts import Progress
from xianfeng.web.pending import Found, Pending, State
from xianfeng.web.tables import Column, Table, answer

_HEADS = {
    "organisations": (_("代码"), _("名称"), _("上级代码"), _("成立日期")),
    "contacts": (_("组织"), _("职务"), _("任职日期")),
}


@dataclass(frozen=True)
class PendingPage:
    """`progress` while it is worked on; `faults` and `sample` once it was read."""

    token: str
    name: str
    state: State
    found: Found | None
    progress: Progress | None
    faults: Table | None
    sample: Table | None
    ready: bool


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(Ability.REGISTRY)
def pending_import(request: HttpRequest, token: str) -> HttpResponse:
    """A POST writes it, once, however often it is sent."""
    kept, reader = _kept(request, token), scope.of(request).reader
    if request.method == "POST":
        if kept.state.broken or kept.state.step in ("stopped", "failed"):
            kept.begin_again()
        if _ready(kept) and kept.begin_writing():
            Job(kept, reader).write()
        return redirect("pending_import", token)
    state = kept.state
    if state.step == "written":
        return _go_on(request, reverse("import_done", args=[state.number]))
    page = _page(kept, state)
    for table in (page.faults, page.sample):
        if table is not None and (file := answer(request, table)):
            return file
    return render(request, "office/imports/pending.html", {"page": page})


@require_POST
@access.needs(Ability.REGISTRY)
def stop_import(request: HttpRequest, token: str) -> HttpResponse:
    """While it is written: stop and take back. Before: drop the file."""
    kept = _kept(request, token)
    if kept.state.running and not kept.state.broken:
        kept.stop()
        return redirect("pending_import", token)
    kept.drop()
    return redirect("registry_imports")


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    """A page that asks by itself how far it has come is told to leave; a redirect would only reach its fragment."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _kept(request: HttpRequest, token: str) -> Pending:
    found = pending.of(scope.of(request).reader.actor.id, token)
    if found is None:
        raise Http404(gettext("没有这个文件，或者已经办完、过期"))
    return found


def _ready(kept: Pending) -> bool:
    found = kept.found
    return found is not None and bool(found.rows) and not found.faults


def _page(kept: Pending, state: State) -> PendingPage:
    found = None if state.step == "checking" else kept.found
    working = state.running and not state.broken
    title = gettext("正在检查文件") if state.step == "checking" else gettext("正在导入")
    stop = reverse("stop_import", args=[kept.token])
    return PendingPage(
        token=kept.token,
        name=kept.file.name,
        state=state,
        found=found,
        progress=Progress(title, state.done, state.total, cancel=stop) if working else None,
        faults=_faults(found) if found and found.faults else None,
        sample=_sample(found) if found and found.sample and not found.faults else None,
        ready=_ready(kept) and not working,
    )


def _faults(found: Found) -> Table:
    rows = [(cells.text(one.place or "—"), cells.text(one.message), cells.text(one.hint)) for one in found.faults]
    note = gettext("另有 %(n)s 处没有列出") % {"n": found.more} if found.more else ""
    return Table(
        "faults",
        gettext("要改的地方"),
        (Column(gettext("位置")), Column(gettext("问题")), Column(gettext("怎么改"))),
        rows,
        note=note,
    )


def _sample(found: Found) -> Table:
    columns = tuple(Column(str(title)) for title in _HEADS[found.kind])
    rows = [tuple(cells.text(value) for value in line) for line in found.sample]
    title = gettext("前 %(n)s 行") if found.rows > len(rows) else gettext("全部 %(n)s 行")
    return Table("sample", title % {"n": len(rows)}, columns, rows)
