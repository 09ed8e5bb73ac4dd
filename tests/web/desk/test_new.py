"""One form, from what is typed to what stands in the books."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, VILLAGE, VISIT, Desk, records, text, values
from xianfeng.accounts.models import Draft
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind

GOOD = {
    "reference": "a1b2c3",
    "day": "2010-06-02",
    "f-place_note": "青口村口",
    "f-people.villagers": "１，２０４",
    "f-people.members": "3人",
    "f-households": "12 户",
    "do": "file:",
}


def test_the_form_says_what_happens_next_and_who_is_next(clerk: Client) -> None:
    page = text(clerk.get(VISIT))
    assert "提交后状态为“已填报”，由青口镇审核。" in page
    assert "data-outbox" in page
    assert 'name="reference"' in page


def test_what_people_write_becomes_what_the_ledger_keeps(clerk: Client) -> None:
    response = clerk.post(VISIT, GOOD)
    (record,) = records()
    assert (response.status_code, response["Location"]) == (302, f"/desk/filed/{record.id}")
    assert values(record) == {
        "place_note": "青口村口",
        "people": {"villagers": 1204, "members": 3},
        "households": 12,
    }
    assert f"第 {record.id} 号已登记" in text(clerk.get(response["Location"]))


def test_sent_twice_it_is_one_record(clerk: Client) -> None:
    first, second = clerk.post(VISIT, GOOD), clerk.post(VISIT, GOOD)
    assert first["Location"] == second["Location"]
    assert len(records()) == 1


def test_another_content_under_the_same_reference_is_told(clerk: Client) -> None:
    clerk.post(VISIT, GOOD)
    response = clerk.post(VISIT, GOOD | {"f-households": "13"})
    assert response.status_code == 422
    assert "内容不同" in text(response)
    assert len(records()) == 1


def test_every_fault_is_told_at_once_beside_its_field_and_nothing_typed_is_lost(clerk: Client) -> None:
    typed = {"day": "2010-13-01", "f-place_note": "村口<b>", "f-households": "许多", "do": "file:"}
    response = clerk.post(VISIT, typed)
    page = text(response)
    assert response.status_code == 422
    for name, title in (("day", "日期"), ("people", "走访人数"), ("households", "走访户数")):
        assert f'<a href="#f-{name}">{title}</a>' in page
        assert f'id="f-{name}"' in page
    assert page.count('class="errorlist"') == 3
    assert 'value="许多"' in page
    assert "村口&lt;b&gt;" in page
    assert "村口<b>" not in page
    assert not records()


def test_groups_of_a_tally_are_wrong_each_beside_its_own_input(clerk: Client) -> None:
    typed = {"f-people.villagers": "-3", "f-people.members": "abc", "day": "2010-06-03", "do": "file:"}
    page = text(clerk.post(VISIT, typed))
    for group, words in (("villagers", "不能小于 0，填的是 -3"), ("members", "“abc”不是数字")):
        assert f'href="#f-people.{group}"' in page
        assert words in page.split(f'id="f-people.{group}"')[1].split("</label>", maxsplit=1)[0]
    assert not records()


def test_a_draft_waits_for_its_author_alone(desk: Desk, clerk: Client) -> None:
    response = clerk.post(VISIT, GOOD | {"do": "keep", "f-households": "十来户"})
    assert not records()
    assert 'value="十来户"' in text(clerk.get(response["Location"]))
    assert "草稿" in text(clerk.get("/desk/"))
    colleague = desk.client(VILLAGE, "secretary")
    assert colleague.get(response["Location"]).status_code == 404
    assert "?draft=" not in text(colleague.get("/desk/"))
    clerk.post(VISIT, GOOD)
    assert not Draft.objects.exists()


def test_a_draft_can_be_dropped(clerk: Client) -> None:
    clerk.post(VISIT, GOOD | {"do": "keep"})
    clerk.post("/desk/drafts/a1b2c3/drop")
    assert not Draft.objects.exists()


def test_on_behalf_of_a_unit_below(desk: Desk, town: Client) -> None:
    town.post(VISIT, GOOD | {"for": VILLAGE})
    (record,) = records()
    assert record.organisation == desk.organisation(VILLAGE)
    assert "代填" in text(town.get(f"/desk/filed/{record.id}"))


def test_not_on_behalf_of_a_unit_elsewhere(clerk: Client, town: Client) -> None:
    for client, code in ((clerk, OTHER_VILLAGE), (town, OTHER_TOWN)):
        response = client.post(VISIT, GOOD | {"for": code})
        assert response.status_code == 422
        assert "本组织之下没有" in text(response)
    assert not records()


def test_a_kind_that_begins_as_a_draft_can_be_submitted_at_once(clerk: Client) -> None:
    typed = {"day": "2010-06-02", "f-promiser": "organisation", "f-text": "修路"}
    address = "/desk/fuzhou-2010/commitment/new"
    assert "只登记为“草稿”" in text(clerk.get(address))
    clerk.post(address, typed | {"do": "file:submit", "reference": "c1"})
    clerk.post(address, {"day": "2010-06-02", "do": "file:", "reference": "c2"})
    assert [record.state for record in records("commitment")] == ["submitted", "draft"]


def test_an_organisation_is_named_by_its_code_or_its_name(desk: Desk, town: Client) -> None:
    address = "/desk/fuzhou-2010/leader_comment/new"
    about = {"f-achievements": "好", "f-problems": "有", "f-direction": "是", "day": "2010-06-02", "do": "file:"}
    name = desk.site.get(f"/organisations/{VILLAGE}").split("<h1>")[1].split("<")[0].strip()
    town.post(address, about | {"f-about": VILLAGE, "reference": "k1"})
    town.post(address, about | {"f-about": name, "reference": "k2"})
    assert [values(record)["about"] for record in records("leader_comment")] == [desk.organisation(VILLAGE)] * 2
    response = town.post(address, about | {"f-about": "没有这个村", "reference": "k3"})
    assert "没有代码或名称为“没有这个村”的组织" in text(response)


def test_hostile_text_is_refused_with_a_word_or_shown_as_text(clerk: Client) -> None:
    response = clerk.post(VISIT, GOOD | {"f-place_note": "a\x00b\u202ec"})
    assert response.status_code == 422
    assert "不可见的控制字符" in text(response)
    response = clerk.post(VISIT, GOOD | {"for": "x\x00y", "f-place_note": "<script>"})
    assert response.status_code == 422
    assert '<script>"' not in text(response)
    assert not records()


def test_a_form_sent_after_the_session_ended_keeps_what_was_typed(clerk: Client) -> None:
    clerk.logout()
    response = clerk.post(VISIT, GOOD)
    assert response.status_code == 401
    assert "青口村口" in text(response)
    assert not records()


def test_what_was_sent_back_comes_first_with_its_reason_and_is_put_right(desk: Desk, clerk: Client) -> None:
    clerk.post(VISIT, GOOD)
    (record,) = records()
    by = Actor(kind=ActorKind.APPOINTMENT, organisation=desk.organisation("350121105"), role="reviewer", id=1)
    actions.move(by=by, record=record.id, move="send_back", day=record.day, reason="户数请核对")
    page = text(clerk.get("/desk/"))
    assert "青口镇退回：户数请核对" in page
    again = f"/desk/records/{record.id}/refile"
    form = text(clerk.get(again))
    assert 'value="12"' in form
    assert "户数请核对" in form
    seq = Record.objects.get(id=record.id).seq
    response = clerk.post(again, GOOD | {"seq": str(seq), "f-households": "15"})
    assert response.status_code == 302
    done = Record.objects.get(id=record.id)
    assert (done.state, values(done)["households"]) == ("filed", 15)


def test_who_comes_late_is_told_who_was_first_and_keeps_what_he_typed(desk: Desk, clerk: Client) -> None:
    clerk.post(VISIT, GOOD)
    (record,) = records()
    seen = record.seq
    by = Actor(kind=ActorKind.APPOINTMENT, organisation=desk.organisation("350121105"), role="reviewer", id=1)
    actions.move(by=by, record=record.id, move="review", day=record.day)
    response = clerk.post(f"/desk/records/{record.id}/refile", GOOD | {"seq": str(seen), "f-households": "99"})
    page = text(response)
    assert response.status_code == 409
    assert "青口镇办理了“审核”" in page
    assert 'value="99"' in page
    assert values(Record.objects.get(id=record.id))["households"] == 12


@pytest.mark.parametrize("action", ["zzz", "", "file:nonsense", "file", "submit"])
def test_an_action_that_the_form_does_not_offer_files_nothing(clerk: Client, action: str) -> None:
    response = clerk.post(VISIT, GOOD | {"do": action})
    page = text(response)
    assert response.status_code == 422
    assert "没有看懂按的是哪个按钮" in page
    assert "青口村口" in page
    assert not records()
