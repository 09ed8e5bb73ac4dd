"""Where nearly all answered alike, a bar or a condition that only a larger number would decide is told as not known,
and people decide and say why."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from tests.evaluations import towns
from tests.evaluations.towns import NOW, SCHEME, Towns, closed, counted, twice
from tests.web.office.test_evaluation import desk_of
from xianfeng.evaluations import results
from xianfeng.gradings import actions as gradings
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems

DAY, LATER = dt.date(2012, 7, 1), NOW + dt.timedelta(days=20)
RULES = """  visits: {title: 走访, unit: 次, count: visit}
gradings:
  villages:
    title: 村级组织分类定级
    kind: grading
    where: "level == 'village'"
    classes: {advanced: 80, average: 40, backward: 0}
    parts: {work: {title: 实绩, weight: 1, indicators: {visits: {measure: visits, full: 100, points: "value + 90"}}}}
    bars:
      below: {title: 满意率不到九成五, when: satisfaction < 0.95, at_most: average}
      low: {title: 满意率不到八成, when: satisfaction < 0.8, at_most: backward}
commendations:
  yearly:
    title: 年度表彰
    kind: commendation
    awards: {organisation: {}}
    eligible:
      judged: {title: 满意率不低于九成五, when: satisfaction >= 0.95}
      most: {title: 满意率不低于八成, when: satisfaction >= 0.8}
    noticed: noticed
    awarded: awarded
"""
ELIGIBLE = "/office/judgement/commendations/judged-2012/yearly"


@pytest.fixture
def here(db: None) -> Towns:
    """Of the first village two thirds are content; of the second at least nine of ten; of others nobody was asked."""
    found = towns.towns(SCHEME + RULES)
    row = closed(found, (40, 40), {1: 30, 2: 40})
    twice(found, row, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    twice(found, row, 2, counted(40, 0, 0, 0, kept=(30, 10, 0)))
    results.publish(number=row.id, by=found.office())
    return found


def proposal_of(here: Towns) -> Proposal:
    return gradings.propose(by=here.office(), scheme="judged-2012", grading="villages", day=DAY)


def town(here: Towns) -> Actor:
    return replace(here.office(70), organisation=here.towns[0], role="clerk", at=LATER)


def row_of(page: str, name: str) -> str:
    found, *_ = [one for one in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL) if f">{name}<" in one]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_the_proposal_says_of_which_bar_it_is_not_known_and_proposes_nothing(here: Towns) -> None:
    proposal, office = proposal_of(here), desk_of(here, "third", "张三")
    page = office.get(f"/office/judgement/gradings/{proposal.id}")
    second = row_of(page, "第2村")
    assert "没有建议" in second
    assert "不能确定是否“满意率不到九成五”：公布的数只是“至少”" in second
    assert "满意率不到八成" not in second, "nine of ten are no fewer than eight"
    assert "满意率不到八成，最高后进" in row_of(page, "第1村")
    assert "不能确定" not in row_of(page, "第3村"), "nobody was asked"
    assert "没有建议" not in row_of(page, "第3村")
    line = office.get(f"/desk/gradings/{proposal.id}/{here.villages[1]}")
    assert "不能确定是否“满意率不到九成五”" in line
    tried = office.get(f"/office/judgement/gradings/{proposal.id}/whatif?c-advanced=95&c-average=50&c-backward=0")
    assert "一般" in row_of(tried, "第2村"), "where points alone allow no more, the bar makes no difference"


def test_whoever_decides_it_says_why_whichever_class_it_is(here: Towns) -> None:
    proposal, second = proposal_of(here), here.villages[1]

    def decide(grade: str, because: str = "") -> tuple[int, ...]:
        return deciding.decide(
            by=town(here), proposal=proposal.id, chosen={second: grade}, reasons={second: because}, day=DAY
        )

    for grade in ("advanced", "average"):
        with pytest.raises(Problem) as refused:
            decide(grade)
        assert refused.value.code == "gradings.no_reason"
        assert refused.value.place == "第2村"
    (number,) = decide("advanced", "原始票全部是满意")
    assert deciding.decisions(proposal, [second])[second].because == "原始票全部是满意"
    with pytest.raises(Problem) as refused:
        actions.amend(by=town(here), record=number, values={"departure": None}, reason="不要理由", day=DAY)
    assert refused.value.code == "gradings.no_reason"


def test_the_list_of_who_is_eligible_has_them_apart(here: Towns) -> None:
    office = desk_of(here, "third", "张三")
    unsure = office.get(f"{ELIGIBLE}?show=unsure")
    assert "不能确定：公布的数只是“至少”" in row_of(unsure, "第2村")
    assert "满意率至少90" in row_of(unsure, "第2村")
    assert "第1村" not in unsure
    assert "第2村" not in office.get(ELIGIBLE)
    lacking = office.get(f"{ELIGIBLE}?show=lacking")
    assert "第2村" not in lacking
    assert "不能确定：" not in row_of(lacking, "第1村")


def nominate(here: Towns, village: int, **values: object) -> Record:
    own = here.villages[village]
    return actions.file(
        by=replace(here.village(village), at=LATER), scheme="judged-2012", kind="commendation", organisation=own,
        day=DAY, values={"nominee": own, "award": "organisation", **values}, state="nominated",
    )  # fmt: skip


def test_who_may_satisfy_a_condition_is_nominated_and_who_does_not_is_not(here: Towns) -> None:
    with pytest.raises(Problems) as refused:
        nominate(here, 0, grounds="常年走访")
    assert {one.code for one in refused.value.problems} == {"commendations.lacks"}
    assert nominate(here, 1, grounds="常年走访").state == "nominated"
