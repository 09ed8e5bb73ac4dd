"""An office changes what its file changed, a date and a quota: by form, with what differs and what it costs to fill in
before anything counts; then the rules say it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.journeys.beginning import PER_QUARTER, YEAR, adopt, begin, task_table
from tests.journeys.conftest import Enter

NAME, TITLE = "gulou-edited", f"鼓楼区作风建设活动（{YEAR}年）"
LONGER = dt.date(YEAR + 1, 6, 30).isoformat()


def test_a_date_and_a_quota_are_changed_by_form(enter: Enter, tmp_path: Path) -> None:
    begun = enter("edit_begun", counted=False)
    begun.sign_in("gulou")
    begin(begun, NAME, TITLE, task_table(tmp_path / "任务分解表.xlsx"))
    adopt(begun, TITLE)

    office = enter("edit")
    office.sign_in("gulou")
    office.open(f"/schemes/{NAME}/rules")
    office.tap("修改方案", role="link", within="main")
    office.title("修改方案")
    office.type("结束", LONGER)
    office.tap("谁要做什么、何时")
    office.see(PER_QUARTER)
    office.type("至少几次", "2", within=f"main fieldset:has(legend:has-text('{PER_QUARTER}'))")
    office.tap("检查并预览")
    office.title("载入前看一看")
    office.see(LONGER, "填报负担")
    office.tap("载入新版本…")
    office.see("确认以后：", "第 2 版")
    office.tap_on(office.page.locator("button[name=confirmed]"))
    office.title("活动规则")
    office.see("已载入", LONGER)
    office.tap("比上一版改了什么")
    office.see(LONGER)
