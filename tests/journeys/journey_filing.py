"""Filing: a village clerk copies a notebook by one link without an account, the secretary confirms it; once without
network; one visit by hand."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

VISITS = "fuzhou-2012/visit"
NOTEBOOK = "\n".join(f"2012-05-{day:02}\t{day}号楼\t\t{day}\t\t1\t\t2\t问冷暖" for day in range(1, 11))


def a_link(enter: Enter, journey: str) -> str:
    """What the township's office sends to the community's chat group."""
    office = enter(journey)
    office.sign_in("hongshan")
    office.open("/desk/links")
    office.choose("填什么", VISITS)
    office.tick("兴园社区")
    office.tap("生成链接")
    office.see("1 个链接已做好")
    found = re.search(r"http\S+/l/\S+", office.page.locator("#message").input_value())
    assert found is not None
    return found[0]


def pasted(clerk: Traveller) -> None:
    clerk.paste(clerk.page.get_by_label("1 日期", exact=True), NOTEBOOK)
    assert clerk.page.get_by_label("10 地点", exact=True).input_value() == "10号楼"


def test_ten_visits_by_a_link(enter: Enter) -> None:
    clerk = enter("village_clerk")
    clerk.open(a_link(enter, "link_sender"))
    pasted(clerk)
    clerk.tap("核对", role="button", exact=True)
    clerk.see("10号楼", "55")  # the column's total
    clerk.tap_on(clerk.page.locator("main button[value^='file:']").first)
    clerk.see("已收到 10 条")

    secretary = enter("secretary")
    secretary.sign_in("hongshan")
    secretary.open("/desk/inbox?kind=fuzhou-2012%2Fvisit&at=350102100004")
    secretary.see("10")
    secretary.tap_on(secretary.page.get_by_label("选中这一页的全部"))
    secretary.tap("审核所选")
    secretary.see("确认以后：")
    secretary.tap("审核这 10 条")
    secretary.see("10 条已办理“审核”")


def test_ten_visits_without_network(enter: Enter) -> None:
    clerk = enter("without_network")
    clerk.open(a_link(enter, "link_sender_again"))
    clerk.page.context.set_offline(True)
    pasted(clerk)
    clerk.tap("核对", role="button", exact=True)
    clerk.see("现在没有网络，这一步没有办成。填写的都还在这一页上")
    assert clerk.page.get_by_label("10 地点", exact=True).input_value() == "10号楼"
    clerk.look()
    clerk.tap("没有网络，先存在这台设备上")
    clerk.see("有 1 份填报存在这台设备上，还没有送出")
    clerk.look()
    clerk.page.context.set_offline(False)
    clerk.see("1 份填报，刚才已经送出")
    clerk.page.reload()
    clerk.see("已收到 10 条")


def test_rows_left_by_the_menu_are_there_again(enter: Enter) -> None:
    clerk = enter("left_and_back")
    clerk.sign_in("xingyuan")
    clerk.open(f"/desk/{VISITS}/grid")
    pasted(clerk)
    clerk.tap_on(clerk.page.locator("nav a[href='/desk/']").first)
    clerk.title("兴园社区")
    clerk.open(f"/desk/{VISITS}/grid")
    clerk.tap("接着填")
    clerk.see("删去草稿")
    assert clerk.page.get_by_label("10 地点", exact=True).input_value() == "10号楼"
    clerk.type("1 地点", "一号楼", exact=True)
    clerk.see(re.compile(r"已存草稿 \d\d:\d\d"))
    clerk.tap("删去草稿")
    clerk.see("草稿已删去")


def test_one_visit_by_hand(enter: Enter) -> None:
    clerk = enter("one_visit")
    clerk.sign_in("xingyuan")
    clerk.open("/desk/")
    clerk.tap_on(clerk.page.locator("summary", has_text="其他").last)
    clerk.tap_on(clerk.page.locator("a[href='/desk/fuzhou-2012/visit/new']"))
    clerk.title("走访")
    clerk.type("社区群众", "3")
    clerk.tap_on(clerk.page.locator("main button[value^='file:']").first)
    clerk.see("已登记")
