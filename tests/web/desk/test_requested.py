"""What somebody asks for, on the pages of those of whom he asks it: his words are his, and nobody takes it away from
below."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.desk.conftest import VILLAGE, Desk, text
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes, intake
from xianfeng.matters.intake import CITIZEN, Wish

SCHEME = """
xianfeng: 1
scheme: matters-2010
title: 群众诉求办理
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  matter: {intake: true}
"""
WORDS = "村口的路灯坏了三盏。"


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    desk.site.adopt(SCHEME)
    return desk


@pytest.fixture
def brought(campaign: Desk) -> tuple[Record, str]:
    return _brought(campaign)


def test_his_words_are_on_no_form_of_others(brought: tuple[Record, str], clerk: Client) -> None:
    page = text(clerk.get(f"/desk/records/{brought[0].id}/correction"))
    assert 'name="f-sort"' in page
    assert not re.search(r'name="f-(text|addition|satisfied|private|name|phone)"', page)


def test_whom_it_is_asked_of_is_offered_no_withdrawal(brought: tuple[Record, str], clerk: Client) -> None:
    page = text(clerk.get(f"/records/{brought[0].id}"))
    assert "更正内容" in page
    assert "撤销记录" not in page
    assert clerk.get(f"/desk/records/{brought[0].id}/withdrawal").status_code == 404


def test_its_requester_reads_who_took_it_away_and_has_it_taken_up_again(
    campaign: Desk, brought: tuple[Record, str]
) -> None:
    record, code = brought
    actions.withdraw(by=_above(campaign), record=record.id, reason="同一件事已在另一件里办理")
    page = campaign.site.get(f"/matters/follow/{code}?new=1")
    assert "同一件事已在另一件里办理" in page
    assert "诉求已经提交" not in page
    sent = {"do": "restore", "reason": "不是同一件事", "seq": Record.objects.get(id=record.id).seq}
    assert campaign.site.client.post(f"/matters/follow/{code}", sent).status_code == 302
    assert Record.objects.get(id=record.id).state == "received"


def test_its_requester_is_told_what_was_done_while_he_wrote(campaign: Desk, brought: tuple[Record, str]) -> None:
    record, code = brought
    address, client = f"/matters/follow/{code}", campaign.site.client
    opened = dict(re.findall(r'name="(seq)" value="(\d+)"', text(client.get(address))))
    village = campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    actions.move(by=by, record=record.id, move="accept", day=record.day)
    sent = {"do": "add", "f-addition": "一共三盏"}
    answer = client.post(address, sent | opened)
    assert answer.status_code == 409
    assert "办理了“受理”" in text(answer)
    assert "一共三盏" in text(answer)
    assert "addition" not in Record.objects.get(id=record.id).values
    shown = dict(re.findall(r'name="(seq)" value="(\d+)"', text(answer)))
    assert client.post(address, sent | shown).status_code == 302
    assert "一共三盏" in Record.objects.get(id=record.id).values


def test_a_step_that_is_not_his_is_none(campaign: Desk, brought: tuple[Record, str]) -> None:
    for step in ("accept", "nonsense", ""):
        sent = {"do": step, "seq": brought[0].seq}
        assert campaign.site.client.post(f"/matters/follow/{brought[1]}", sent).status_code == 404


def test_only_moves_whose_conditions_hold_are_offered(
    campaign: Desk, brought: tuple[Record, str], clerk: Client
) -> None:
    record, own = brought[0], campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=own, organisation=own, role="clerk", person=1)
    actions.move(by=by, record=record.id, move="accept", day=record.day)
    actions.move(by=by, record=record.id, move="assign", day=record.day, values={"handler": own})
    page = text(clerk.get(f"/records/{record.id}"))
    assert f"/desk/records/{record.id}/refuse" in page
    assert "refuse_finally" not in page


def test_words_that_stand_ready_are_filled_in_and_filed_as_they_were_sent(campaign: Desk, clerk: Client) -> None:
    ready = "您反映的事已经办好：（写明怎么办的）。"
    spoken = f"matter: {{intake: true, fields: {{reply: {{phrases: {{done: {ready}}}}}}}}}"
    campaign.site.adopt(SCHEME.replace("matter: {intake: true}", spoken))
    (record, code), own = _brought(campaign), campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=own, organisation=own, role="clerk", person=1)
    limit = {"opinion": "要重新埋线", "due": record.day.isoformat()}
    for move, values in (("accept", {}), ("assign", {"handler": own}), ("limit", limit)):
        record = actions.move(by=by, record=record.id, move=move, day=record.day, values=values)
    address = f"/desk/records/{record.id}/answer_limited"
    blank = text(clerk.get(address))
    (offered,) = re.findall(r'<a href="(\?phrase=[^"]+)">([^<]+)</a>', blank)
    assert offered[1] == ready
    page = text(clerk.get(address + offered[0]))
    assert re.findall(r'name="f-reply"[^>]*>\s*([^<]*)</textarea>', blank + page) == ["", ready]
    assert "取用常用语" not in page
    sent = {
        "day": record.day.isoformat(),
        "seq": str(record.seq),
        "f-reply": ready.replace("（写明怎么办的）", "换了灯"),
    }
    assert clerk.post(address, sent).status_code == 302
    assert "您反映的事已经办好：换了灯。" in campaign.site.get(f"/matters/follow/{code}")


def test_its_page_says_by_when_and_leads_back_to_the_board(brought: tuple[Record, str], clerk: Client) -> None:
    board = text(clerk.get("/desk/matters/"))
    link = f"/records/{brought[0].id}?back=%2Fdesk%2Fmatters%2F"
    assert link in board
    page = text(clerk.get(link))
    assert "办理“受理”。" in page
    assert "返回群众诉求" in page
    assert "<dt>填报组织" not in page


def test_what_was_done_is_told_by_its_name(brought: tuple[Record, str], clerk: Client) -> None:
    number = brought[0].id
    sent = {"day": brought[0].day.isoformat(), "seq": str(brought[0].seq)}
    page = text(clerk.post(f"/desk/records/{number}/accept", sent, follow=True))
    assert f"群众诉求第 {number} 号已办理“受理”" in page
    assert "再填一条" not in page


def test_whoever_calls_is_given_a_counterfoil(campaign: Desk, clerk: Client) -> None:
    assert clerk.get("/desk/matters-2010/matter/new").headers["Location"].startswith("/desk/matters/call?")
    assert clerk.get("/desk/matters-2010/matter/grid").status_code == 404
    code = codes.fresh()
    sent = {"scheme": "matters-2010", "via": "phone", "text": WORDS, "code": code}
    page = text(clerk.post("/desk/matters/call", sent))
    assert code in page
    assert f"/matters/follow/{code}" in page
    assert text(clerk.post("/desk/matters/call", sent)).count(code) == page.count(code)
    assert Record.objects.filter(register="matter").count() == 1


def test_a_campaign_that_takes_none_closes_no_door_of_another(campaign: Desk) -> None:
    kind = "  study: {title: 学习, fields: {topic: {type: text, title: 题目}}}"
    later = SCHEME.replace("matters-2010", "patrols-2011").replace("2010-01-01", "2011-01-01")
    campaign.site.adopt(later.replace("  matter: {intake: true}", kind))
    assert "/matters/matters-2010/new" in campaign.site.get(f"/organisations/{VILLAGE}")


def _above(desk: Desk) -> Actor:
    county = desk.organisation("350121")
    return Actor(kind=ActorKind.APPOINTMENT, id=county, organisation=county, role="secretary", person=1)


def _brought(desk: Desk) -> tuple[Record, str]:
    code, at = codes.fresh(), desk.organisation(VILLAGE)
    wish = Wish(text=WORDS, via="web")
    return intake.file(by=CITIZEN, scheme="matters-2010", organisation=at, wish=wish, code=code), code
