"""A campaign of one's own to go through: offices begin it from their task-decomposition table (任务分解表)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

from tests.journeys.traveller import Traveller

TODAY = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=8))).date()  # where the campaigns are
YEAR = TODAY.year  # what is begun now is not over
PER_QUARTER = "走访困难群众"


def task_table(path: Path, *, whom: str = "各乡镇（街道）") -> Path:
    """As offices write them: a title over the table, a unit in charge merged over its tasks, words beside numbers.

    `whom`: who owes what recurs.
    """
    book, by = Workbook(), f"{YEAR}年12月31日"
    sheet = book.active
    sheet.append([f"鼓楼区{YEAR}年强基提质工作任务分解表"])
    sheet.append(["序号", "工作任务", "统计指标", "工作目标", "责任单位", "完成时限", "频次"])
    sheet.append([1, "培育基层党建示范点", "示范点", "20个", "组织部", by, None])
    sheet.append([2, "开展党员进社区服务", "服务场次", "300场", None, by, None])
    sheet.append([3, PER_QUARTER, "走访人次", "5000人次", whom, by, "每季度1次"])
    sheet.append([4, "建立联席会议制度", None, "制度建立并运行", "宣传部", "适时", None])
    sheet.merge_cells("E3:E4")
    sheet.merge_cells("A1:G1")
    book.save(path)
    return path


def begin(
    office: Traveller, name: str, title: str, table: Path, *, since: dt.date | None = None, until: dt.date | None = None
) -> None:
    """As far as the table that was read and what becomes of it."""
    office.open("/office/new")
    office.type("活动名称", title)
    office.type("活动代号", name)
    if since is not None:
        office.type("开始日期", since.isoformat())
    if until is not None:
        office.type("结束日期", until.isoformat())
    office.upload("任务分解表", table)
    office.tap("读这张表")
    office.title(title)


def adopt(office: Traveller, title: str) -> None:
    office.tap("建立这个活动…")
    office.see("确认以后：")
    office.tap_on(office.page.locator("button[name=confirmed]"))
    office.see(f"活动“{title}”已经建立")
