"""The clock: the office sees at a glance who is late and has the text for the chat group; who still does nothing climbs
the ladder, day by day, to a drafted circular that a person decides on."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

from tests.demo import kept
from tests.journeys.beginning import PER_QUARTER, YEAR, adopt, begin, task_table
from tests.journeys.conftest import Enter, World
from tests.journeys.served import BIN

NAME, TITLE = "gulou-late", f"鼓楼区走访活动（{YEAR}年）"
BEGUN = dt.date(YEAR - 1, 1, 1)  # so that some quarters are over, whichever day is today
DAYS = 16  # after a quarter, within which the five working days of the ladder lie, holidays and all


def tick(data: Path, day: dt.date) -> None:
    """The worker's clock."""
    command = [BIN / "xianfeng", "duties", "tick", "--at", f"{day}T18:00"]
    done = subprocess.run(command, env=kept.environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def pass_the_quarter(data: Path) -> None:
    """Only what falls due from now on climbs, a step a day: whoever was told has a night to do it."""
    today = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=8))).date()
    months = today.year * 12 + (today.month - 1) // 3 * 3 + 3
    following = dt.date(months // 12, months % 12 + 1, 1)
    for day in range(DAYS):
        tick(data, following + dt.timedelta(days=day))


def test_from_who_is_missing_to_a_circular_that_a_person_decides(enter: Enter, later: World, tmp_path: Path) -> None:
    office = enter("arrears_begun", counted=False, at=later)
    office.sign_in("gulou")
    begin(office, NAME, TITLE, task_table(tmp_path / "任务分解表.xlsx"), since=BEGUN)
    adopt(office, TITLE)
    tick(later.data, dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=1))

    clerk = enter("arrears", at=later)
    clerk.sign_in("gulou")
    clerk.open("/office/arrears/")
    clerk.tap(TITLE, within="main")
    clerk.title("催办通报")
    clerk.tap(PER_QUARTER, within="main table")
    clerk.see("各下级", "洪山镇")
    told = clerk.page.get_by_label("未报名单").input_value()
    assert "洪山镇" in told
    assert PER_QUARTER in told
    clerk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    clerk.tap("复制", within="main section[aria-labelledby=chosen] .actions")
    clerk.see("已复制")
    assert clerk.page.evaluate("navigator.clipboard.readText()") == told

    pass_the_quarter(later.data)
    clerk.open(f"/office/arrears/{NAME}")
    clerk.see("待决定的通报稿", "办理情况的通报", "洪山镇")
    clerk.tap("同意印发")
    clerk.see("已同意印发。", "已决定的通报", "已印发")

    late = enter("late_unit", at=later)
    late.sign_in("hongshan")
    late.open("/desk/messages")
    late.see("催办")
    late.open("/desk/duties/")
    late.tap(PER_QUARTER, within="main")
    late.see("期限是怎么算的", "逾期未报")
