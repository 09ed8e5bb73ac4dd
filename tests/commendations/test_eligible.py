"""Before anybody nominates, the office reads of everybody below it who satisfies the conditions, and who lacks what."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.commendations import county
from tests.commendations.county import read
from tests.gradings.county import DAY, County
from xianfeng.commendations.sheets import eligible
from xianfeng.ledger import actions, versions
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.stretches import of_day

PAGE = "/office/judgement/commendations/graded-2012/yearly"


def test_all_at_once_are_weighed_as_each_is_when_it_is_nominated(here: County) -> None:
    scheme = versions.current("graded-2012")
    rule = scheme.commendations["yearly"]
    found = eligible(scheme, rule, root=here.county, stretch=of_day(rule, scheme, DAY), day=DAY)
    fit = {int(each) for each in found.sheet.organisations[found.whole]}
    assert fit == {here.villages[each] for each in (0, 1, 3, 4)}  # of 5, 4, 1, 5, 5 and no visits, four are asked for
    refused = set()
    for at, village in enumerate(here.villages):
        try:
            county.nominated(here, at)
        except Problems:
            refused.add(village)
    assert refused == set(here.villages) - fit


def test_the_office_reads_who_is_eligible_and_what_others_lack(here: County) -> None:
    office = here.client(here.county, "office")
    county.nominated(here, 0)
    page = read(office, PAGE)
    assert "第2村" in page
    assert "第3村" not in page
    assert "已推荐" in page
    lacking = read(office, f"{PAGE}?show=lacking")
    assert "第3村" in lacking
    assert "走访1次" in lacking
    assert "第2村" not in lacking


def test_below_one_town_alone(here: County) -> None:
    page = read(here.client(here.county, "office"), f"{PAGE}?at=350121101")
    assert "第4村" in page
    assert "第1村" not in page


def test_as_a_workbook(here: County) -> None:
    answer = here.client(here.county, "office").get(f"{PAGE}?format=xlsx&table=eligible")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert {str(row[0]) for row in rows} >= {"第1村", "第2村", "第4村", "第5村"}


def test_what_is_no_campaign_of_the_readers_is_not_there(here: County) -> None:
    office = here.client(here.county, "office")
    assert here.client(here.towns[0], "office").get(PAGE).status_code == 404
    assert office.get(f"{PAGE}?at=999").status_code == 404
    assert office.get("/office/judgement/commendations/graded-2012/none").status_code == 404


def test_whom_the_commendation_does_not_mean_can_neither_be_nominated_nor_stands_in_the_table(db: None) -> None:
    here = county.here(county.SCHEME.replace("    noticed:", "    where: \"code != '350121100200'\"\n    noticed:"))
    with pytest.raises(Problem, match="“年度表彰”不评这个组织"):
        county.nominated(here, 0)
    assert county.nominated(here, 1).state == "nominated"
    assert "第1村" not in read(here.client(here.county, "office"), PAGE)
    draft = {"nominee": here.villages[0], "award": "organisation", "grounds": "先存着"}
    village = here.villages[0]
    assert actions.file(
        by=here.at(village), scheme="graded-2012", kind="commendation", organisation=village, day=DAY, values=draft
    )
