"""Whoever does not satisfy the conditions is told what is lacking; places are counted below each organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.commendations import county
from tests.gradings.county import DAY, NOW, County, visit
from xianfeng.commendations.eligibility import weighed
from xianfeng.commendations.places import places_of
from xianfeng.ledger import actions, versions
from xianfeng.ledger.actions import Row
from xianfeng.ledger.models import Record
from xianfeng.log.append import head
from xianfeng.problems import Problem, Problems
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.stretches import of_day


def test_whoever_nominates_is_told_what_is_lacking(here: County) -> None:
    with pytest.raises(Problems) as refused:
        county.nominated(here, 2)  # one visit
    assert [each.code for each in refused.value.problems] == ["commendations.lacks"]
    assert "走访不少于4次" in str(refused.value)
    assert "走访1次" in str(refused.value)
    assert not Record.objects.filter(kind="commendation").exists()
    for _ in range(3):
        visit(here, here.villages[2])
    assert county.nominated(here, 2).state == "nominated"


def test_several_measures_are_asked_at_once(db: None) -> None:
    """Who nominates holds the sequence meanwhile, so that everybody else who files waits."""
    more = "visits >= 4 and notices >= 0 and findings >= 0"
    text = county.SCHEME.replace("visits >= 4", more, 1)
    text += "  notices: {title: 整改, unit: 份, count: rectification}\n"
    text += "  findings: {title: 问题, unit: 个, count: finding}\n"
    at = county.here(text)
    scheme = versions.current("graded-2012")
    rule = scheme.commendations["yearly"]
    stretch, asked = of_day(rule, scheme, DAY), []
    fewer = replace(rule, eligible={"visits": replace(rule.eligible["visits"], measures=("visits",))})
    for each in (fewer, rule, fewer, rule):  # the first time each is read and kept
        with CaptureQueriesContext(connection) as queries:
            weighed(scheme, each, at.villages[:1], stretch, DAY, among=Lineage())
        asked.append(len(queries))
    assert asked[2] == asked[3]


def rows(at: County, villages: Sequence[int]) -> list[Row]:
    """Nominated by the county's office, in one file."""
    said = {"award": "organisation", "grounds": "常年走访，实事办得好"}
    return [
        Row(
            organisation=at.county,
            day=DAY,
            values={"nominee": at.villages[one], **said},
            state="nominated",
            reference=f"推{one}",
        )
        for one in villages
    ]


def file_many(at: County, villages: Sequence[int]) -> tuple[int, ...]:
    return actions.file_many(by=at.office, scheme="graded-2012", kind="commendation", rows=rows(at, villages))


def test_of_a_file_every_row_is_told_what_is_lacking_and_none_takes_a_number(here: County) -> None:
    before = head()
    with pytest.raises(Problems) as refused:
        file_many(here, (0, 2, 1, 5))
    told = [(each.row, each.record, each.code) for each in refused.value.problems]
    assert told == [(2, 0, "commendations.lacks"), (4, 0, "commendations.lacks")]
    assert head() == before
    filed = file_many(here, (0, 1))
    assert filed == (before + 1, before + 3)


def test_many_are_weighed_with_as_many_queries_as_few(here: County) -> None:
    asked = []
    for some in ((0, 1), (3, 4), (0, 1, 3, 4)):
        with CaptureQueriesContext(connection) as queries, pytest.raises(Problems):
            file_many(here, (*some, 2))
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_what_is_filed_already_is_not_weighed_again(here: County) -> None:
    numbers = file_many(here, (0, 1))
    visit = Record.objects.filter(kind="visit", organisation=here.villages[0]).order_by("id")
    for one in visit[:2]:
        actions.withdraw(by=here.office, record=one.id, reason="重复", day=DAY)
    assert file_many(here, (0, 1)) == numbers


def test_a_nomination_is_not_counted_in_its_own_conditions(db: None) -> None:
    text = county.SCHEME.replace(
        "visits: {title: 走访不少于4次, when: visits >= 4}", "first: {title: 没有推荐过, when: named == 0}"
    )
    at = county.here(text + "  named: {title: 推荐, unit: 次, count: commendation, at: subject}\n")
    assert county.nominated(at, 0).state == "nominated"
    with pytest.raises(Problems, match="推荐1次"):
        county.nominated(at, 0, "member")


def test_a_draft_may_be_kept_by_whoever_cannot_be_nominated_yet(here: County) -> None:
    village = here.villages[2]
    values = {"nominee": village, "award": "organisation", "grounds": "继续努力"}
    draft = actions.file(
        by=here.at(village), scheme="graded-2012", kind="commendation", organisation=village, day=DAY, values=values
    )
    with pytest.raises(Problems, match="走访不少于4次"):
        actions.move(by=here.at(village), record=draft.id, move="nominate", day=DAY)


