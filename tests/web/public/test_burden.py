"""这个要求太重了, from the form it stands on to the office and back."""

from __future__ import annotations

import re

import pytest
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from tests.web.office.conftest import acting
from xianfeng.voice import flood
from xianfeng.voice.flood import Limits
from xianfeng.voice.models import Complaint

CITY, TOWN, VILLAGE = "350100", "350121105", "350121105201"
BURDEN, OFFICE = "/burden/fuzhou-2010/visit", "/office/complaints/"


@pytest.fixture
def square(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    return site


def typed(**changed: str) -> dict[str, str]:
    return {
        "sort": "twice",
        "minutes": "20",
        "twice": "民政的表",
        "words": "一样的内容",
        "receipt": "a" * 32,
        **changed,
    }


def test_it_is_on_the_form_and_on_the_grid(square: Site) -> None:
    clerk = acting(square, VILLAGE, "clerk")
    for page in ("new", "grid"):
        assert f'href="{BURDEN}"' in clerk.get(f"/desk/fuzhou-2010/visit/{page}")


def test_from_the_form_to_the_office_and_back(square: Site) -> None:
    sent = square.client.post(BURDEN, typed())
    assert "等办公室答复" in square.get(sent["Location"])
    office, clerk = acting(square, CITY, "office"), acting(square, VILLAGE, "clerk")
    assert "一样的内容" in office.get(OFFICE)
    number = Complaint.objects.get().pk
    answer = {"outcome": "merged", "answer": "以民政的表为准", "seen": "0"}
    assert office.client.post(f"{OFFICE}{number}", answer).status_code == 302
    for page in ("new", "grid"):
        shown = clerk.get(f"/desk/fuzhou-2010/visit/{page}")
        assert "以民政的表为准" in shown
        assert "一样的内容" not in shown
    for there in (sent["Location"], BURDEN):
        assert "以民政的表为准" in square.get(there)


def test_what_was_written_is_the_office_s_to_read(square: Site) -> None:
    square.client.post(BURDEN, typed(words="我们村的难处"))
    assert "我们村的难处" not in square.get(BURDEN)
    assert "我们村的难处" not in acting(square, VILLAGE, "clerk").get(BURDEN)
    number = Complaint.objects.get().pk
    for code, role in ((TOWN, "office"), (CITY, "leader"), (CITY, "administrator")):
        desk = acting(square, code, role)
        for there in (OFFICE, f"{OFFICE}{number}"):
            assert "我们村的难处" not in desk.get(there, 404)


def test_the_office_is_not_told_who_it_was(square: Site) -> None:
    acting(square, VILLAGE, "clerk").client.post(BURDEN, typed())
    page = acting(square, CITY, "office").get(OFFICE)
    assert "没有留单位" in page
    assert "clerk" not in page


def test_a_unit_names_itself_if_it_likes(square: Site) -> None:
    clerk = acting(square, VILLAGE, "clerk")
    assert 'name="named"' in clerk.get(BURDEN)
    assert 'name="named"' not in square.get(BURDEN)
    clerk.client.post(BURDEN, typed(named="on"))
    square.client.post(BURDEN, typed(named="on", receipt="b" * 32))
    assert sorted(str(row.organisation) for row in Complaint.objects.all())[0] == "None"
    assert Complaint.objects.exclude(organisation=None).count() == 1


def test_the_scheme_s_burden_stands_beside_what_was_said(square: Site) -> None:
    square.client.post(BURDEN, typed(minutes="20"))
    square.client.post(BURDEN, typed(minutes="40", receipt="b" * 32))
    page = acting(square, CITY, "office").get(OFFICE)
    row = re.search(r'<tr>\s*<th scope="row">走访</th>(.*?)</tr>', page, re.DOTALL)
    assert row is not None
    assert re.findall(r"\d+", re.sub("<[^>]*>", " ", row[1]))[1:] == ["30", "2", "2"]
    assert "对照进度督查项目" not in row[1]


def test_a_complaint_may_be_about_a_requirement(square: Site) -> None:
    square.client.post("/burden/fuzhou-2010/pairing?obligation=pairings", typed())
    assert "百名领导干部结百家亲" in acting(square, CITY, "office").get(OFFICE)
    wrong = square.client.post("/burden/fuzhou-2010/visit?obligation=pairings", typed(receipt="b" * 32))
    assert wrong.status_code == 422


@pytest.mark.parametrize("changed", [{"sort": ""}, {"minutes": "很久"}, {"minutes": "0"}, {"words": "字" * 501}])
def test_what_is_wrong_stands_beside_its_box(square: Site, changed: dict[str, str]) -> None:
    answer = square.client.post(BURDEN, typed(**changed))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert "民政的表" in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_flood_is_told_to_stop(square: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMPLAINTS", Limits(of_sender=1, of_sender_on_thing=1, on_thing=1))
    square.client.post(BURDEN, typed())
    answer = square.client.post(BURDEN, typed(receipt="b" * 32))
    assert answer.status_code == 429
    assert "民政的表" in answer.content.decode()


def test_of_two_who_answer_the_second_is_told_and_keeps_his_words(square: Site) -> None:
    square.client.post(BURDEN, typed())
    office, there = acting(square, CITY, "office"), f"{OFFICE}{Complaint.objects.get().pk}"
    office.client.post(there, {"outcome": "kept", "answer": "甲的答复", "seen": "0"})
    answer = office.client.post(there, {"outcome": "dropped", "answer": "乙的答复", "seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲的答复" in page
    assert "乙的答复" in page
    assert Complaint.objects.get().outcome == "kept"
