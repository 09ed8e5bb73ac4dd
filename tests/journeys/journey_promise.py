"""A member's promise: made on paper, entered by the branch, made public above it, on the board for everybody. What was
written down wrongly the member sees and says; the branch sees it, puts it right, and the board says so. That it was
kept the member says himself."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

BRANCH = "350102100004-DZB"
WORDS = "每周二晚上为楼里的老人读报"
RIGHT = "每周四晚上为楼里的老人读报"
ASKED = "我承诺的是星期四，不是星期二"
KEPT = "读了十二次，每次一个小时"


def act_as(traveller: Traveller, post: str) -> None:
    traveller.open("/account/acting")
    traveller.tick(post)
    traveller.tap("以此任职办理")
    traveller.see("已")


def test_a_promise_from_the_meeting_to_the_board(enter: Enter) -> None:
    branch = enter("promise")
    branch.sign_in("xingyuan")
    act_as(branch, "兴园社区党支部 · 经办人")
    branch.open("/desk/fuzhou-2010/commitment/new")
    branch.tick("党员")
    branch.type("承诺党员", "demo-member")
    branch.type("承诺内容", WORDS)
    branch.tap("提交", role="button", within="main", exact=True)
    branch.see("已办理“提交”", "审核公布")

    above = enter("promise_reviewed")
    above.sign_in("hongshan")
    above.open("/desk/inbox?kind=fuzhou-2010%2Fcommitment")
    above.tap_on(above.page.locator("#chosen tbody tr").first.get_by_role("checkbox"))
    above.tap("审核公布所选")
    above.see("兴园社区党支部")
    above.tap("审核公布这 1 条")
    above.title("待审核")

    member = enter("member")
    member.sign_in("member")
    member.open(f"/promises?at={BRANCH}")
    member.tap(WORDS, within="main")
    member.title(WORDS)
    member.see("承诺了什么", "后来怎样", re.compile("兴园社区党支部"))

    citizen = enter("promise_comment")
    citizen.open(member.page.url)
    citizen.tap("评论", role="link", within="main")
    citizen.see("先看规则")
    citizen.page.locator("main textarea").fill("请问读报在哪个楼？")
    citizen.tally.fields += 1
    citizen.tally.characters += 9
    citizen.tap("提交评论")
    citizen.see("回执")

    board = member.page.url
    member.open("/desk/")
    member.tap(WORDS, within="main")
    member.tap("请求更正")
    member.type("哪里不对，应当怎样写", ASKED)
    member.tap("提交请求")
    member.see("已转给本组织的经办人")

    branch.open("/desk/messages")
    branch.see(re.compile(ASKED))
    branch.tap(re.compile(ASKED), within="main")
    branch.tap("更正内容")
    branch.type("承诺内容", RIGHT)
    branch.type("为什么更正", "录入时把星期四写成了星期二")
    branch.tap("看会改什么")
    branch.see("原为", RIGHT)
    branch.tap("确认更正")
    branch.see("已更正")

    member.open(board)
    member.title(RIGHT)
    member.see(f"由“{WORDS}”改为“{RIGHT}”")
    member.open("/desk/")
    member.tap(RIGHT, within="main")
    member.tap("兑现")
    member.type("兑现情况", KEPT)
    member.tap("兑现", role="button", within="main", exact=True)
    member.see("已兑现", KEPT)
