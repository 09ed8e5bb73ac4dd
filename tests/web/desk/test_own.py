"""A member's own promises: they stand on his desk, and what the branch wrote wrongly he asks it to correct."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.desk.conftest import OTHER_VILLAGE, VILLAGE, Desk, text
from xianfeng.ledger import actions
from xianfeng.messages.models import Message

WORDS = "每周二晚上为老人读报"


def promise(desk: Desk, said: str, role: str = "member") -> int:
    person = desk.account(VILLAGE, role).person_id
    (number,) = desk.site.file("commitment", VILLAGE, promiser="member", person=person, text=said)
    return number


@pytest.fixture
def member(desk: Desk) -> Client:
    return desk.client(VILLAGE, "member")


def test_his_own_promises_are_on_a_members_desk_with_his_moves(desk: Desk, member: Client) -> None:
    mine = promise(desk, WORDS)
    promise(desk, "别人的承诺", role="secretary")
    page = text(member.get("/desk/"))
    assert WORDS in page
    assert "别人的承诺" not in page
    assert f'href="/desk/records/{mine}/submit"' in page
    actions.withdraw(by=desk.site.office, record=mine, reason="重复登记")
    assert WORDS not in text(member.get("/desk/"))


def test_a_request_to_correct_lands_with_those_who_can(desk: Desk, member: Client) -> None:
    clerk, mine = desk.client(VILLAGE, "clerk"), promise(desk, WORDS)
    address = f"/desk/records/{mine}/asking"
    assert address in text(member.get(f"/records/{mine}"))
    refused = member.post(address, {"words": " "})
    assert (refused.status_code, Message.objects.count()) == (422, 0)
    assert "应当怎样写" in text(refused)
    assert member.post(address, {"words": "应当是每周四"}).status_code == 302
    assert f"第 {mine} 号，本人请求更正：应当是每周四" in text(clerk.get("/desk/messages"))
    assert address not in text(clerk.get(f"/records/{mine}"))  # he corrects it himself


def test_one_request_waits_at_a_time(desk: Desk, member: Client) -> None:
    desk.account(VILLAGE, "clerk")
    mine = promise(desk, WORDS)
    address = f"/desk/records/{mine}/asking"
    for words in ("是每周四", "是每周五"):
        again = text(member.post(address, {"words": words}, follow=True))
    assert "之前的请求还没有办" in again
    assert Message.objects.count() == 1
    actions.amend(by=desk.site.office, record=mine, values={"text": "每周四读报"}, reason="星期写错")
    member.post(address, {"words": "是每周五"})
    assert Message.objects.count() == 2


def test_nobody_asks_about_what_does_not_name_him(desk: Desk, member: Client) -> None:
    theirs, mine = promise(desk, "别人的承诺", role="secretary"), promise(desk, WORDS)
    assert member.get(f"/desk/records/{theirs}/asking").status_code == 404
    for code, role in ((VILLAGE, "leader"), (VILLAGE, "clerk"), (OTHER_VILLAGE, "member")):
        assert desk.client(code, role).post(f"/desk/records/{mine}/asking", {"words": "改"}).status_code == 404
    assert not Message.objects.exists()
