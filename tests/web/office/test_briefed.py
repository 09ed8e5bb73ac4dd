"""What other rooms say on the leader's page: what matters are about, who owes what is late, whom he looks after."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from tests.duties import rows
from tests.web.conftest import Site
from tests.web.office.conftest import COUNTY, OTHER_TOWN, SINCE, TOWN
from xianfeng.bulletins.briefing import Told
from xianfeng.ledger import versions
from xianfeng.matters import codes, intake
from xianfeng.matters.intake import CITIZEN, Wish
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter
from xianfeng.web.office.bulletin import facts

NAME = "briefed-2010"
SCHEME = f"""
xianfeng: 1
scheme: {NAME}
title: 包村联户
at: "350100"
include: [core]
runs: {{from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}}
kinds:
  matter: {{intake: true}}
obligations:
  visits:
    title: 走访群众
    kind: visit
    of: organisations
    where: "type == 'division' and level == 'township'"
    at_least: 1
    every: month
    local: 测试
"""


def lines(site: Site, person: int | None = None) -> dict[str, tuple[str, ...]]:
    around = facts.Around(versions.current(NAME), at(COUNTY), timezone.localdate(), person)
    told: tuple[Told, ...] = facts.told(around)
    return {one.title: one.lines for one in told}


def at(code: str) -> int:
    organisation = tree.by_code(code)
    assert organisation is not None
    return organisation.id


def leader(site: Site, name: str) -> int:
    person = enter(code=name, name=name, day=SINCE, by=site.office)
    appoint(person=person, organisation=at(COUNTY), role="leader", day=SINCE, by=site.office)
    return person


def test_a_matter_is_told_by_what_it_is_about_and_by_nobody_it_leads_to(books: Site) -> None:
    books.adopt(SCHEME)
    for text in ("楼道灯坏了。", "路灯不亮，电话13850012345"):
        wish = Wish(text=text, via="web", name="欧阳建国", phone="13850012345")
        intake.file(by=CITIZEN, scheme=NAME, organisation=at(TOWN), wish=wish, code=codes.fresh())
    whole, first, second = lines(books)["群众诉求"]
    today = timezone.localdate()
    assert whole == "共2件没有办结"
    assert first == f"楼道灯坏了（{today.month}月{today.day}日，待受理）"
    assert second.startswith("路灯不亮，电话")
    assert "138" not in second


def test_what_is_late_names_who_owes_it(books: Site) -> None:
    books.adopt(SCHEME)
    row = rows.round_of(NAME, "visits", 0, timezone.now())
    for code in (TOWN, OTHER_TOWN):
        rows.duty(at(code), row, due=dt.date(2010, 2, 1))
    assert lines(books)["逾期没有办的"] == ("走访群众2次（青口镇、荆溪镇）",)


def test_whom_the_leader_looks_after_is_told_to_him_and_to_others_of_all_leaders(books: Site) -> None:
    books.adopt(SCHEME)
    lin, chen = leader(books, "林"), leader(books, "陈")
    for person, code in ((lin, TOWN), (chen, OTHER_TOWN)):
        books.file("contact_point", COUNTY, scheme=NAME, leader=person, rank="county", target=at(code))
    assert lines(books, lin)["联系基层"] == ("联系点1个（青口镇）",)
    assert lines(books)["联系基层"] == ("联系点2个（青口镇、荆溪镇）",)


def test_where_nobody_looks_after_anybody_nothing_is_said_of_it(books: Site) -> None:
    books.adopt(SCHEME)
    leader(books, "林")
    assert "联系基层" not in lines(books)
