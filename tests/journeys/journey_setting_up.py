"""Setting up, in one afternoon: a task table becomes a campaign, a list of units comes in, the first duty goes out."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook

from tests.journeys.beginning import PER_QUARTER, YEAR, adopt, begin, task_table
from tests.journeys.conftest import Enter

COUNTY, UNIT = "350102", "鼓楼区软件园服务中心"
NAME, TITLE = f"gulou-{YEAR}", f"鼓楼区强基提质活动（{YEAR}年）"
BURDEN = "填报负担"


def units(path: Path) -> Path:
    book = Workbook()
    book.active.append(["代码", "名称", "上级代码", "类型", "级别", "成立日期"])
    book.active.append([f"{COUNTY}-R001", UNIT, COUNTY, "单位", "", f"{YEAR}-01-01"])
    book.active.append([f"{COUNTY}-R002", "鼓楼区数字产业服务中心", COUNTY, "单位", "", f"{YEAR}-01-01"])
    book.save(path)
    return path


def contacts(path: Path) -> Path:
    book = Workbook()
    book.active.append(["组织代码", "姓名", "职务", "人员编号", "电话", "任职日期"])
    book.active.append([f"{COUNTY}-R001", "样例联系人甲", "经办人", "", "13800000000", f"{YEAR}-01-01"])
    book.active.append([f"{COUNTY}-R002", "样例联系人乙", "经办人", "", "", f"{YEAR}-01-01"])
    book.save(path)
    return path


def test_from_a_task_table_to_the_first_filing(enter: Enter, tmp_path: Path) -> None:
    office = enter("setting_up")
    office.sign_in("gulou")
    begin(office, NAME, TITLE, task_table(tmp_path / "任务分解表.xlsx"))
    office.see("读到的任务", "培育基层党建示范点", "目标数 20个", "每季度1次", "F6", "谁要做什么")
    burden = office.page.locator("main section", has=office.page.get_by_role("heading", name=BURDEN))
    assert "一年约需（分钟）" in burden.inner_text()
    adopt(office, TITLE)

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
    unit.tick(PER_QUARTER)
    unit.type("完成数量", "120")
    unit.tap_on(unit.page.locator("main button[value^='file:']").first)
    unit.see("任务进展已登记 1 条")
    office.open(f"/figures/{NAME}/task_5")
    office.see("120")
