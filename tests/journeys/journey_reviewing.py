"""Reviewing: what units sent, beside last time's and the neighbours'; accepted, sent back with a reason, submitted."""

from __future__ import annotations

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller


def choose(reviewer: Traveller, state: str) -> str:
    """Tick the one in this state that waits longest; what it is called."""
    row = reviewer.page.locator("#chosen tbody tr", has_text=state).first
    reviewer.tap_on(row.get_by_role("checkbox"))
    return row.get_by_role("link").first.inner_text()


def test_one_is_accepted_one_sent_back_and_one_submitted(enter: Enter) -> None:
    reviewer = enter("reviewer")
    reviewer.sign_in("hongshan")
    reviewer.open("/desk/inbox")
    reviewer.tap("已结束的活动还有", within="main")
    reviewer.tap("社区办公经费", within="main nav")
    reviewer.see("本单位上一次", "同级各单位最近一次的中位数")
    accepted = choose(reviewer, "已填报")
    reviewer.tap("审核所选")
    reviewer.see("确认以后：", accepted)
    reviewer.tap("审核这 1 条")
    reviewer.title("待审核")
    returned = choose(reviewer, "已填报")
    assert returned != accepted
    reviewer.tap("退回所选")
    reviewer.see(returned)
    reviewer.type("理由", "来源合计与总数不符")
    reviewer.tap("退回这 1 条")
    reviewer.title("待审核")
    submitted = choose(reviewer, "已审核")
    reviewer.tap("上报所选")
    reviewer.see(submitted)
    reviewer.tap("上报这 1 条")
    reviewer.title("待审核")