def test_what_the_organisation_is_counts_as_well(here: County) -> None:
    town = here.towns[0]
    values = {"nominee": town, "award": "organisation", "grounds": "镇里"}
    with pytest.raises(Problems, match="村级组织"):
        actions.file(
            by=here.at(town), scheme="graded-2012", kind="commendation", organisation=town, day=DAY, values=values,
            state="nominated",
        )  # fmt: skip


def test_an_award_that_is_not_given_here(here: County) -> None:
    with pytest.raises(Problem, match="本活动不评“优秀党务工作者”"):
        county.nominated(here, 0, "worker")


def test_the_place_of_a_town_is_taken_once(here: County) -> None:
    first, second, third = (county.nominated(here, village) for village in (0, 1, 3))
    county.deliberated(here, first)
    county.deliberated(here, third)  # of the other town
    with pytest.raises(Problem) as full:
        county.deliberated(here, second)
    assert "青口镇至多 1 个" in str(full.value)
    actions.move(by=here.office, record=first.id, move="reject", day=DAY, reason="材料不实")
    moved = actions.move(by=here.office, record=second.id, move="deliberate", day=DAY, values={"opinion": "同意"})
    assert moved.state == "deliberated"


def test_two_at_once_do_not_share_a_place(here: County) -> None:
    records = [county.nominated(here, village) for village in (0, 1)]
    for record in records:
        actions.move(by=here.at(here.towns[0]), record=record.id, move="propose", day=DAY)
        actions.amend(by=here.office, record=record.id, values={"opinion": "同意"}, reason="补记", day=DAY)
    with pytest.raises(Problem, match="名额已满"):
        actions.move_many(by=here.office, records=[one.id for one in records], move="deliberate", day=DAY)
    assert {Record.objects.get(id=one.id).state for one in records} == {"proposed"}


def test_another_award_by_correction_is_asked_again(here: County) -> None:
    county.deliberated(here, county.nominated(here, 0))
    member = county.deliberated(here, county.nominated(here, 1, "member"))
    with pytest.raises(Problem, match="名额已满"):
        actions.amend(by=here.office, record=member.id, values={"award": "organisation"}, reason="填错", day=DAY)


def test_places_are_told_below_every_town(here: County) -> None:
    county.deliberated(here, county.nominated(here, 0))
    scheme = versions.current("graded-2012")
    rule = scheme.commendations["yearly"]
    found = {
        (one.award.name, one.scope): (one.taken, one.left) for one in places_of(scheme, rule, of_day(rule, scheme, DAY))
    }
    first, second = here.towns
    assert found == {("organisation", first): (1, 0), ("organisation", second): (0, 1), ("member", 0): (0, None)}


def test_no_place_below_whom_nobody_can_be_nominated(db: None) -> None:
    kind = "    kind: commendation\n"
    here = county.here(county.SCHEME.replace(kind, f"{kind}    where: \"name == '第1村'\"\n"))
    scheme = versions.current("graded-2012")
    rule = scheme.commendations["yearly"]
    found = places_of(scheme, rule, of_day(rule, scheme, DAY))
    assert [one.scope for one in found if one.award.within] == [here.towns[0]]


def test_no_award_before_the_notice_is_over_nor_without_the_approval(here: County) -> None:
    record = county.deliberated(here, county.nominated(here, 0))
    actions.move(by=here.office, record=record.id, move="notice", day=DAY)
    with pytest.raises(Problem, match="以后才能“表彰”"):
        actions.move(by=here.office, record=record.id, move="award", day=DAY, values={"approval": "1号"})
    later, day = replace(here.office, at=NOW + dt.timedelta(days=12)), DAY + dt.timedelta(days=12)
    with pytest.raises(Problem, match="前必须填写"):
        actions.move(by=later, record=record.id, move="award", day=day)
    given = actions.move(by=later, record=record.id, move="award", day=day, values={"approval": "侯委〔2012〕31号"})
    assert given.state == "awarded"


def test_a_withdrawn_award_gives_its_place_back(here: County) -> None:
    record = county.awarded(here, county.deliberated(here, county.nominated(here, 0)))
    later, day = replace(here.office, at=NOW + dt.timedelta(days=20)), DAY + dt.timedelta(days=20)
    actions.move(by=later, record=record.id, move="revoke", day=day, reason="弄虚作假")
    assert county.deliberated(here, county.nominated(here, 1)).state == "deliberated"
