"""The desk's first page: what is owed comes first, and nothing of what others owe."""

from __future__ import annotations

import datetime as dt
import re

from django.test import Client
from django.utils import timezone

from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_VILLAGE, TOWN, VILLAGE, Desk, text
from xianfeng.duties.expanding import expand
from xianfeng.ledger import actions, versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter

SCHEME = """
xianfeng: 1
scheme: owing-2010
title: 应报试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-06-30, timezone: Asia/Shanghai}
obligations:
  monthly: {title: 每月走访两次, kind: visit, of: organisations, where: "level == 'village'", at_least: 2, every: month}
  yearly: {title: 村里的承诺, kind: commitment, of: organisations, where: "level == 'village'", matching: "promiser == 'organisation'", at_least: 1, every: year}
  comments: {title: 点评下级, kind: leader_comment, of: superior_head, about: each_subordinate, at_least: 1, every: half_year}
"""  # noqa: E501
OVER = "2010-06-30 已到期"


def adopt(desk: Desk, scheme: str) -> None:
    desk.site.adopt(scheme)
    expand(versions.current("owing-2010"), now=timezone.now())


def listed(page: str) -> str:
    """The campaign's section, without what is folded."""
    return page.split('id="c-owing-2010"')[1].split("<details", maxsplit=1)[0]


def test_what_is_missing_is_first_with_its_day_and_goes_when_it_is_there(desk: Desk, clerk: Client) -> None:
    adopt(desk, SCHEME)
    section = listed(text(clerk.get("/desk/")))
    assert "每月走访两次，2010年6月" in section
    assert f"应报 2，已报 0，{OVER}" in section
    assert "领导点评" not in section
    desk.site.file("visit", VILLAGE, scheme="owing-2010", day=dt.date(2010, 5, 31), people={"villagers": 1})
    desk.site.file("visit", VILLAGE, scheme="owing-2010", people={"villagers": 1})
    section = listed(text(clerk.get("/desk/")))
    assert "还差 1" in section
    assert f"应报 2，已报 1，{OVER}" in section
    desk.site.file("visit", VILLAGE, scheme="owing-2010", people={"villagers": 2})
    section = listed(text(clerk.get("/desk/")))
    assert "应报 2，已报 2" in section
    assert section.index("还差") < section.index("已报齐")  # the promise is still missing


def test_whoever_files_nothing_there_is_not_told_what_its_clerk_has_to_do(desk: Desk) -> None:
    adopt(desk, SCHEME)
    desk.site.file("commitment", VILLAGE, scheme="owing-2010", promiser="organisation", text="没有写完")
    for role, told in (("clerk", True), ("inspector", False)):
        page = text(desk.client(VILLAGE, role).get("/desk/"))
        assert ('id="drafts"' in page) is told, role


def test_only_records_that_match_a_rule_meet_it(desk: Desk, clerk: Client) -> None:
    adopt(desk, SCHEME)
    member = desk.account(VILLAGE, "member").person_id
    desk.submitted("commitment", VILLAGE, scheme="owing-2010", promiser="member", person=member, text="帮扶")
    assert listed(text(clerk.get("/desk/"))).count("应报 1，已报 0") == 1
    desk.submitted("commitment", VILLAGE, scheme="owing-2010", promiser="organisation", text="修路")
    assert "应报 1，已报 1" in listed(text(clerk.get("/desk/")))


def test_a_role_owes_where_somebody_holds_it_and_of_each_subordinate(desk: Desk, town: Client) -> None:
    by = Actor(kind=ActorKind.IMPORT)
    head = enter(code="t-head", name="书记", day=dt.date(2010, 1, 1), by=by)
    at = desk.organisation(TOWN)
    appoint(person=head, organisation=at, role="superior_head", day=dt.date(2010, 1, 1), by=by)
    adopt(desk, SCHEME)
    villages = len(tree.children(at, dt.date(2010, 6, 30)))
    section = listed(text(town.get("/desk/")))
    assert f"应报 {villages}，已报 0" in section
    about = {"about": desk.organisation(VILLAGE), "achievements": "好", "problems": "有", "direction": "是"}
    for number in desk.site.file("leader_comment", TOWN, scheme="owing-2010", times=2, **about):
        actions.move(by=desk.site.office, record=number, move="publish", day=DAY)
    assert f"应报 {villages}，已报 1" in listed(text(town.get("/desk/")))


