"""Personal fields: not on the record's page, shown to few, for a reason, and each look is written down."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, text
from xianfeng.ledger import actions
from xianfeng.vault.models import PersonalRead

PHONE, NEW = "13900001111", "13900002222"
SCHEME = """
xianfeng: 1
scheme: calls-2010
title: 走访活动
at: "350100"
historical: true
runs: {from: 2010-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  call:
    title: 来电
    basis: each
    fields:
      matter: {type: text, title: 事项, required: true}
      phone: {type: text, title: 电话, personal: true}
    flow: {initial: filed, states: {filed: {title: 已填报, level: filed}}, moves: {}}
measures:
  calls: {title: 来电, unit: 个, count: call}
"""


@pytest.fixture
def call(desk: Desk) -> int:
    desk.site.adopt(SCHEME)
    (number,) = desk.site.file("call", VILLAGE, scheme="calls-2010", matter="修路", phone=PHONE)
    return number


@pytest.fixture
def office(desk: Desk) -> Client:
    return desk.client(TOWN, "office")


def test_it_is_not_on_the_records_page(call: int, office: Client) -> None:
    for address in (f"/records/{call}", f"/desk/records/{call}/correction", f"/desk/records/{call}/personal"):
        assert PHONE not in text(office.get(address))
    assert "（个人信息，不显示）" in text(office.get(f"/records/{call}"))
    assert not PersonalRead.objects.exists()


def test_it_is_shown_for_a_reason_and_the_look_is_written_down(desk: Desk, call: int, office: Client) -> None:
    actions.amend(by=desk.site.office, record=call, values={"phone": NEW}, reason="换号")
    address = f"/desk/records/{call}/personal"
    response = office.post(address, {"purpose": " "})
    assert response.status_code == 422
    assert PHONE not in text(response)
    assert not PersonalRead.objects.exists()
    page = text(office.post(address, {"purpose": "回访<b>"}))
    assert page.index(PHONE) < page.index(NEW)
    assert "这次查看已经记下：回访&lt;b&gt;" in page
    (look,) = PersonalRead.objects.all()
    assert (look.owner, look.field, look.purpose, look.times) == (
        f"record:{call}",
        "calls-2010.call.phone",
        "回访<b>",
        2,
    )


def test_nobody_else_comes_to_it(desk: Desk, call: int, town: Client, clerk: Client) -> None:
    for client in (town, clerk, desk.client(OTHER_TOWN, "office")):
        address = f"/desk/records/{call}/personal"
        assert client.get(address).status_code == 404
        assert client.post(address, {"purpose": "看看"}).status_code == 404
    assert f"/desk/records/{call}/personal" not in text(town.get(f"/records/{call}"))
    assert not PersonalRead.objects.exists()


def test_what_is_left_blank_in_a_correction_stays(desk: Desk, call: int, office: Client) -> None:
    address = f"/desk/records/{call}/correction"
    data = {"f-matter": "修桥", "f-phone": "", "reason": "听错", "seq": str(call), "confirmed": "yes"}
    assert office.post(address, data).status_code == 302
    assert PHONE in text(office.post(f"/desk/records/{call}/personal", {"purpose": "回访"}))
