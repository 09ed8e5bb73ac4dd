"""Correcting and withdrawing: what would change is named first, a reason is asked, and whoever is late is told."""

from __future__ import annotations

import re

from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, text, values
from tests.web.desk.test_inbox import reviewer, visit
from tests.web.desk.test_sizes import asked
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry

HOSTILE = "<script>alert(1)</script>"


def addresses(number: int) -> tuple[str, str]:
    return f"/desk/records/{number}/correction", f"/desk/records/{number}/withdrawal"


def form(page: str) -> dict[str, str]:
    """What the page's form would send as it stands: its hidden inputs and boxes."""
    inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    return {name: value for name, value in inputs if name not in ("csrfmiddlewaretoken", "q", "language", "next")}


def test_corrected_after_a_page_that_says_from_what_to_what(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    address, _ = addresses(number)
    data = form(text(town.get(address))) | {"f-households": "21", "reason": "多报"}
    page = text(town.post(address, data))
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r"<td[^>]*>(.*?)</td>", row) == ["12", "21"]
    assert "还没有印发的简报用到这条记录" in page
    assert values(Record.objects.get(id=number))["households"] == 12
    response = town.post(address, form(page) | {"confirmed": "yes"}, follow=True)
    assert "已更正" in text(response)
    assert "理由：多报" in text(response)
    assert values(Record.objects.get(id=number))["households"] == 21


def test_nothing_is_corrected_without_a_reason_or_a_change_or_with_a_fault(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    address, _ = addresses(number)
    data = form(text(town.get(address)))
    for changed, said in (
        ({"f-households": "21"}, "要写明理由"),
        ({"reason": "核对"}, "内容与原来相同"),
        ({"f-households": "很多", "reason": "核对"}, 'href="#f-households"'),
    ):
        response = town.post(address, data | changed | {"confirmed": "yes"})
        assert response.status_code == 422
        assert said in text(response)
    assert not Entry.objects.filter(about=number, action="amend").exists()


def test_what_was_typed_comes_back_as_text(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    address, _ = addresses(number)
    data = form(text(town.get(address))) | {"f-households": "21", "reason": HOSTILE}
    weighed = text(town.post(address, data))
    again = text(town.post(address, form(weighed) | {"reason": HOSTILE, "back": "yes"}))
    for page in (weighed, again):
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page
    town.post(address, data | {"confirmed": "yes"})
    assert HOSTILE not in text(town.get(f"/records/{number}"))


def test_withdrawn_with_a_reason_once(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    _, address = addresses(number)
    data = form(text(town.get(address)))
    assert town.post(address, data | {"reason": " "}).status_code == 422
    response = town.post(address, data | {"reason": "重复登记"}, follow=True)
    assert "记录已撤销" in text(response)
    assert "理由：重复登记" in text(response)
    again = town.post(address, data | {"reason": "重复登记"})
    assert again.status_code == 409
    assert "办理了“撤销”" in text(again)
    assert Entry.objects.filter(about=number, action="withdraw").count() == 1
    assert "已经撤销" in text(town.get(addresses(number)[0]))


def test_whoever_is_late_is_told_who_was_first_and_keeps_what_he_typed(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    correction, withdrawal = addresses(number)
    typed, leaving = form(text(town.get(correction))), form(text(town.get(withdrawal)))
    actions.move(by=reviewer(desk), record=number, move="review", day=Record.objects.get(id=number).day)
    for data in ({}, {"confirmed": "yes"}):
        response = town.post(correction, typed | {"f-households": "21", "reason": "多报"} | data)
        assert response.status_code == 409
        assert "青口镇办理了“审核”" in text(response)
        assert 'value="21"' in text(response)
    assert town.post(withdrawal, leaving | {"reason": "重复"}).status_code == 409
    assert Record.objects.get(id=number).state == "reviewed"
    following = form(text(response)) | {"reason": "多报"}
    assert town.post(correction, following | {"confirmed": "yes"}).status_code == 302


def test_only_its_own_organisation_and_those_above_come_to_it(desk: Desk, town: Client, clerk: Client) -> None:
    (number,) = visit(desk)
    for who in (town, clerk):
        page = text(who.get(f"/records/{number}"))
        assert all(address in page for address in addresses(number))
    for stranger in (desk.client(OTHER_TOWN, "reviewer"), desk.client(TOWN, "inspector")):
        page = stranger.get(f"/records/{number}").content.decode()
        for address in addresses(number):
            assert address not in page
            assert stranger.get(address).status_code == 404
            assert stranger.post(address, {"reason": "x", "seq": number}).status_code == 404
    assert Record.objects.get(id=number).state == "filed"


def test_a_clerk_above_corrects_on_behalf_of_the_unit(desk: Desk) -> None:
    (number,) = visit(desk)
    client, (address, _) = desk.client(TOWN, "clerk"), addresses(number)
    data = form(text(client.get(address))) | {"f-households": "21", "reason": "电话核对", "confirmed": "yes"}
    assert client.post(address, data).status_code == 302
    assert Entry.objects.get(about=number, action="amend").on_behalf == desk.organisation(VILLAGE)


def test_a_record_with_a_long_history_asks_no_more(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    pages = (f"/records/{number}", f"/records/{number}/proof", *addresses(number))
    for page in pages:
        asked(town, page)
    few = [asked(town, page) for page in pages]
    for households in range(20, 40):
        actions.amend(by=desk.site.office, record=number, values={"households": households}, reason="核对")
    assert [asked(town, page) for page in pages] == few
