"""Work done more often than a campaign allows: told to who did it, and by name to the office above."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import VILLAGE, Desk, text
from xianfeng.duties.expanding import expand
from xianfeng.ledger import versions
from xianfeng.registry import tree

SCHEME = """
xianfeng: 1
scheme: points-2010
title: 联系点试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-06-30, timezone: Asia/Shanghai}
obligations:
  yearly: {title: 走访一次, kind: visit, of: organisations, where: "level == 'village'", exactly: 1, every: year}
"""


def adopted(desk: Desk, visits: int) -> None:
    desk.site.adopt(SCHEME)
    expand(versions.current("points-2010"), now=timezone.now())
    desk.site.file("visit", VILLAGE, scheme="points-2010", times=visits, people={"villagers": 1})


def test_who_did_more_than_allowed_reads_it_among_what_he_owes(desk: Desk, clerk: Client) -> None:
    adopted(desk, 2)
    page = text(clerk.get("/desk/duties/?scheme=points-2010"))
    assert "没有应办未办的" in page
    assert "走访一次" in page.split("超过规定次数")[1]


def test_who_did_what_is_allowed_reads_nothing_of_limits(desk: Desk, clerk: Client) -> None:
    adopted(desk, 1)
    assert "超过规定次数" not in text(clerk.get("/desk/duties/?scheme=points-2010"))


def test_the_office_above_has_the_names_to_pass_on(desk: Desk, town: Client) -> None:
    adopted(desk, 2)
    village = tree.named([desk.organisation(VILLAGE)], dt.date(2010, 6, 30)).popitem()[1].name
    page = text(town.get("/office/arrears/points-2010"))
    _, exceeding = page.split('id="missing"')[1].split("</textarea>")[0].split("超过规定次数：")
    assert exceeding == f"{village}，共1个。"
