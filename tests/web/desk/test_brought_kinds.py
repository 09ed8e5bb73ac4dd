"""A county's own kind of what somebody brings, beside the core one: filed, taken down, followed, answered and published
by the marks of its kind alone."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import VILLAGE, Desk, records, text
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes
from xianfeng.registry import tree

SCHEME = """
xianfeng: 1
scheme: matters-2010
title: 群众诉求办理
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  matter: {intake: true}
  appeal:
    title: 定级异议
    intake: true
    request: {text: grounds, reply: ruling, via: way, phone: tel, shown: [grounds, since, ruling]}
    fields:
      grounds: {type: long_text, title: 异议理由, required: true, by: requester}
      since: {type: date, title: 知道定级的日期, required: true, by: requester}
      way:
        type: choice
        title: 来源
        required: true
        choices: {web: 网上, qr: 扫码, phone: 电话, visit: 来访, hotline: 热线, import: 导入}
      tel: {type: text, title: 回电号码, personal: true, by: requester}
      memo: {type: text, title: 内部备注}
      ruling: {type: long_text, title: 复核意见}
    flow:
      initial: lodged
      states:
        lodged: {title: 待复核}
        upheld: {title: 维持, open: false}
        changed: {title: 改定, open: false}
      moves:
        uphold: {title: 维持, from: lodged, to: upheld, by: [author, superior], needs: [ruling]}
        change: {title: 改定, from: lodged, to: changed, by: [author, superior], needs: [ruling]}
        again: {title: 再提异议, from: upheld, to: lodged, by: requester, needs: [reason]}
  ruling:
    title: 异议复核公布
    publishes: about
    fields:
      about: {type: record, of: appeal, title: 异议, required: true}
      grounds: {type: long_text, title: 理由（已去掉个人信息）, required: true, public: true}
      ruling: {type: long_text, title: 意见, required: true, public: true}
      end: {type: choice, title: 结果, required: true, public: true, choices: {upheld: 维持原定级, changed: 已改定}}
"""
NEW, CALL = "/matters/matters-2010/new", "/desk/matters/call"
SAID = {"for": VILLAGE, "kind": "appeal", "text": "分数算错了", "f-since": "2010-05-01", "phone": "13850012345"}


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    desk.site.adopt(SCHEME)
    return desk


def lodged(campaign: Desk, **changed: str) -> tuple[Record, str]:
    code = codes.fresh()
    answer = campaign.site.client.post(NEW, {**SAID, "code": code, **changed})
    assert answer.status_code == 302, unescape(text(answer))
    (record,) = records("appeal")
    return record, code


def ruled(campaign: Desk, record: Record, move: str = "uphold") -> None:
    village = campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    actions.move(by=by, record=record.id, move=move, day=timezone.localdate(), values={"ruling": "核对无误，维持。"})


def test_the_page_asks_what_the_kind_keeps_and_names_the_other(campaign: Desk) -> None:
    page = unescape(campaign.site.get(f"{NEW}?for={VILLAGE}&kind=appeal"))
    assert set(re.findall(r'name="(text|sort|name|phone|open|f-\w+)"', page)) == {"text", "phone", "f-since"}
    assert "异议理由" in page
    assert f"{NEW}?kind=matter&for={VILLAGE}" in page
    assert 'name="sort"' in campaign.site.get(f"{NEW}?for={VILLAGE}")
    campaign.site.get(f"{NEW}?kind=visit", 404)


def test_it_is_filed_with_what_it_asks_besides_and_followed_by_its_code(campaign: Desk) -> None:
    record, code = lodged(campaign)
    followed = unescape(campaign.site.get(f"/matters/follow/{code}"))
    assert "分数算错了" in followed
    assert "知道定级的日期" in followed
    ruled(campaign, record)
    assert "核对无误，维持。" in campaign.site.get(f"/matters/follow/{code}")
    seq = Record.objects.get(id=record.id).seq
    sent = {"do": "again", "reason": "还是不对", "seq": seq}
    assert campaign.site.client.post(f"/matters/follow/{code}", sent).status_code == 302
    assert Record.objects.get(id=record.id).state == "lodged"


@pytest.mark.parametrize("said", [{"f-since": ""}, {"f-since": "昨天"}, {"text": ""}])
def test_what_is_wrong_stands_beside_it_and_nothing_is_filed(campaign: Desk, said: dict[str, str]) -> None:
    answer = campaign.site.client.post(NEW, {**SAID, "code": codes.fresh(), **said})
    assert answer.status_code == 422
    assert "faulty" in text(answer)
    assert records("appeal") == []


def test_a_clerk_takes_it_down_and_it_stands_on_the_board(campaign: Desk, clerk: Client) -> None:
    assert f"{CALL}?scheme=matters-2010&kind=matter" in unescape(
        text(clerk.get(f"{CALL}?scheme=matters-2010&kind=appeal"))
    )
    code = codes.fresh()
    told = {
        "scheme": "matters-2010",
        "kind": "appeal",
        "via": "visit",
        "text": "分数算错了",
        "f-since": "2010-05-01",
    }
    slip = text(clerk.post(CALL, {**told, "code": code}))
    assert code in slip
    assert "定级异议第" in slip
    assert "分数算错了" in text(clerk.get("/desk/matters/"))


def test_a_lost_code_is_replaced_by_what_the_kind_keeps_of_him(campaign: Desk, clerk: Client) -> None:
    record, _ = lodged(campaign)
    address, code = f"/desk/matters/{record.id}/code", codes.fresh()
    assert "来人报的回电号码" in text(clerk.get(address))
    told = {"reason": "报出了日期和经过", "code": code}
    assert clerk.post(address, {**told, "tel": "13850012346"}).status_code == 422
    assert code in text(clerk.post(address, {**told, "tel": "13850012345"}))


def test_its_answer_is_published_by_the_kind_that_publishes_it(campaign: Desk, clerk: Client) -> None:
    record, _ = lodged(campaign)
    address = f"/desk/matters/{record.id}/publish"
    assert clerk.get(address).status_code == 404
    ruled(campaign, record)
    assert clerk.post(address, {"grounds": "分数算错了", "ruling": "维持。"}).status_code == 302
    (made,) = records("ruling")
    assert '"end":"upheld"' in made.values
    village = tree.by_code(VILLAGE)
    assert village is not None
    assert "维持原定级" in campaign.site.get(f"/organisations/{VILLAGE}")


def test_what_was_filed_before_its_kind_said_so_is_read_as_it_says_now(campaign: Desk, clerk: Client) -> None:
    unsaid = re.sub(r"    (intake|request): .*\n", "", SCHEME)
    campaign.site.adopt(unsaid)
    village = campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    record = actions.file(
        by=by,
        scheme="matters-2010",
        kind="appeal",
        organisation=village,
        day=timezone.localdate(),
        values={"grounds": "分数算错了", "since": "2010-05-01", "way": "visit"},
    )
    ruled(campaign, record)
    assert "分数算错了" not in text(clerk.get("/desk/matters/?state=upheld"))
    campaign.site.adopt(SCHEME.replace("title: 定级异议", "title: 异议"))
    assert "分数算错了" in text(clerk.get("/desk/matters/?state=upheld"))
    assert "分数算错了" in text(clerk.get(f"/desk/matters/{record.id}/publish"))
