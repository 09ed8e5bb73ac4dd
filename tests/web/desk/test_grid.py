"""Many records at once: typed, pasted, looked over, filed all or none."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.desk.conftest import GRID, OTHER_TOWN, VILLAGE, Desk, records, text, values
from xianfeng.registry.models import Organisation
from xianfeng.web.forms.grid import MOST

PASTED = "日期\t地点\t农村群众\t走访户数（户）\n2010.6.1\t村口\t3\t2\n2010年6月2日\t“桥头”\t1,204\t\n"


def test_a_paste_is_looked_over_before_it_is_filed(clerk: Client) -> None:
    page = text(clerk.post(GRID, {"reference": "g1", "day": "2010-06-03", "pasted": PASTED, "do": "check"}))
    assert "核对 2 条走访" in page
    assert ">1,207<" in page  # the total of 农村群众
    assert "2010-06-01" in page
    assert "“桥头”" in page
    assert not records()


def test_it_is_filed_by_the_second_press_and_only_once(clerk: Client) -> None:
    sent = {"reference": "g1", "day": "2010-06-03", "pasted": PASTED, "do": "file:"}
    for _ in range(2):
        response = clerk.post(GRID, sent)
        assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert [(str(one.day), values(one)["people"]) for one in records()] == [
        ("2010-06-01", {"villagers": 3}),
        ("2010-06-02", {"villagers": 1204}),
    ]


def test_without_heads_cells_go_by_the_order_of_columns(clerk: Client) -> None:
    clerk.post(GRID, {"day": "2010-06-03", "pasted": "\t村口\t3\t\t\t\t\t2\t\n", "do": "file:"})
    (record,) = records()
    assert (str(record.day), values(record)) == (
        "2010-06-03",
        {"place_note": "村口", "people": {"villagers": 3}, "households": 2},
    )


def test_one_bad_row_stops_all_and_every_fault_is_in_its_cell(clerk: Client) -> None:
    typed = {
        "day": "2010-06-03",
        "r0-f-people.villagers": "5",
        "r1-f-people.villagers": "五",
        "r1-f-people.members": "2",
        "r2-f-households": "7",
        "r2-day": "去年",
        "do": "file:",
    }
    response = clerk.post(GRID, typed)
    page = text(response)
    assert response.status_code == 422
    assert not records()
    for anchor in ("r1-f-people.villagers", "r2-f-people.villagers", "r2-day"):
        assert f'href="#{anchor}"' in page
    assert 'value="五"' in page
    assert 'value="去年"' in page
    assert page.count('class="wrong"') == 3


def test_each_group_of_a_tally_is_told_of_its_own_fault_in_its_own_cell(clerk: Client) -> None:
    typed = {"r0-f-people.villagers": "-3", "r0-f-people.members": "abc", "day": "2010-06-03", "do": "check"}
    page = text(clerk.post(GRID, typed))
    for group, words in (("villagers", "不能小于 0，填的是 -3"), ("members", "“abc”不是数字")):
        name = f"r0-f-people.{group}"
        assert f'href="#{name}"' in page
        cell = page.split(f'id="{name}"')[1].split("</td>", maxsplit=1)[0]
        assert "aria-invalid" in cell
        assert words in cell
    assert page.count('class="wrong"') == 2


def test_each_cell_knows_its_head_and_rows_nobody_has_begun_are_marked(clerk: Client, town: Client) -> None:
    page = text(clerk.get(GRID))
    assert page.count('<tr class="spare">') == 10
    assert re.search(r'<td class="narrow" data-head="走访人数 · [^"]+（人）"><input', page)
    assert "for-others" not in page  # nobody stands below a village
    page = text(town.post(GRID, {"r0-f-households": "2", "do": "more"}))
    assert page.count('<tr class="spare">') == 10
    assert re.search(r'name="r0-for" value=""[^>]* placeholder="[^"]+"', page)
    assert '<label><input type="checkbox"> 代填' in page
    page = text(town.post(GRID, {"r0-f-households": "2", "r0-for": VILLAGE, "do": "more"}))
    assert '<label><input type="checkbox" checked> 代填' in page


def test_rows_without_anything_are_no_rows(clerk: Client) -> None:
    response = clerk.post(GRID, {"day": "2010-06-03", "r0-day": "2010-06-01", "r4-f-households": " ", "do": "check"})
    assert response.status_code == 422
    assert "还没有填写任何一行" in text(response)


def test_each_unit_below_gets_its_row(desk: Desk, town: Client) -> None:
    name = Organisation.objects.get(code=VILLAGE).name
    assert f'value="{name}"' in text(town.get(f"{GRID}?units=1"))
    sent = {"day": "2010-06-03", "r0-for": name, "r0-f-people.villagers": "5", "do": "file:"}
    town.post(GRID, sent)
    assert [record.organisation for record in records()] == [desk.organisation(VILLAGE)]
    response = town.post(GRID, sent | {"r0-for": OTHER_TOWN})
    assert "本组织之下没有" in text(response)
    assert len(records()) == 1


def test_too_many_rows_are_refused_with_a_number(clerk: Client) -> None:
    response = clerk.post(GRID, {"day": "2010-06-03", "pasted": "2010-06-01\t村口\t1\n" * (MOST + 5), "do": "file:"})
    assert response.status_code == 422
    assert f"这里有 {MOST + 5} 行" in text(response)
    assert not records()


def test_ten_megabytes_are_refused_clearly(clerk: Client) -> None:
    response = clerk.post(GRID, {"day": "2010-06-03", "pasted": "村口\t1\n" * 1_500_000, "do": "check"})
    assert response.status_code == 413
    assert "送来的内容太大" in text(response)
    assert not records()


def test_quotation_marks_and_formulas_are_text(clerk: Client) -> None:
    clerk.post(GRID, {"day": "2010-06-03", "pasted": '\t=1+1 "甲"\t3\n\t"两\n行"\t4\n', "do": "check"})
    response = clerk.post(GRID, {"day": "2010-06-03", "pasted": '\t=1+1 "甲"\t3\n', "do": "file:"})
    assert response.status_code == 302
    assert values(records()[0])["place_note"] == '=1+1 "甲"'


@pytest.mark.parametrize("action", ["zzz", "", "file:nonsense", "file"])
def test_an_action_that_the_grid_does_not_offer_files_nothing(clerk: Client, action: str) -> None:
    response = clerk.post(GRID, {"reference": "g1", "day": "2010-06-03", "pasted": PASTED, "do": action})
    assert response.status_code == 422
    assert "没有看懂按的是哪个按钮" in text(response)
    assert "1,204" in text(response)
    assert not records()