def today(page: str) -> str:
    return page.split('id="today"')[1].split("</section>", maxsplit=1)[0]


def test_what_waits_for_a_reviewer_is_the_first_thing_he_reads(desk: Desk, town: Client) -> None:
    desk.submitted("commitment", VILLAGE, scheme="fuzhou-2010", promiser="organisation", text="修路")
    told = today(text(town.get("/desk/")))
    assert '<a href="/desk/inbox">待审核</a>' in told
    assert ">1 条<" in told


def test_units_below_that_have_not_reported_are_counted_named_and_sent_links(desk: Desk, town: Client) -> None:
    adopt(desk, SCHEME)
    desk.site.file("visit", VILLAGE, scheme="owing-2010", times=2, people={"villagers": 1})
    desk.site.file("visit", OTHER_VILLAGE, scheme="owing-2010", people={"villagers": 1})
    told = today(text(town.get("/desk/"))).split("每月走访两次")[1].split("</li>")[0]
    villages = [
        node for node in tree.children(desk.organisation(TOWN), dt.date(2010, 6, 30)) if node.level == "village"
    ]
    assert f"{len(villages) - 1} 个下级组织没有报" in told
    (links,) = re.findall(r'href="(/desk/links[^"]+)"', told)
    page = text(town.get(links.replace("&amp;", "&")))
    assert f'value="{OTHER_VILLAGE}" checked' in page
    assert f'value="{VILLAGE}" checked' not in page
    assert 'value="owing-2010/visit" selected' in page


def test_what_those_below_have_not_reported_leads_to_who_they_are(desk: Desk, town: Client) -> None:
    adopt(desk, SCHEME)
    desk.site.file("visit", VILLAGE, scheme="owing-2010", times=2, people={"villagers": 1})
    told = today(text(town.get("/desk/")))
    (names,) = re.findall(r'href="(/office/arrears/owing-2010[^"]+)">每月走访两次', told)
    missing = text(town.get(names)).split('id="missing"')[1].split("</textarea>")[0]
    assert tree.named([desk.organisation(OTHER_VILLAGE)], dt.date(2010, 6, 30)).popitem()[1].name in missing
    assert tree.named([desk.organisation(VILLAGE)], dt.date(2010, 6, 30)).popitem()[1].name not in missing


def test_whoever_files_nothing_is_told_where_to_go(desk: Desk) -> None:
    leader = text(desk.client(TOWN, "leader").get("/desk/"))
    assert "/office/briefings" in today(leader)
    assert "/office/dashboard" in today(leader)
    assert "/office/accounts/" not in today(leader)
    administrator = text(desk.client(TOWN, "administrator").get("/desk/"))
    assert "/office/accounts/" in today(administrator)
    assert "/office/registry/imports/" in today(administrator)


def test_whoever_has_nothing_to_do_is_told_so(clerk: Client) -> None:
    assert "今天没有要办的" in today(text(clerk.get("/desk/")))


OWN = """
xianfeng: 1
scheme: owing-2010
title: 自设台账试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-06-30, timezone: Asia/Shanghai}
kinds:
  patrol: {title: 巡查, fields: {text: {type: text, title: 情况}}}
measures:
  visits: {title: 走访, count: visit}
"""


def test_a_campaigns_own_registers_come_first_and_only_work_in_its_time_counts(desk: Desk, clerk: Client) -> None:
    desk.site.adopt(OWN)
    desk.site.file("visit", VILLAGE, scheme="owing-2010", day=dt.date(2009, 12, 31), people={"villagers": 1})
    section = listed(text(clerk.get("/desk/")))
    assert "巡查" in section
    assert "走访" not in section  # filed before the campaign began
    desk.site.file("visit", VILLAGE, scheme="owing-2010", people={"villagers": 1})
    section = listed(text(clerk.get("/desk/")))
    assert section.index("巡查") < section.index("走访")
    assert "已报 1 条" in section


def test_what_nothing_in_the_campaign_uses_is_folded_though_it_was_filed(desk: Desk, clerk: Client) -> None:
    desk.site.adopt(OWN)
    member = desk.account(VILLAGE, "member").person_id
    desk.submitted("commitment", VILLAGE, scheme="owing-2010", promiser="member", person=member, text="帮扶")
    assert "公开承诺" not in listed(text(clerk.get("/desk/")))
