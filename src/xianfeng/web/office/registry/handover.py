"""The handover sheet: who left, who came, what is open; printed, signed and kept."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.registry import tree
from xianfeng.registry.models import Appointment, Organisation
from xianfeng.registry.tree import Node
from xianfeng.web import access, scope
from xianfeng.web.frame import asked
from xianfeng.web.office.registry import people, territory, waits
from xianfeng.web.office.registry.leaving import Left, leaving, left
from xianfeng.web.office.registry.tree import from_own

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Line:
    code: str
    role: str
    note: str


@dataclass(frozen=True)
class HandoverPage:
    """People by the office's key; names are written by hand when it is signed."""

    organisation: Organisation
    day: dt.date
    path: tuple[Node, ...]
    left: tuple[Line, ...]
    came: tuple[Line, ...]
    waits: tuple[str, ...]
    open: Left
    printed: dt.datetime


@require_safe
@access.needs(Ability.READ)
def handover(request: HttpRequest, number: int) -> HttpResponse:
    node, day = territory.organisation_or_404(request, number), territory.day(request)
    held = Appointment.objects.filter(organisation=node).select_related("person").order_by("id")
    page = HandoverPage(
        organisation=node,
        day=day,
        path=from_own(tree.path(node.id, timezone.localdate()), scope.of(request)),
        left=_left(list(held.filter(until=day))),
        came=_came(list(held.filter(since=day).exclude(until=day))),
        waits=waits.told(tree.named([node.id], timezone.localdate())[node.id]),
        open=left(node),
        printed=timezone.localtime(),
    )
    if asked(request, "format") == "docx":
        response = HttpResponse(document(page), content_type=DOCX)
        name = gettext("%(name)s交接单%(day)s.docx") % {"name": node.name, "day": day}
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response
    return render(request, "office/registry/handover.html", {"page": page})


def _left(held: list[Appointment]) -> tuple[Line, ...]:
    titles = abilities.titles()
    lines = []
    for one in leaving(held):
        row = one.appointment
        notes = [gettext("草稿 %(n)s 份") % {"n": one.drafts}] if one.drafts else []
        if one.account is None:
            notes.append(gettext("没有在用的账号"))
        else:
            notes.append(gettext("账号“%(username)s”在用") % {"username": one.account.username})
        lines.append(Line(row.person.code, titles.get(row.role, row.role), gettext("，").join(notes)))
    return tuple(lines)


def _came(held: Sequence[Appointment]) -> tuple[Line, ...]:
    titles, accounts = abilities.titles(), people.accounts(row.person_id for row in held)
    return tuple(
        Line(
            row.person.code,
            titles.get(row.role, row.role),
            gettext("账号“%(username)s”在用") % {"username": account.username}
            if (account := accounts.get(row.person_id))
            else gettext("要开账号"),
        )
        for row in held
    )


def document(page: HandoverPage) -> bytes:
    """The same sheet as a Word file."""
    from docx import Document

    sheet = Document()
    sheet.add_heading(gettext("%(name)s工作交接单") % {"name": page.organisation.name}, 1)
    sheet.add_paragraph(gettext("交接日期：%(day)s") % {"day": page.day})
    for title, lines in ((gettext("卸任"), page.left), (gettext("新任"), page.came)):
        sheet.add_heading(title, 2)
        table = sheet.add_table(rows=1, cols=4, style="Table Grid")
        for cell, words in zip(table.rows[0].cells, _heads(), strict=True):
            cell.text = words
        for line in lines:
            cells = table.add_row().cells
            cells[0].text, cells[1].text, cells[2].text = line.code, line.role, line.note
    sheet.add_heading(gettext("未办结的事项"), 2)
    items = (*page.waits, *page.open.items)
    for item in items or (gettext("没有。"),):
        sheet.add_paragraph(item, style="List Number" if items else None)
    if page.open.more:
        sheet.add_paragraph(gettext("另有 %(n)s 项，见系统。") % {"n": page.open.more})
    sheet.add_heading(gettext("有效的填报链接"), 2)
    for link in page.open.links:
        said = {"name": link.organisation.name, "until": timezone.localdate(link.expires)}
        sheet.add_paragraph(gettext("%(name)s，到 %(until)s") % said, style="List Number")
    if not page.open.links:
        sheet.add_paragraph(gettext("没有。"))
    sheet.add_paragraph("")
    sheet.add_paragraph(gettext("移交人：　　　　　　　接收人：　　　　　　　监交人：　　　　　　　　　年　月　日"))
    out = io.BytesIO()
    sheet.save(out)
    return out.getvalue()


def _heads() -> tuple[str, str, str, str]:
    return gettext("人员编号"), gettext("职务"), gettext("情况"), gettext("签字")
