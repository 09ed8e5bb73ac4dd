"""The places of a campaign's awards; who is in the notice and until when; who was commended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.test import Client

from tests.commendations import county
from tests.commendations.county import read
from tests.gradings.county import DAY, NOW, County
from xianfeng.ledger import actions

PUBLIC = "/schemes/graded-2012/commendations/yearly"


def test_the_office_sees_what_is_left_of_each_award(here: County) -> None:
    county.deliberated(here, county.nominated(here, 0))
    page = read(here.client(here.county, "office"), "/office/judgement/commendations/")
    assert "先进基层党组织" in page
    assert "荆溪镇" in page
    assert "已满" in page
    assert "不限" in page
    assert "先进基层党组织：合计 2，已用 1，还剩 1。" in page


def test_who_is_nominated_stands_on_the_page_of_the_office_until_the_award(here: County) -> None:
    office, record = here.client(here.county, "office"), county.nominated(here, 0)
    assert f"/records/{record.id}" in read(office, "/office/judgement/commendations/")
    county.awarded(here, county.deliberated(here, record))
    page = read(office, "/office/judgement/commendations/")
    assert f"/records/{record.id}" not in page
    assert "没有在办的推荐" in page


def test_everybody_reads_the_notice_and_until_when_it_runs(here: County) -> None:
    public, record = Client(HTTP_HOST="127.0.0.1"), county.deliberated(here, county.nominated(here, 0))
    assert "第1村" not in read(public, PUBLIC), "what is being deliberated is nobody's yet"
    actions.move(by=here.office, record=record.id, move="notice", day=DAY)
    page = read(public, PUBLIC)
    assert "第1村" in page
    assert "2012-06-28" in page or "2012年6月28日" in page  # 22 to 24 June are the Dragon Boat holidays
    assert "提出异议" in page


def test_whoever_was_commended_stands_there_until_it_is_withdrawn(here: County) -> None:
    public, record = Client(HTTP_HOST="127.0.0.1"), county.deliberated(here, county.nominated(here, 0))
    county.awarded(here, record)
    assert "侯委〔2012〕31号" in read(public, f"{PUBLIC}?state=awarded")
    assert "第1村" not in read(public, PUBLIC)
    assert public.get(f"{PUBLIC}?state=nominated").status_code == 404
    own = "/organisations/350121100200"
    assert "侯委〔2012〕31号" in read(public, own)
    assert "★ 先进基层党组织" in read(public, own)
    later, day = replace(here.office, at=NOW + dt.timedelta(days=20)), DAY + dt.timedelta(days=20)
    actions.move(by=later, record=record.id, move="revoke", day=day, reason="弄虚作假")
    assert "侯委〔2012〕31号" not in read(public, f"{PUBLIC}?state=awarded")
    page = read(public, own)
    assert "★" not in page
    assert "2012年7月10日撤销" in page
    assert "侯委〔2012〕31号" not in page


def test_an_organisations_own_page_tells_the_notice_as_long_as_it_runs(here: County) -> None:
    public, own = Client(HTTP_HOST="127.0.0.1"), "/organisations/350121100200"
    record = county.deliberated(here, county.nominated(here, 0))
    assert "正在公示" not in read(public, own)
    actions.move(by=here.office, record=record.id, move="notice", day=DAY)
    page = read(public, own)
    assert "正在公示" in page
    assert f'href="{PUBLIC}"' in page
    assert "2012-06-28" in page or "2012年6月28日" in page
    assert "正在公示" not in read(public, "/organisations/350121101200")
    actions.move(by=here.office, record=record.id, move="reject", day=DAY, reason="查实有异议")
    assert "正在公示" not in read(public, own)


def test_a_promise_bears_the_star_of_its_organisation(here: County) -> None:
    values = {"promiser": "organisation", "topic": "service", "text": "修好村口的路", "due": "2012-12-01"}
    village = here.villages[0]
    promise = actions.file(
        by=here.at(village), scheme="graded-2012", kind="commitment", organisation=village, day=DAY, values=values,
        state="submitted",
    )  # fmt: skip
    actions.move(by=here.at(here.towns[0]), record=promise.id, move="review", day=DAY)
    public, address = Client(HTTP_HOST="127.0.0.1"), f"/promises/{promise.id}"
    assert "★" not in read(public, address)
    county.awarded(here, county.deliberated(here, county.nominated(here, 0)))
    assert "★ 先进基层党组织" in read(public, address)
