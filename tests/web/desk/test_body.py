"""A body's clerk at the desk of the division that it is attached to: he is told what that one owes, and files it; what
is another's is not there for him, and what is the division's own he is not offered."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_VILLAGE, TOWN, VILLAGE, VISIT, Desk, records, text, values
from tests.web.desk.test_correction import form
from tests.web.desk.test_new import GOOD
from xianfeng.duties.expanding import expand
from xianfeng.ledger import actions, versions
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.registry.actions import Founding, found_many

SCHEME = """
xianfeng: 1
scheme: desks-2010
title: 走访试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-06-30, timezone: Asia/Shanghai}
obligations:
  yearly: {title: 走访一次, kind: visit, of: organisations, where: "level == 'village'", at_least: 1, every: year}
"""
BRANCH, COMMITTEE = f"{VILLAGE}-D", f"{TOWN}-P"


@pytest.fixture
def branch(desk: Desk, settings: Settings) -> Client:
    settings.XIANFENG_SYNTHETIC = False
    desk.site.found_branches(TOWN)
    return desk.client(BRANCH, "clerk")


@pytest.fixture
def committee(desk: Desk, settings: Settings) -> Client:
    """Its reviewer."""
    settings.XIANFENG_SYNTHETIC = False
    founding = Founding(
        code=COMMITTEE,
        name="青口镇党委",
        type="body",
        level="township",
        category="party",
        parent=desk.organisation(TOWN),
    )
    found_many(foundings=[founding], by=desk.site.office)
    return desk.client(COMMITTEE, "reviewer")


def test_from_what_his_division_owes_he_comes_to_its_form(desk: Desk, branch: Client) -> None:
    desk.site.adopt(SCHEME)
    expand(versions.current("desks-2010"), now=timezone.now())
    form = f"/desk/desks-2010/visit/new?for={VILLAGE}"
    assert form in text(branch.get("/desk/"))
    (duty,) = re.findall(r'href="(/desk/duties/\d+)"', text(branch.get("/desk/duties/?scheme=desks-2010")))
    assert form in text(branch.get(duty))
    branch.post(form.partition("?")[0], GOOD | {"for": VILLAGE})
    assert "没有应办未办的" in text(branch.get("/desk/duties/?scheme=desks-2010"))


def test_he_files_for_his_division_and_both_are_named(desk: Desk, branch: Client) -> None:
    assert f"{VISIT}?for={VILLAGE}" in text(branch.get(VISIT))
    assert "代填" in text(branch.get(f"{VISIT}?for={VILLAGE}"))
    response = branch.post(VISIT, GOOD | {"for": VILLAGE})
    (record,) = records()
    assert record.organisation == desk.organisation(VILLAGE)
    (event,) = history(record.id)
    assert (event.organisation, event.on_behalf) == (desk.organisation(BRANCH), desk.organisation(VILLAGE))
    assert f"第 {record.id} 号已登记" in text(branch.get(response["Location"]))


def test_another_division_is_not_there(desk: Desk, branch: Client) -> None:
    for other in (OTHER_VILLAGE, f"{OTHER_VILLAGE}-D", TOWN):
        assert branch.post(VISIT, GOOD | {"for": other}).status_code == 422
    assert not records()
    (other,) = desk.site.file("visit", OTHER_VILLAGE, people={"villagers": 3}, households=2)
    for address in (f"/desk/records/{other}/submit", f"/desk/records/{other}/correction", f"/desk/filed/{other}"):
        assert branch.get(address).status_code == 404


def test_he_corrects_and_withdraws_what_his_division_filed(desk: Desk, branch: Client) -> None:
    (number,) = desk.site.file("visit", VILLAGE, people={"villagers": 3}, households=12)
    page = text(branch.get(f"/records/{number}"))
    assert f"/desk/records/{number}/correction" in page
    address = f"/desk/records/{number}/correction"
    changed = form(text(branch.get(address))) | {"f-households": "21", "reason": "多报"}
    assert branch.post(address, changed | {"confirmed": "yes"}).status_code == 302
    assert values(Record.objects.get(id=number))["households"] == 21
    leaving = form(text(branch.get(f"/desk/records/{number}/withdrawal"))) | {"reason": "重复"}
    assert branch.post(f"/desk/records/{number}/withdrawal", leaving).status_code == 302
    assert {(event.organisation, event.on_behalf) for event in history(number)[1:]} == {
        (desk.organisation(BRANCH), desk.organisation(VILLAGE))
    }


def test_what_came_back_to_his_division_is_put_right_by_him(desk: Desk, branch: Client) -> None:
    (number,) = desk.site.file("visit", VILLAGE, people={"villagers": 3}, households=12)
    actions.move(by=desk.site.office, record=number, move="send_back", day=DAY, reason="户数请核对")
    home = text(branch.get("/desk/"))
    (address,) = re.findall(rf'href="(/desk/records/{number}/\w+)"', home)
    assert "户数请核对" in home
    sent = form(text(branch.get(address))) | {"day": "2010-06-03"}
    assert branch.post(address, sent).status_code == 302
    assert Record.objects.get(id=number).state == "filed"


def test_he_reviews_nothing_for_it(desk: Desk, committee: Client) -> None:
    """Neither what those below it filed, which he does not even read, nor its own."""
    (below,) = desk.site.file("visit", VILLAGE, people={"villagers": 3}, households=12)
    (own,) = desk.site.file("visit", TOWN, people={"villagers": 3}, households=12)
    inbox = text(committee.get("/desk/inbox/"))
    assert not any(f"/records/{number}" in inbox for number in (below, own))
    for number in (below, own):
        sent = {"n": number, "day": DAY.isoformat()}
        assert committee.post("/desk/inbox/review", sent).status_code == 404
    assert committee.get(f"/desk/records/{below}/correction").status_code == 404
    assert f"/desk/records/{own}/correction" in text(committee.get(f"/records/{own}"))


def test_what_is_personal_at_his_division_is_not_his(desk: Desk, branch: Client) -> None:
    office = desk.client(f"{OTHER_VILLAGE}-D", "office")
    (number,) = desk.site.file("visit", OTHER_VILLAGE, people={"villagers": 3}, households=12)
    assert office.get(f"/records/{number}").status_code == 200
    assert office.get(f"/records/{number}/personal").status_code == 404


def test_who_only_reads_at_a_body_reads_no_more_than_before(desk: Desk, branch: Client) -> None:
    (number,) = desk.site.file("commitment_letter", VILLAGE, goals="草稿")
    assert desk.client(BRANCH, "leader").get(f"/records/{number}").status_code == 404
    assert branch.get(f"/records/{number}").status_code == 200
