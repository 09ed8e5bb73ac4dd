"""Reading: a citizen from the home page to a record, and a leader who asks where a printed number comes from."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter


def test_a_citizen_reads_from_the_home_page_to_a_record(enter: Enter) -> None:
    citizen = enter("citizen")
    citizen.open("/")
    citizen.tap("福州市创先争优活动（2010年）", within="main")
    citizen.title("福州市创先争优活动（2010年）")
    citizen.tap("福州市认真贯彻落实", within="main")
    citizen.see("705支")
    citizen.tap("705", within=".paper")
    citizen.title("党员突击队")
    citizen.tap_on(citizen.page.locator("main a[href^='/records/']").first)
    citizen.title("党员突击队")
    citizen.see(re.compile(r"顺序号\s*\d"))


def test_where_a_printed_number_comes_from(enter: Enter) -> None:
    """By township, by reviewer, what is missing; then the records and their entries."""
    leader = enter("where_from")
    leader.sign_in("leader")
    leader.open("/schemes/fuzhou-2010/bulletins/no98")
    leader.tap("863", within=".paper")
    leader.see("谁报的，谁审的", "统计口径", "背后的记录")
    leader.tap("闽侯县", within="main table")
    leader.title("本批驻村干部")
    leader.tap_on(leader.page.locator("main a[href^='/records/']").first)
    leader.see("办理经过")


def test_a_number_of_the_dashboard_opens_down_to_its_records(enter: Enter) -> None:
    leader = enter("dashboard")
    leader.sign_in("leader")
    leader.open("/office/fuzhou-2010/")
    leader.see("党员突击队")
    leader.tap(re.compile("^党员突击队"), role="link", within="main")
    leader.see("鼓楼区")
    leader.tap("鼓楼区", role="link", within="main")
    leader.see("鼓楼区")


def test_what_two_characters_find(enter: Enter) -> None:
    citizen = enter("search")
    citizen.open("/")
    citizen.type("搜索", "洪山")
    citizen.tap("搜索", role="button")
    citizen.see("洪山镇")
    citizen.tap("洪山镇", within="main")
    citizen.title("洪山镇")


def test_a_printed_issue_is_verified(enter: Enter) -> None:
    citizen = enter("verify")
    citizen.open("/schemes/fuzhou-2010/bulletins/no98")
    citizen.tap("核验这一期")
    citizen.see("第98期：一致", "校验码就是当时封存的校验码")
