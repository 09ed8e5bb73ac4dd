"""What people say: a comment on an issue, and that a form asks too much; the office answers both."""

from __future__ import annotations

from tests.journeys.conftest import Enter

ISSUE, FORM = "/schemes/fuzhou-2010/bulletins/no98", "/desk/fuzhou-2010/visit/new"


def test_a_comment_is_read_published_and_answered(enter: Enter) -> None:
    citizen = enter("comment")
    citizen.open(ISSUE)
    citizen.tap("写评论")
    citizen.see("先看规则", "评论不影响任何单位和个人的等次，也不计入任何数据。")
    citizen.type("评论", "希望把走访的结果也印出来", within="main .field")
    citizen.tap("提交评论")
    citizen.see("等办公室看过")
    receipt = citizen.page.url
    office = enter("answering")
    office.sign_in("fuzhou")
    office.open("/office/comments/")
    card = office.page.locator("main li", has_text="希望把走访的结果也印出来").first
    office.tap_on(card.get_by_role("link", name="办理"))
    office.tap("公开这条评论")
    office.tap("已公开", within="main")
    office.tap_on(
        office.page.locator("main li", has_text="希望把走访的结果也印出来").first.get_by_role("link", name="办理")
    )
    office.type("登在评论下面的话", "下一期就印")
    office.tap("登出答复")
    office.see("答复已登在")
    citizen.open(receipt)
    citizen.see("已公开", "下一期就印")
    citizen.open(ISSUE)
    citizen.see("希望把走访的结果也印出来", "下一期就印")


def test_this_asks_too_much_reaches_the_office_and_the_answer_stands_on_the_form(enter: Enter) -> None:
    clerk = enter("too_much")
    clerk.sign_in("xingyuan")
    clerk.open("/burden/fuzhou-2010/visit")
    clerk.tick("报得太勤")
    clerk.type("还想说的", "一个月一次就够了")
    clerk.tap("提交意见")
    clerk.see("等办公室答复")
    office = enter("lightening")
    office.sign_in("fuzhou")
    office.open("/office/complaints/")
    card = office.page.locator("main li", has_text="一个月一次就够了").first
    office.tap_on(card.get_by_role("link", name="答复"))
    office.tick("已取消")
    office.type("答复", "从下月起改为一季一次")
    office.tap("登出答复")
    office.see("已答复，填报的人在表单上看得到")
    clerk.open(FORM)
    clerk.see("这个要求太重了", "从下月起改为一季一次")
