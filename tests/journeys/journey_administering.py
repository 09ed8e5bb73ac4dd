"""Administering: somebody is appointed, gets an account and comes in; a list is imported and taken back; one unit
goes on for two."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.journeys.conftest import Enter, World

COUNTY = "350102"
CHOSEN = "jiao-jie-2012-hao"
ENDS, GOES_ON, BELOW = "鼓楼城建服务所", "鼓楼综合服务所", "城建服务所窗口"


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


def merging(path: Path) -> Path:
    book = Workbook()
    book.active.append(["代码", "名称", "上级代码", "类型", "级别", "成立日期"])
    book.active.append([f"{COUNTY}-M001", ENDS, COUNTY, "单位", "", "2012-06-01"])
    book.active.append([f"{COUNTY}-M002", GOES_ON, COUNTY, "单位", "", "2012-06-01"])
    book.active.append([f"{COUNTY}-M003", BELOW, f"{COUNTY}-M001", "单位", "", "2012-06-01"])
    book.save(path)
    return path


def test_one_unit_is_merged_into_another_that_goes_on(enter: Enter, tmp_path: Path) -> None:
    before = enter("merge_before", counted=False)
    before.sign_in("admin")
    before.open("/office/registry/imports/")
    before.upload("Excel 或 CSV 文件", merging(tmp_path / "单位.xlsx"))
    before.tap("检查这个文件")
    before.tap("整份导入（3 行）")
    before.see("已导入")

    admin = enter("merge")
    admin.sign_in("admin")
    admin.open("/office/registry/")
    admin.type("在本级范围内找组织", ENDS)
    admin.tap("查找")
    admin.tap(ENDS, within="main section")
    admin.tap("并入其他组织", within="main")
    admin.pick("并入哪个组织", GOES_ON, GOES_ON)
    admin.type("从哪一天起", "2012-09-01")
    admin.type("依据", "鼓委编〔2012〕5号")
    admin.tap("看会有什么结果")
    admin.see("确认以后：", f"{ENDS}之下的 1 个组织划到{GOES_ON}之下", "合并不能撤回")
    admin.tap_on(admin.page.locator("button[name=confirmed]"))
    admin.see("已撤销", "承接组织", GOES_ON)
    admin.tap(GOES_ON, within="main dl")
    admin.see("承接了", ENDS)
    admin.tap("下级组织", within="main")
    admin.see(BELOW)
