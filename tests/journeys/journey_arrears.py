"""The clock: the office sees at a glance who is late and has the text for the chat group; who still does nothing climbs
the ladder, day by day, to a drafted circular that a person decides on.

As in the campaigns of the documents the committees owe it, and the people are at their divisions.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

from tests.demo import kept
from tests.journeys.beginning import PER_QUARTER, TODAY, YEAR, adopt, begin, task_table
from tests.journeys.conftest import Enter, World
from tests.journeys.served import BIN

COMMITTEE = "中共洪山镇委员会"
NAME, TITLE = "gulou-late", f"鼓楼区走访活动（{YEAR}年）"
BEGUN = dt.date(YEAR - 1, 1, 1)  # so that some quarters are over, whichever day is today
ENDS = dt.date(YEAR + 1, 12, 31)  # nobody is told any more of what he missed in a campaign that is over
DAYS = 4  # what was overdue already is urged at the first tick, and climbs a step a day


def tick(data: Path, day: dt.date) -> None:
    """The worker's clock."""
    command = [BIN / "xianfeng", "duties", "tick", "--at", f"{day}T18:00"]
    done = subprocess.run(command, env=kept.environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def pass_days(data: Path, since: dt.date) -> None:
    for day in range(DAYS):
        tick(data, since + dt.timedelta(days=day))


def test_from_who_is_missing_to_a_circular_that_a_person_decides(enter: Enter, later: World, tmp_path: Path) -> None:
    office = enter("arrears_begun", counted=False, at=later)
    office.sign_in("gulou")
    table = task_table(tmp_path / "任务分解表.xlsx", whom="各乡镇（街道）党委")
    begin(office, NAME, TITLE, table, since=BEGUN, until=ENDS)
    adopt(office, TITLE)
    tomorrow = TODAY + dt.timedelta(days=1)
    tick(later.data, tomorrow)

    clerk = enter("arrears", at=later)
    clerk.sign_in("gulou")
    clerk.open("/office/arrears/")
    clerk.tap(TITLE, within="main")
    clerk.title("催办通报")
    clerk.tap(PER_QUARTER, within="main table")
    clerk.see("各下级", "洪山镇")
    told = clerk.page.get_by_label("未办名单").input_value()
    assert COMMITTEE in told
    assert PER_QUARTER in told
    clerk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clerk.tap("复制", within="main section[aria-labelledby=chosen] .actions")
    clerk.see("已复制")
    assert clerk.page.evaluate("navigator.clipboard.readText()") == told

    pass_days(later.data, tomorrow + dt.timedelta(days=1))
    clerk.open(f"/office/arrears/{NAME}")
    clerk.see("待决定的通报稿", "办理情况的通报", COMMITTEE)
    assert "以下1个组织" not in clerk.page.inner_text("main")  # one of all, not one of each
    clerk.tap("同意印发")
    clerk.see("已同意印发。", "已决定的通报", "已印发")

    late = enter("late_unit", at=later)
    late.sign_in("hongshan")
    late.open("/desk/messages")
    late.see("催办")
    late.open("/desk/duties/")
    late.tap(PER_QUARTER, within="main")
    late.see("期限是怎么算的", "逾期未办", COMMITTEE)
    late.tap("去办理")
    late.see(COMMITTEE)
