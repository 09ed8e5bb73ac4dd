"""The handover sheet tells what waits for an organisation, although others hold it."""

from __future__ import annotations

import io
import re

import pytest
from django.utils import timezone
from docx import Document

from tests.web.conftest import DAY, Site
from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk
from tests.web.desk.test_home import SCHEME
from xianfeng.duties import tick
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind

REPAIRS = """
xianfeng: 1
scheme: repairs-2010
title: 抢修试点
at: "350100"
runs: {from: 2010-01-01, to: 2010-12-31, timezone: Asia/Shanghai}
kinds:
  repair:
    title: 抢修
    basis: each
    fields:
      repairer: {type: organisation, title: 承办单位, required: true, acts: handler}
    flow:
      initial: asked
      states:
        asked: {title: 待抢修, level: filed}
        done: {title: 已修好, level: filed, open: false}
      moves:
        finish: {title: 修好, from: asked, to: done, by: handler}
"""


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def sheet(desk: Desk, code: str = TOWN) -> str:
    reader = desk.client("350121", "administrator")
    response = reader.get(f"/office/registry/organisations/{desk.organisation(code)}/appointments/handover")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("roles", [(), ("reviewer",), ("reviewer", "secretary")])
def test_what_waits_for_its_review_is_counted_by_kind(desk: Desk, roles: tuple[str, ...]) -> None:
    for role in roles:
        desk.account(TOWN, role)
    desk.site.file("visit", VILLAGE, times=2, people={"villagers": 4, "members": 3}, households=12)
    desk.site.file("visit", OTHER_VILLAGE, people={"villagers": 4, "members": 3}, households=12)
    desk.site.file("site_service", VILLAGE, members=5)
    desk.site.file("visit", OTHER_TOWN, people={"villagers": 4, "members": 3}, households=12)
    page = sheet(desk)
    assert "待审核的走访 3 条" in page
    assert "待审核的奋战项目一线 1 条" in page
    assert "待审核" not in sheet(desk, VILLAGE)
    address = f"/office/registry/organisations/{desk.organisation(TOWN)}/appointments/handover?format=docx"
    words = Document(io.BytesIO(desk.client("350121", "administrator").get(address).content))
    assert any("待审核的走访 3 条" in paragraph.text for paragraph in words.paragraphs)


def test_it_says_the_same_as_the_inbox_of_an_office(desk: Desk) -> None:
    """Its own moves wait for it beside a superior's."""
    office = desk.client("350100", "office")
    desk.site.file("visit", TOWN, times=3, people={"villagers": 4, "members": 3}, households=12)
    told = re.search(r"共 (\d+) 条", office.get("/desk/inbox").content.decode())
    at = desk.organisation("350100")
    page = office.get(f"/office/registry/organisations/{at}/appointments/handover").content.decode()
    assert told is not None
    assert f"待审核的走访 {told[1]} 条" in page


def test_what_it_owes_is_told(desk: Desk) -> None:
    desk.site.adopt(SCHEME)
    tick.tick(now=timezone.now())
    page = sheet(desk, VILLAGE)
    assert re.search("应报试点：每月走访两次，\\d+ 项没有完成", page)
    assert "每月走访两次" not in sheet(desk)


def test_what_others_sent_it_to_handle_is_told_until_it_is_done(desk: Desk) -> None:
    desk.site.adopt(REPAIRS)
    town = desk.organisation(TOWN)
    done, _open = desk.site.file("repair", VILLAGE, scheme="repairs-2010", times=2, repairer=town)
    desk.site.file("repair", TOWN, scheme="repairs-2010", repairer=town)
    assert "抢修试点：承办的抢修，2 件没有办结" in sheet(desk)
    assert "承办的抢修" not in sheet(desk, OTHER_TOWN)
    handler = Actor(kind=ActorKind.APPOINTMENT, organisation=town, role="secretary", id=1)
    actions.move(by=handler, record=done, move="finish", day=DAY)
    assert "抢修试点：承办的抢修，1 件没有办结" in sheet(desk)
