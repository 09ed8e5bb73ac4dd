"""What figures propose cannot be gone past: not by hand, not by amending, not by an earlier proposal."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.gradings import county
from tests.gradings.county import DAY, SCHEME, County
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem


@pytest.fixture
def here(db: None) -> County:
    return county.county()


def by_hand(here: County, at: int, village: int, *, reference: str | None = None, **values: object) -> Record:
    said = {"target": village, "grade": "advanced", **values}
    return actions.file(
        by=here.at(at), scheme="graded-2012", kind="grading", organisation=at, day=DAY, values=said, reference=reference
    )


def decided(here: County, proposal: Proposal, village: int, **why: str) -> int:
    (number,) = deciding.decide(
        by=here.at(here.towns[0]),
        proposal=proposal.id,
        chosen={village: why.get("grade", "")},
        reasons={village: why.get("because", "")},
        day=DAY,
    )
    return number


def test_what_is_proposed_is_not_filed_by_hand(here: County) -> None:
    proposal, village, town = here.proposal(), here.villages[2], here.towns[0]
    told = {"proposed": "advanced", "proposal": proposal.id}
    for values in ({}, {"proposed": "advanced"}, {"proposal": proposal.id}, told):
        with pytest.raises(Problem) as refused:
            by_hand(here, town, village, **values)
        assert refused.value.code == "gradings.by_hand"
    assert not Record.objects.filter(kind="grading").exists()


def test_the_reference_of_a_decision_lets_nothing_else_through(here: County) -> None:
    proposal, village, (town, other) = here.proposal(), here.villages[2], here.towns
    reference = deciding.reference(proposal, village)
    for at, proposed, code in (
        (town, "advanced", "gradings.not_as_proposed"),
        (village, "backward", "gradings.not_below"),
        (other, "backward", "gradings.not_below"),
    ):
        told = {"proposed": proposed, "proposal": proposal.id, "departure": "另有原因"}
        with pytest.raises(Problem) as refused:
            by_hand(here, at, village, reference=reference, **told)
        assert refused.value.code == code
    decided(here, proposal, village)
    told = {"grade": "backward", "proposed": "backward", "proposal": proposal.id}
    with pytest.raises(Problem) as refused:
        by_hand(here, here.county, village, reference=reference, **told)
    assert refused.value.code == "gradings.decided"


def test_before_anything_is_proposed_a_class_is_filed_from_above(here: County) -> None:
    village, town = here.villages[2], here.towns[0]
    with pytest.raises(Problem) as refused:
        by_hand(here, village, village)
    assert refused.value.code == "gradings.not_below"
    with pytest.raises(Problem) as refused:
        by_hand(here, town, village, proposed="advanced")
    assert refused.value.code == "gradings.by_hand"
    record = by_hand(here, town, village)
    here.proposal()
    told = {"target": here.villages[1], "grade": "backward"}
    with pytest.raises(Problem) as refused:
        actions.amend(by=here.at(town), record=record.id, values=told, reason="换一个", day=DAY)
    assert refused.value.code == "gradings.by_hand"
    actions.amend(by=here.at(town), record=record.id, values={"grade": "average"}, reason="写错了", day=DAY)
    actions.move(by=here.office, record=record.id, move="review", day=DAY)


def test_a_class_filed_by_hand_is_the_periods_decision_until_it_is_withdrawn(here: County) -> None:
    village, town = here.villages[2], here.towns[0]
    record = by_hand(here, town, village)
    proposal = here.proposal()
    assert deciding.decisions(proposal, here.villages)[village].record == record.id
    assert village not in deciding.undecided(proposal, deciding.below(proposal, town, DAY))
    with pytest.raises(Problem) as refused:
        decided(here, proposal, village)
    assert refused.value.code == "gradings.filed_already"
    assert f"这个期间的等级已经登记过（第 {record.id} 号记录）" in refused.value.message
    assert refused.value.place == "第3村"
    told = {"grade": "backward", "proposed": "backward", "proposal": proposal.id}
    with pytest.raises(Problem) as refused:
        by_hand(here, town, village, reference=deciding.reference(proposal, village), **told)
    assert refused.value.code == "gradings.filed_already"
    actions.withdraw(by=here.at(town), record=record.id, reason="登记错了", day=DAY)
    assert decided(here, proposal, village) > record.id


@pytest.mark.parametrize("reference", ["grading:1", "grading:第3村", "{decision}"])
def test_under_no_reference_a_class_filed_by_hand_is_taken_for_one_from_a_proposal(
    here: County, reference: str
) -> None:
    village, town = here.villages[2], here.towns[0]
    later = Proposal(campaign="graded-2012", grading="villages", since=dt.date(DAY.year + 1, 1, 1))
    filed = reference.format(decision=deciding.reference(later, village))  # of a period for which nothing is proposed
    record = by_hand(here, town, village, reference=filed)
    proposal = here.proposal()
    assert deciding.decisions(proposal, [village])[village].record == record.id
    with pytest.raises(Problem) as refused:
        decided(here, proposal, village)
    assert refused.value.code == "gradings.filed_already"


def test_a_class_filed_by_hand_for_another_period_stands_in_no_decisions_way(here: County) -> None:
    village, town = here.villages[2], here.towns[0]
    before = dt.date(DAY.year - 1, 12, 1)
    said = {"target": village, "grade": "advanced"}
    actions.file(by=here.at(town), scheme="graded-2012", kind="grading", organisation=town, day=before, values=said)
    assert decided(here, here.proposal(), village)


def test_a_scheme_without_a_rule_files_classes_by_hand(db: None) -> None:
    rules, measures = SCHEME.index("gradings:"), SCHEME.index("measures:")
    here = county.county(SCHEME[:rules] + SCHEME[measures:])
    assert by_hand(here, here.villages[2], here.villages[2], proposed="advanced").state == "filed"


def test_a_departure_cannot_be_amended_away(here: County) -> None:
    proposal, village = here.proposal(), here.villages[2]
    number = decided(here, proposal, village, grade="advanced", because="新班子上任")
    later = here.proposal()
    for values, code in (
        ({"proposed": "advanced"}, "gradings.not_as_proposed"),
        ({"departure": None}, ""),
        ({"proposal": later.id}, "gradings.other_proposal"),
        ({"proposal": 99}, "gradings.by_hand"),
        ({"proposal": None, "proposed": None}, "gradings.by_hand"),
        ({"target": here.villages[1]}, "gradings.by_hand"),
    ):
        with pytest.raises(Problem) as refused:
            actions.amend(by=here.at(here.towns[0]), record=number, values=values, reason="改", day=DAY)
        assert not code or refused.value.code == code, values
    values = json.loads(Record.objects.get(id=number).values)
    assert (values["proposed"], values["departure"], values["proposal"]) == ("backward", "新班子上任", proposal.id)


def test_a_class_is_altered_with_the_reason(here: County) -> None:
    proposal, village = here.proposal(), here.villages[2]
    number = decided(here, proposal, village)
    here.proposal()
    actions.move(by=here.office, record=number, move="review", day=DAY)
    given = {"grade": "average", "departure": "复核后改定"}
    actions.move(by=here.office, record=number, move="regrade", day=DAY, values=given)
    found = deciding.decisions(proposal, [village])[village]
    assert (found.grade, found.proposed, found.departs) == ("average", "backward", True)


def test_nobody_chooses_an_earlier_proposal(here: County) -> None:
    first, village = here.proposal(), here.villages[2]
    for _ in range(4):
        county.visit(here, village)
    second = here.proposal()
    with pytest.raises(Problem) as refused:
        decided(here, first, village)
    assert refused.value.code == "gradings.outdated"
    told = {"grade": "backward", "proposed": "backward", "proposal": first.id}
    with pytest.raises(Problem) as refused:
        by_hand(here, here.towns[0], village, reference=deciding.reference(first, village), **told)
    assert refused.value.code == "gradings.outdated"
    decided(here, second, village)
    clerk = here.client(here.towns[0], "secretary")
    assert "有更新的建议" in clerk.get(f"/office/judgement/gradings/{first.id}").content.decode()
    assert "有更新的建议" not in clerk.get(f"/office/judgement/gradings/{second.id}").content.decode()


def test_no_form_is_offered_of_what_is_decided_from_proposals(here: County) -> None:
    clerk = here.client(here.towns[0], "clerk")
    assert clerk.get("/desk/graded-2012/visit/new").status_code == 200
    assert clerk.get("/desk/graded-2012/grading/new").status_code == 404
    assert "/desk/graded-2012/grading/new" not in clerk.get("/desk/").content.decode()


def test_numbers_that_are_none_are_refused(here: County) -> None:
    proposal, village = here.proposal(), here.villages[2]
    office = here.client(here.county, "office")
    page = f"/office/judgement/gradings/{proposal.id}"
    for typed in ("NaN", "Infinity", "-NaN"):
        assert "起点分数要是数字" in office.get(f"{page}/whatif?c-average={typed}").content.decode()
    for path in (f"{proposal.id}/{10**25}", f"{10**25}/{village}"):
        assert office.get(f"/desk/gradings/{path}").status_code == 404
    for key in ("9" * 500, "9" * 30):
        assert office.post(f"{page}/decide", {f"g-{key}": "advanced"}).status_code == 302
    assert not Record.objects.filter(kind="grading").exists()


def test_of_many_decided_together_each_is_asked_and_as_many_queries_are_made(here: County) -> None:
    proposal = here.proposal()

    def rows(villages: tuple[int, ...], **said: object) -> list[Row]:
        given = {"grade": "average", "proposed": "average", "departure": "", "proposal": proposal.id, **said}
        return [
            Row(
                organisation=here.county,
                day=DAY,
                values={**given, "target": here.villages[one]},
                reference=deciding.reference(proposal, here.villages[one]),
            )
            for one in villages
        ]

    many = []
    for villages in ((1, 3), (1, 3, 4)):
        with CaptureQueriesContext(connection) as queries, pytest.raises(Problem) as refused:
            file_many(here, [*rows(villages), *rows((2,))])  # of the third village another class was proposed
        assert (refused.value.code, refused.value.row) == ("gradings.not_as_proposed", len(villages) + 1)
        many.append(len(queries))
    assert many[0] == many[1]
    assert len(file_many(here, rows((1, 3, 4)))) == 3


def file_many(here: County, rows: list[Row]) -> tuple[int, ...]:
    return actions.file_many(by=here.office, scheme="graded-2012", kind="grading", rows=rows)
