"""Imports: sending a file, and what was brought in before, to be taken back while nothing depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.log.bulk import LARGEST
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry import imports as registry
from xianfeng.registry.models import Appointment, Imported, Organisation
from xianfeng.web import access, cells, errors, parts, pending, scope
from xianfeng.web.cells import Look
from xianfeng.web.entries import actors
from xianfeng.web.office.imports.jobs import Job
from xianfeng.web.parts import Confirmation
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer
from xianfeng.workbooks import LARGEST_FILE

SHOWN = 50
KINDS = {"organisations": _("组织"), "contacts": _("联系人")}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Excel 或 CSV 文件"),
        help_text=_("一个文件一张名单，.xlsx 或 .csv，不超过 10 MB、10 万行。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )


@dataclass(frozen=True)
class ImportsPage:
    form: UploadForm
    table: Table


@require_http_methods(["GET", "POST"])
@access.needs(Ability.REGISTRY)
def imports(request: HttpRequest) -> HttpResponse:
    form, seen = UploadForm(request.POST or None, request.FILES or None), scope.of(request)
    if request.method == "POST" and form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        if (sent.size or 0) > LARGEST_FILE:
            return errors.too_large(request, LARGEST_FILE)
        kept = pending.receive(seen.reader.actor.id, sent.name or "", sent.chunks())
        Job(kept, seen.reader).check()
        return redirect("pending_import", kept.token)
    page = ImportsPage(form, _table(_brought_in(seen)))
    if request.method == "GET" and (file := answer(request, page.table)):
        return file
    return render(request, "office/imports/imports.html", {"page": page}, status=400 if form.errors else 200)


@require_POST
@access.needs(Ability.REGISTRY)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    found = Imported.objects.filter(id=number).first() if number <= LARGEST else None
    if found is None or not _whole_within(found, seen):
        raise Http404(gettext("没有这次导入"))
    if not parts.confirmed(request):
        return parts.confirm(request, _question(found))
    try:
        undone = registry.undo(number, by=seen.reader.actor)
    except Problem as problem:
        messages.error(request, problem.told)
    else:
        messages.success(request, gettext("已撤回导入 %(number)s。") % {"number": number})
        if undone.people:
            words = gettext("其中 %(n)s 人的姓名和电话仍在个人信息库里，要由两个人办理“删除个人信息”才会删去。")
            messages.warning(request, words % {"n": undone.people})
    return redirect("registry_imports")


def _question(found: Imported) -> Confirmation:
    size = found.last - found.first + 1
    consequences = [
        gettext("%(name)s带来的%(kind)s（办理记录 %(n)s 条）撤回，就像没有导入过；办理记录仍在。")
        % {"name": found.name, "kind": str(KINDS.get(found.kind, found.kind)), "n": size},
        gettext("后来的工作已经用到它的，不会撤回，会告诉您是哪些工作。"),
    ]
    title = gettext("撤回导入 %(number)s") % {"number": found.id}
    return Confirmation(title, consequences, gettext("撤回这次导入"), reverse("registry_imports"))


def _brought_in(seen: Scope) -> list[Imported]:
    """The latest whose last thing lies within; undoing asks for all of it."""
    rows = list(Imported.objects.order_by("-id")[: 4 * SHOWN])
    last = {row.id: row.last for row in rows}
    held = dict(Appointment.objects.filter(id__in=last.values()).values_list("id", "organisation_id"))
    at = {row.id: row.last if row.kind == "organisations" else held.get(row.last, 0) for row in rows}
    within = seen.all_within(at.values())
    return [row for row in rows if at[row.id] in within][:SHOWN]


def _whole_within(found: Imported, seen: Scope) -> bool:
    span = (found.first, found.last)
    if found.kind == "organisations":
        rows = Organisation.objects.filter(id__range=span)
        return not rows.exclude(id__in=seen.organisations(rows).values("id")).exists()
    held = Appointment.objects.filter(id__range=span)
    at = set(held.values_list("organisation_id", flat=True))
    return bool(at) and at <= seen.all_within(at)


def _table(rows: Sequence[Imported]) -> Table:
    entries = {entry.seq: entry for entry in Entry.objects.filter(seq__in=[row.id for row in rows])}
    known = actors(entry.actor for entry in entries.values())
    columns = (
        Column(gettext("编号")),
        Column(gettext("文件")),
        Column(gettext("名单")),
        Column(gettext("导入时间")),
        Column(gettext("谁导入")),
        Column(gettext("状态")),
    )
    lines = [
        (
            cells.text(row.id, link=reverse("import_done", args=[row.id])),
            cells.text(row.name),
            cells.text(str(KINDS.get(row.kind, row.kind))),
            cells.day(entries[row.id].day),
            cells.text(known.get(entries[row.id].actor, entries[row.id].actor)),
            cells.text(gettext("已撤回"), look=Look.TAG)
            if row.undone_seq
            else cells.text(gettext("已导入"), look=Look.DONE),
        )
        for row in rows
    ]
    return Table("imports", gettext("以前的导入"), columns, lines, empty=gettext("还没有导入过。"))


@dataclass(frozen=True)
class DonePage:
    imported: Imported
    kind: str
    rows: int


@require_safe
@access.needs(Ability.REGISTRY)
def done(request: HttpRequest, number: int) -> HttpResponse:
    """What one import brought, and the way back."""
    found = Imported.objects.filter(id=number).first() if number <= LARGEST else None
    if found is None or not _whole_within(found, scope.of(request)):
        raise Http404(gettext("没有这次导入"))
    if found.kind == "organisations":
        rows = Organisation.objects.filter(id__range=(found.first, found.last)).count()
    else:
        rows = Appointment.objects.filter(id__range=(found.first, found.last)).count()
    page = DonePage(found, str(KINDS.get(found.kind, found.kind)), rows)
    return render(request, "office/imports/done.html", {"page": page})
