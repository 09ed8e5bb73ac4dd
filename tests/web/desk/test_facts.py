"""A form opens with what is known of whom it is about, and what is known can be quoted without a script."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from django.test import Client

from tests.web.desk.conftest import TOWN, VILLAGE, Desk, records, text, values
from xianfeng.ledger import actions

SCHEME = """
xianfeng: 1
scheme: reviews-2010
title: 讲评点评
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-12-31, timezone: Asia/Shanghai}
kinds:
  self_review: {facts: [visits]}
  leader_comment: {facts: [visits, closed]}
obligations:
  reviews: {title: 讲评, kind: self_review, of: organisations, at_least: 1, every: half_year}
  comments: {title: 点评, kind: leader_comment, of: organisations, at_least: 1, every: half_year}
measures:
  visits: {title: 走访, unit: 次, count: visit, public: true}
  closed: {title: 走访户数, unit: 户, sum: visit.households}
"""
REVIEW, COMMENT = "/desk/reviews-2010/self_review/new", "/desk/reviews-2010/leader_comment/new"
DONE = "/figures/reviews-2010/visits/350121105201?"


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    site = desk.site
    site.adopt(SCHEME)
    said = {"scheme": "reviews-2010", "people": {"villagers": 3}}
    site.file("visit", VILLAGE, times=2, day=dt.date(2010, 3, 1), **said)
    site.file("visit", VILLAGE, times=5, day=dt.date(2010, 9, 1), **said)
    (found,) = site.file(
        "rectification",
        TOWN,
        scheme="reviews-2010",
        day=dt.date(2010, 9, 1),
        about=desk.organisation(VILLAGE),
        problem="台账不全",
        demand="补齐",
        due="2010-10-30",
    )
    actions.move(by=site.office, record=found, move="issue", day=dt.date(2010, 9, 1))
    return desk


def promised(campaign: Desk) -> None:
    said = {"promiser": "organisation", "text": "修路", "due": "2010-12-01"}
    (number,) = campaign.site.file("commitment", VILLAGE, scheme="reviews-2010", day=dt.date(2010, 8, 1), **said)
    steps = (("submit", {}, ""), ("review", {}, ""), ("adjust", {"due": "2010-12-20"}, "汛期推迟"))
    for move, given, why in steps:
        day = dt.date(2010, 8, 2)
        actions.move(by=campaign.site.office, record=number, move=move, day=day, values=given, reason=why)


def test_a_self_review_opens_with_the_figures_of_its_time_and_of_the_one_before(campaign: Desk, clerk: Client) -> None:
    page = unescape(text(clerk.get(REVIEW)))
    assert "2010-07-01 至 2010-12-31" in page
    assert f'<a href="{DONE}' in page
    assert "5次" in page
    assert "上一期 2次" in page


def test_what_is_open_about_it_is_led_to(campaign: Desk, clerk: Client) -> None:
    (notice,) = records("rectification")
    page = unescape(text(clerk.get(REVIEW)))
    assert "限期整改通知书" in page
    assert f"/records/{notice.id}" in page


def test_promises_are_told_with_how_often_they_were_adjusted(campaign: Desk, clerk: Client) -> None:
    promised(campaign)
    assert "调整1次" in text(clerk.get(REVIEW))


def test_quoting_puts_the_sentence_behind_what_was_typed_and_files_nothing(campaign: Desk, clerk: Client) -> None:
    sent = {"do": "quote:visits", "into": "problems", "f-problems": "走访不够", "day": "2010-12-31", "reference": "a1"}
    page = unescape(text(clerk.post(REVIEW, sent)))
    assert "走访不够\n2010-07-01至2010-12-31，走访5次（上一期2次）（按第" in page
    assert records("self_review") == []
    again = clerk.post(REVIEW, {**sent, "do": "quote:nothing"})
    assert "走访5次（" not in text(again)


def test_what_was_quoted_stays_as_it_was_written(campaign: Desk, clerk: Client) -> None:
    said = "2010-07-01至2010-12-31，走访5次"
    sent = {
        "f-done": said,
        "f-problems": "无",
        "f-measures": "无",
        "day": "2010-12-31",
        "do": "file:",
        "reference": "a2",
    }
    assert clerk.post(REVIEW, sent).status_code == 302
    campaign.site.file("visit", VILLAGE, scheme="reviews-2010", day=dt.date(2010, 9, 2), people={"villagers": 1})
    (review,) = records("self_review")
    assert values(review)["done"] == said


def test_a_comment_asks_about_whom_and_then_tells(campaign: Desk, town: Client) -> None:
    page = unescape(text(town.get(COMMENT)))
    assert "选好单位以后，列出它的情况" in page
    assert "5次" not in page
    sent = {"do": "facts", "f-about": VILLAGE, "f-achievements": "还可以", "day": "2010-12-31", "reference": "a3"}
    page = unescape(text(town.post(COMMENT, sent)))
    assert "5次" in page
    assert "走访户数" in page
    assert "还可以" in page
    assert "5次" in unescape(text(town.get(f"{COMMENT}?about={VILLAGE}")))


def test_of_another_place_only_what_is_public_is_told(campaign: Desk) -> None:
    elsewhere = campaign.client("350121108", "reviewer")
    page = unescape(text(elsewhere.get(f"{COMMENT}?about={VILLAGE}")))
    assert "5次" in page
    assert "走访户数" not in page
    assert "限期整改通知书" not in page


def test_a_kind_that_says_nothing_opens_with_nothing(campaign: Desk, clerk: Client) -> None:
    assert 'id="facts"' not in text(clerk.get("/desk/reviews-2010/visit/new"))
