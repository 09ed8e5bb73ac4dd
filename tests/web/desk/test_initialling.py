"""What a leader said and a clerk wrote down counts once that leader has initialled it; nobody else can."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import TOWN, VILLAGE, Desk, records, text, values
from xianfeng.ledger.models import Record

SCHEME = """
xianfeng: 1
scheme: comments-2010
title: 点评
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
obligations:
  comments: {title: 点评下级, kind: leader_comment, of: organisations, at_least: 1, every: half_year}
"""
NEW = "/desk/comments-2010/leader_comment/new"
SAID = {"f-about": VILLAGE, "f-achievements": "路修好了", "f-problems": "账没有公开", "f-direction": "按月公开"}


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    desk.site.adopt(SCHEME)
    return desk


def today() -> str:
    return timezone.localdate().isoformat()


def spoken(campaign: Desk) -> Record:
    """Written down by the town's clerk for its leader."""
    campaign.account(TOWN, "leader")
    sent = {**SAID, "f-leader": f"leader-{TOWN}", "do": "file:record", "day": today(), "reference": "k1"}
    answer = campaign.client(TOWN, "clerk").post(NEW, sent)
    assert answer.status_code == 302, unescape(text(answer))
    return records("leader_comment")[-1]


def step(client: Client, record: Record, move: str, **sent: str) -> int:
    now = Record.objects.get(id=record.id)
    given = {"day": today(), "seq": str(now.seq), **sent}
    return client.post(f"/desk/records/{record.id}/{move}", given).status_code


def state(record: Record) -> str:
    return Record.objects.get(id=record.id).state


def test_the_leader_finds_it_on_his_desk_and_initials_it(campaign: Desk) -> None:
    record, leader = spoken(campaign), campaign.client(TOWN, "leader")
    assert state(record) == "spoken"
    assert f"/desk/records/{record.id}/initial" in text(leader.get("/desk/"))
    page = unescape(text(leader.get(f"/records/{record.id}")))
    assert "账没有公开" in page
    assert "签认发布" in page
    assert step(leader, record, "initial") == 302
    assert state(record) == "published"


def test_nobody_else_can_initial_it(campaign: Desk) -> None:
    record = spoken(campaign)
    for role in ("clerk", "reviewer", "member"):
        assert step(campaign.client(TOWN, role), record, "initial") == 404
    assert step(campaign.client("350121108", "leader"), record, "initial") == 404
    assert state(record) == "spoken"


def test_he_sends_it_back_and_the_clerk_puts_it_right(campaign: Desk) -> None:
    record, leader, clerk = spoken(campaign), campaign.client(TOWN, "leader"), campaign.client(TOWN, "clerk")
    assert step(leader, record, "send_back", reason="我说的是按季公开") == 302
    assert "我说的是按季公开" in text(clerk.get(f"/desk/records/{record.id}/record"))
    again = {**SAID, "f-direction": "按季公开", "f-leader": f"leader-{TOWN}"}
    assert step(clerk, record, "record", **again) == 302
    assert step(leader, record, "initial") == 302
    assert values(Record.objects.get(id=record.id))["direction"] == "按季公开"


def test_a_named_leader_is_not_passed_over(campaign: Desk) -> None:
    campaign.account(TOWN, "leader")
    sent = {**SAID, "f-leader": f"leader-{TOWN}", "do": "file:publish", "day": today(), "reference": "k2"}
    answer = campaign.client(TOWN, "clerk").post(NEW, sent)
    assert answer.status_code == 422
    assert "还不能“发布”" in unescape(text(answer))
    sent["f-leader"] = ""
    assert campaign.client(TOWN, "clerk").post(NEW, sent).status_code == 302
    assert records("leader_comment")[-1].state == "published"


def test_whom_it_is_about_reads_it_once_it_is_published_and_can_object(campaign: Desk, clerk: Client) -> None:
    record = spoken(campaign)
    assert clerk.get(f"/records/{record.id}").status_code == 404
    step(campaign.client(TOWN, "leader"), record, "initial")
    page = text(clerk.get(f"/records/{record.id}"))
    assert "账没有公开" in page
    assert f"/desk/records/{record.id}/objection" in page
