"""What is put aside by itself while somebody types: a form and a grid alike, offered again, gone once filed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.desk.conftest import GRID, VILLAGE, VISIT, Desk, records, text
from xianfeng.accounts import drafts
from xianfeng.accounts.models import Draft

ONE = {"reference": "a1", "day": "2010-06-02", "f-place_note": "青口村口", "f-households": "12"}
ROWS = {"reference": "b1", "day": "2010-06-02", "r0-f-place_note": "桥头", "r2-f-households": "7"}
QUIETLY, FILE = {"do": "keep-quietly"}, {"do": "file:"}


def the_draft() -> Draft:
    return Draft.objects.get()


@pytest.mark.parametrize(("address", "typed"), [(VISIT, ONE), (GRID, ROWS)])
def test_the_page_is_told_when_it_was_kept_and_nothing_is_filed(
    clerk: Client, address: str, typed: dict[str, str]
) -> None:
    for _ in range(2):
        answer = clerk.post(address, typed | QUIETLY)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain")
        assert re.fullmatch(r"已存草稿 \d\d:\d\d", text(answer))
    assert the_draft().reference == typed["reference"]
    assert not records()


@pytest.mark.parametrize(("address", "typed"), [(VISIT, ONE), (GRID, ROWS)])
def test_it_is_offered_when_the_form_is_opened_again(
    desk: Desk, clerk: Client, address: str, typed: dict[str, str]
) -> None:
    clerk.post(address, typed | QUIETLY)
    draft = f"{address}?draft={typed['reference']}"
    assert f'href="{draft}"' in text(clerk.get(address))
    assert f'href="{draft}"' in text(clerk.get("/desk/"))
    other = {VISIT: GRID, GRID: VISIT}[address]
    assert "?draft=" not in text(clerk.get(other))
    assert clerk.get(f"{other}?draft={typed['reference']}").status_code == 404
    colleague = desk.client(VILLAGE, "secretary")
    assert "?draft=" not in text(colleague.get(address))
    assert colleague.get(draft).status_code == 404


def test_a_grid_is_taken_up_with_its_rows_its_day_and_what_was_pasted(clerk: Client) -> None:
    clerk.post(GRID, ROWS | {"pasted": "日期\t地点\n2010.6.1\t村口\n"} | QUIETLY)
    page = text(clerk.get(f"{GRID}?draft=b1"))
    for name, value in (("r0-f-place_note", "桥头"), ("r1-f-households", "7"), ("r2-f-place_note", "村口")):
        assert f'name="{name}" value="{value}"' in page
    assert 'name="day" value="2010-06-02"' in page
    assert 'name="reference" value="b1"' in page
    assert page.count('<tr class="spare"') == 7


@pytest.mark.parametrize(("address", "typed"), [(VISIT, ONE), (GRID, ROWS)])
def test_the_button_keeps_it_without_a_script(clerk: Client, address: str, typed: dict[str, str]) -> None:
    assert 'value="keep"' in text(clerk.get(address))
    response = clerk.post(address, typed | {"do": "keep"})
    assert (response.status_code, response["Location"]) == (302, f"{address}?draft={typed['reference']}")
    assert "/drop" in text(clerk.get(response["Location"]))


@pytest.mark.parametrize(
    ("address", "typed"),
    [(VISIT, ONE | {"f-people.villagers": "3"}), (GRID, ROWS | {f"r{row}-f-people.villagers": "3" for row in (0, 2)})],
)
def test_what_is_filed_is_no_draft_any_more_and_becomes_none_by_a_save_that_comes_late(
    clerk: Client, address: str, typed: dict[str, str]
) -> None:
    clerk.post(address, typed | QUIETLY)
    assert clerk.post(address, typed | FILE).status_code == 302
    assert not Draft.objects.exists()
    assert clerk.post(address, typed | QUIETLY).status_code == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("address", "typed"), [(VISIT, ONE), (GRID, ROWS)])
def test_what_was_emptied_again_is_no_draft(clerk: Client, address: str, typed: dict[str, str]) -> None:
    clerk.post(address, typed | QUIETLY)
    emptied = {name: value for name, value in typed.items() if name in ("reference", "day")}
    assert clerk.post(address, emptied | QUIETLY).status_code == 204
    assert not Draft.objects.exists()


def test_what_is_too_large_is_said_in_the_same_line(clerk: Client) -> None:
    answer = clerk.post(VISIT, ONE | {"f-note": "长" * (drafts.LARGEST + 1)} | QUIETLY)
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "内容太长，不能存为草稿" in text(answer)
    assert 'role="alert"' in text(clerk.post(GRID, ROWS | {"r0-f-note": "长" * drafts.LARGEST, "do": "keep"}))
