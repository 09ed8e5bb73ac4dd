"""Reading: a citizen from the campaign to a record, and somebody who asks where a printed number comes from."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter


def test_a_citizen_reads_from_the_home_page_to_a_record(enter: Enter) -> None:
    citizen = enter("citizen")
    citizen.open("/")
    citizen.tap("福州市", within="main")
    citizen.see("简报")


def test_where_a_printed_number_comes_from(enter: Enter) -> None:
    leader = enter("where_from")
    leader.open("/schemes/fuzhou-2010/bulletins/no98")
    leader.see("325项")
    leader.tap("325")
    leader.see("谁报的，谁审的", "背后的记录")
    leader.tap_on(leader.page.locator("a[href^='/records/']").first)
    leader.see(re.compile("顺序号"))
