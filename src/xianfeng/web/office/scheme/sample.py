"""A sample task table: the columns that are read, and rows as offices write them."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from xianfeng.accounts.abilities import Ability
from xianfeng.web.access import needs
from xianfeng.web.tables import XLSX

_HEADINGS = ("序号", "工作任务", "统计指标", "目标", "责任单位", "完成时限", "频次")
_ROWS = (
    ("1", "培育基层党建示范点", "示范点", "100个", "组织部", "{year}年12月31日", ""),
    ("2", "走访群众", "走访人次", "5000人次", "各乡镇（街道）", "{year}年12月31日", "每季度1次"),
    ("3", "召开工作推进会", "推进会", "", "活动办公室", "", "每半年1次"),
    ("4", "建立联席会议制度", "", "制度建立并运行", "宣传部", "{year}年6月底", ""),
)
_WIDTHS = (8, 30, 16, 18, 20, 20, 14)


@require_safe
@needs(Ability.BEGIN)
def sample(request: HttpRequest) -> HttpResponse:
    year, book = timezone.localdate().year, Workbook()
    sheet = book.active
    sheet.append([gettext("%(year)s年工作任务分解表") % {"year": year}])
    for row in (_HEADINGS, *_ROWS):
        sheet.append([cell.format(year=year) for cell in row])
    for column, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, gettext("任务分解表样表.xlsx")) or ""
    return response
