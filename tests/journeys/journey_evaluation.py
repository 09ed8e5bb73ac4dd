"""A round of an evaluation on paper, from preparing to publishing: slips printed, handed out and collected, counted by
two people who once differ, settled by a third, published with what a voter wrote; then what is read of it."""

from __future__ import annotations

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

FIRST = {"五星": 20, "四星": 12, "三星": 5, "二星": 1, "一星": 1}


def test_on_paper(enter: Enter) -> None:
    office = enter("evaluation_paper")
    office.sign_in("gulou")
    office.open("/office/judgement/evaluations/")
    office.tap_on(office.page.locator("li", has_text="街道办事窗口评议").get_by_role("button"))
    office.see("来办事的群众都可以评")
    office.tap("封存名单和题目")
    office.see("名单和题目已经封存", "封存校验码")
    office.tap("印评议票", role="link")
    office.see("每题选一项", "窗口服务几颗星")
    office.page.go_back()
    office.refusals.add(422)
    office.type("洪山镇，张数", "四十五")
    office.tap("登记发出的票")
    office.see("没有登记", "没有填张数", "“四十五”不是张数")
    _slips(office, 45)
    office.tap("登记发出的票")
    office.see("已登记发出的票")
    _slips(office, 42)
    office.tap("截止收票")
    office.see("每批票由两个人各录一遍")
    counting = office.page.url
    office.tap("录第一遍")
    _count(office, FIRST, yes=30, no=9, blank=0)
    office.tap("保存这一遍")
    office.see("合计39张，有效票是40张")
    office.type("没有填", "1", within="fieldset:last-of-type")
    office.type("哪里要改进", "排队太久，打 13800138000 没人接")
    office.tap("保存这一遍")
    office.see("第二遍换一个人录")

    other = enter("evaluation_second_reading")
    other.sign_in("fuhe")
    other.open(counting)
    other.tap("录第二遍")
    _count(other, {**FIRST, "五星": 19, "四星": 13}, yes=30, no=9, blank=1)
    other.tap("保存这一遍")
    other.see("两遍有 2 处不同")

    third = enter("evaluation_third_look")
    third.sign_in("hegao")
    third.open(counting)
    third.tap("去复核")
    third.type("窗口服务几颗星：五星", "19")
    third.type("窗口服务几颗星：四星", "13")
    third.tap("按票面定下")
    third.see("票都计完了")
    third.tap("去公布结果")
    third.tap("公布结果…")
    third.see("更正连同理由公开")
    third.tap_on(third.page.locator("button[name=confirmed]"))
    third.see("结果已经公布", "窗口服务几颗星")
    published = third.page.url
    third.open(counting.replace("/counting", "/texts"))
    third.see("排队太久", "■■■■")
    third.tap("公布")
    third.see("已公布在结果旁边")

    anybody = enter("evaluation_published")
    anybody.open(published)
    anybody.see("没有收回", "票太少，没有公布的", "排队太久")
    anybody.tap("洪山镇", role="link", within="main")
    anybody.see("群众评议", "五星 19、四星 13")


def _slips(office: Traveller, many: int) -> None:
    """At one of the offices; nobody came to the others."""
    for box in office.page.locator("td input[inputmode=numeric]").all():
        box.fill("0")
    office.type("洪山镇，张数", str(many))


def _count(reader: Traveller, stars: dict[str, int], *, yes: int, no: int, blank: int) -> None:
    reader.type("这一批共几张", "42")
    reader.type("其中无效票", "2")
    first, second = "fieldset:first-of-type", "fieldset:last-of-type"
    for star, slips in {**stars, "没有填": 1}.items():
        reader.type(star, str(slips), within=first)
    for answer, slips in {"是": yes, "否": no, "没有填": blank}.items():
        reader.type(answer, str(slips), within=second, exact=True)
