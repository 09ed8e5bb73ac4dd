"""Administering: somebody is appointed, gets an account and comes in; a list is imported and taken back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.journeys.conftest import Enter, World

COUNTY = "350102"
CHOSEN = "jiao-jie-2012-hao"


def organisations(path: Path) -> Path:
    book = Workbook()
    book.active.append(["代码", "名称", "上级代码", "类型", "级别", "成立日期"])
    for number in range(1, 13):
        book.active.append([f"{COUNTY}-Q{number:03}", f"鼓楼第{number}服务站", COUNTY, "单位", "", "2012-06-01"])
    book.save(path)
    return path


def test_somebody_new_is_appointed_and_comes_in(enter: Enter, world: World) -> None:
    admin = enter("administrator")
    admin.sign_in("admin")
    admin.open("/office/registry/")
    admin.type("在本级范围内找组织", "洪山镇")
    admin.tap("查找")
    admin.tap("洪山镇", within="main section")
    admin.tap("任职", within="main", exact=True)
    admin.tap("登记任职", role="link")
    admin.title("登记任职")
    admin.type("新人员的姓名", "林小溪")
    admin.choose("职务", "经办人")
    admin.tap("登记任职", role="button")
    admin.see("已登记任职")
    admin.tap("开账号", within="main")
    admin.type("用户名", "lin-xiaoxi")
    admin.tap("开账号，给我邀请链接")
    admin.title("邀请链接")

    newcomer = enter("invited")
    newcomer.open(admin.page.get_by_label("链接", exact=True).input_value())
    newcomer.type("密码", CHOSEN, exact=True)
    newcomer.type("再输入一次", CHOSEN)
    newcomer.tap("设定密码", role="button")
    newcomer.title("登录")
    newcomer.type("用户名", "lin-xiaoxi")
    newcomer.type("密码", CHOSEN)
    newcomer.tap("登录", role="button", within="main", exact=True)
    newcomer.see("洪山镇 · 经办人")


def test_a_list_is_imported_with_a_preview_and_taken_back(enter: Enter, tmp_path: Path) -> None:
    admin = enter("import")
    admin.sign_in("admin")
    admin.open("/office/registry/imports/")
    admin.upload("Excel 或 CSV 文件", organisations(tmp_path / "服务站.xlsx"))
    admin.tap("检查这个文件")
    admin.see("组织 12 个", "鼓楼第1服务站")
    admin.look()
    admin.tap("整份导入（12 行）")
    admin.see("已导入")
    admin.tap("撤回这次导入")
    admin.see("确认以后：")
    admin.tap_on(admin.page.locator("button[name=confirmed]"))
    admin.see("已撤回导入")
