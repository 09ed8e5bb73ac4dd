"""Sample files: the headings that an import reads, and two rows of the reader's own."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from xianfeng.accounts.abilities import Ability
from xianfeng.registry.models import Organisation
from xianfeng.spreadsheets import harmless
from xianfeng.web import access
from xianfeng.web.office.registry import territory
from xianfeng.web.tables import XLSX

Rows = tuple[tuple[str, ...], ...]


@require_safe
@access.needs(Ability.REGISTRY)
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in _SAMPLES:
        raise Http404(gettext("没有这个样表"))
    title, rows = _SAMPLES[kind](territory.organisation_of(request))
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    for column in "ABCDEF":
        sheet.column_dimensions[column].width = 22
        for cell in sheet[column]:
            cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx") or ""
    return response


def _organisations(own_: Organisation) -> tuple[str, Rows]:
    return gettext("组织名单样表"), (
        ("代码", "名称", "上级代码", "类型", "级别", "成立日期"),
        (f"{own_.code}-001", "某某公司", own_.code, "单位", "", "2010-08-30"),
        (f"{own_.code}-001-DZB", "中共某某公司支部", f"{own_.code}-001", "党组织", "党支部", "2010-08-30"),
    )


def _contacts(own_: Organisation) -> tuple[str, Rows]:
    return gettext("联系人名单样表"), (
        ("组织代码", "姓名", "职务", "人员编号", "电话", "任职日期"),
        (own_.code, "张某", "经办人", "", "13800000000", "2010-08-30"),
        (own_.code, "李某", "审核人", "", "", "2010-08-30"),
    )


_SAMPLES: Mapping[str, Callable[[Organisation], tuple[str, Rows]]] = {
    "organisations": _organisations,
    "contacts": _contacts,
}
