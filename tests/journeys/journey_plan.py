"""A leader asks whether the projects will be done in time: from the list to one project, what another date would break,
and the deadlines in the calendar of his telephone."""

from __future__ import annotations

import re

from icalendar import Calendar

from tests.journeys.conftest import Enter


def test_will_it_be_done_in_time(enter: Enter) -> None:
    office = enter("plan")
    office.sign_in("fuzhou")
    office.open("/office/plans/fuzhou-2010?day=2010-08-30")
    office.see("超期", "临近", "各下级")
    office.tap_on(office.page.locator("#plans tbody th a").first)
    office.see("时间安排", "各步骤", "改期会怎样")
    assert office.page.locator("svg.gantt .step").count() == 5
    office.page.fill("#to", "2010-09-30")
    office.tap("试算")
    office.see("改期以后的各步骤")
    assert "只是试算" in office.page.inner_text("main")


def test_deadlines_in_one_s_own_calendar(enter: Enter) -> None:
    clerk = enter("feed")
    clerk.sign_in("gulou")
    clerk.open("/account/calendar")
    clerk.tap("新建订阅地址")
    clerk.see("只显示这一次")
    address = clerk.page.input_value("#address")
    assert re.search(r"/calendar/[\w-]{32}\.ics$", address)
    assert Calendar.from_ical(clerk.page.request.get(address).text())["version"] == "2.0"
    clerk.tap("停用")
    clerk.see("已停用")
