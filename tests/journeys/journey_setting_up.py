"""Setting up, in one afternoon: a task table becomes a campaign, a list of units comes in, the first duty goes out."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook

from tests.journeys.conftest import Enter

COUNTY, UNIT = "350102", "鼓楼区软件园服务中心"
NAME, TITLE = "gulou-2026", "鼓楼区强基提质活动（2026年）"


def task_table(path: Path) -> Path:
    """As offices write them: a title over the table, a unit in charge merged over its tasks, words beside numbers."""
    book = Workbook()
    sheet = book.active
    sheet.append(["鼓楼区2026年强基提质工作任务分解表"])
    sheet.append(["序号", "工作任务", "统计指标", "工作目标", "责任单位", "完成时限", "频次"])
    sheet.append([1, "培育基层党建示范点", "示范点", "20个", "组织部", "2026年12月31日", None])
    sheet.append([2, "开展党员进社区服务", "服务场次", "300场", None, "2026年12月31日", None])
    sheet.append([3, "走访困难群众", "走访人次", "5000人次", "各乡镇（街道）", "2026年12月31日", "每季度1次"])
    sheet.append([4, "建立联席会议制度", None, "制度建立并运行", "宣传部", "适时", None])
    sheet.merge_cells("E3:E4")
    sheet.merge_cells("A1:G1")
    book.save(path)
    return path


def units(path: Path) -> Path:
    book = Workbook()
    book.active.append(["代码", "名称", "上级代码", "类型", "级别", "成立日期"])
    book.active.append([f"{COUNTY}-R001", UNIT, COUNTY, "单位", "", "2026-01-01"])
    book.active.append([f"{COUNTY}-R002", "鼓楼区数字产业服务中心", COUNTY, "单位", "", "2026-01-01"])
    book.save(path)
    return path


def contacts(path: Path) -> Path:
    book = Workbook()
    book.active.append(["组织代码", "姓名", "职务", "人员编号", "电话", "任职日期"])
    book.active.append([f"{COUNTY}-R001", "样例联系人甲", "经办人", "", "13800000000", "2026-01-01"])
    book.active.append([f"{COUNTY}-R002", "样例联系人乙", "经办人", "", "", "2026-01-01"])
    book.save(path)
    return path


def test_from_a_task_table_to_the_first_filing(enter: Enter, tmp_path: Path) -> None:
    office = enter("setting_up")
    office.sign_in("gulou")
    office.open("/office/new")
    office.type("活动名称", TITLE)
    office.type("活动代号", NAME)
    office.upload("任务分解表", task_table(tmp_path / "任务分解表.xlsx"))
    office.tap("读这张表")
    office.title(TITLE)
    office.see("读到的任务", "培育基层党建示范点", "目标数 20个", "每季度1次", "F6", "谁要做什么")
    office.tap("建立这个活动…")
    office.see("确认以后：", NAME)
    office.tap_on(office.page.locator("button[name=confirmed]"))
    office.see(f"活动“{TITLE}”已经建立")

    admin = enter("setting_up_lists")
    admin.sign_in("admin")
    for file, told, everything in (
        (units(tmp_path / "单位.xlsx"), ("组织 2 个", UNIT), "整份导入（2 行）"),
        (contacts(tmp_path / "联系人.xlsx"), ("联系人 2 名",), "整份导入（2 行）"),
    ):
        admin.open("/office/registry/imports/")
        admin.upload("Excel 或 CSV 文件", file)
        admin.tap("检查这个文件")
        admin.see(*told)
        admin.look()
        admin.tap(everything)
        admin.see("已导入")

    office.open("/desk/links")
    office.choose("填什么", f"{NAME}/task_progress")
    office.type("其他下级组织", UNIT)
    office.tick("一次一条")
    office.tap("生成链接")
    office.see("1 个链接已做好")
    found = re.search(r"http\S+/l/\S+", office.page.locator("#message").input_value())
    assert found is not None

    unit = enter("first_duty")
    unit.open(found[0])
    unit.title(f"{UNIT} · 任务进展")
    unit.tick("走访困难群众")
    unit.type("完成数量", "120")
    unit.tap_on(unit.page.locator("main button[value^='file:']").first)
    unit.see("任务进展已登记 1 条")
    office.open(f"/figures/{NAME}/task_5")
    office.see("120")
