"""From a proposal to what people decided: an entry, its lines, records beside them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.gradings import county
from tests.gradings.county import DAY, County
from tests.log import tampering
from xianfeng.gradings import check, deciding
from xianfeng.gradings.lines import Facts
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.problems import Problem, Problems


@pytest.fixture
def here(db: None) -> County:
    return county.county()


def grades(proposal: Proposal) -> list[str]:
    return [*ProposalLine.objects.filter(proposal=proposal).order_by("organisation").values_list("grade", flat=True)]


def test_a_proposal_is_one_entry_with_its_lines(here: County) -> None:
    proposal = here.proposal()
    # Of the first town one may be advanced: the one with five visits; of the second two are equal, so neither.
    assert grades(proposal) == ["advanced", "average", "backward", "average", "average", "backward"]
    entry = Entry.objects.get(seq=proposal.seq)
    assert json.loads(entry.body)["digest"] == proposal.digest
    line = ProposalLine.objects.get(proposal=proposal, organisation=here.villages[1])
    assert line.total == 80_00
    assert Facts.read(line.facts).values == (Decimal(4),)
    assert list(check.findings()) == []


def test_a_bar_is_in_the_line(here: County) -> None:
    order = {"about": here.villages[0], "problem": "材料不全", "demand": "补齐", "due": "2012-07-01"}
    # Filed at the village: a figure is of what was recorded there.
    actions.file(
        by=here.at(here.villages[0]), scheme="graded-2012", kind="rectification", organisation=here.villages[0],
        day=DAY, values=order, state="issued",
    )  # fmt: skip
    proposal = here.proposal()
    assert grades(proposal)[:2] == ["average", "advanced"], "the quota goes to the next"
    line = ProposalLine.objects.get(proposal=proposal, organisation=here.villages[0])
    assert Facts.read(line.facts).bars == ("open",)


def test_an_order_of_last_year_that_is_still_open_is_a_bar_this_year(db: None) -> None:
    begun = county.SCHEME.replace("runs: {from: 2012-01-01", "runs: {from: 2011-01-01")
    here = county.county(begun.replace("    published: published", "    every: year\n    published: published"))
    order = {"about": here.villages[0], "problem": "材料不全", "demand": "补齐", "due": "2011-12-01"}
    actions.file(
        by=here.at(here.villages[0]), scheme="graded-2012", kind="rectification", organisation=here.villages[0],
        day=dt.date(2011, 6, 1), values=order, state="issued",
    )  # fmt: skip
    proposal = here.proposal()
    assert proposal.since == dt.date(2012, 1, 1)
    assert grades(proposal)[:2] == ["average", "advanced"]


def test_only_the_campaigns_office_proposes(here: County) -> None:
    from xianfeng.gradings import actions as gradings

    with pytest.raises(Problem) as refused:
        gradings.propose(by=here.at(here.towns[0]), scheme="graded-2012", grading="villages", day=DAY)
    assert refused.value.code == "ledger.wrong_actor"


def test_what_was_altered_behind_the_entry_is_found(here: County) -> None:
    proposal = here.proposal()
    tampering.run("UPDATE gradings_proposalline SET grade = 'advanced' WHERE proposal_id = %s", proposal.id)
    assert [finding.code for finding in check.findings()] == ["gradings.differ"]


def decided(here: County, proposal: Proposal, town: int, **more: object) -> tuple[int, ...]:
    chosen = dict.fromkeys(deciding.undecided(proposal, deciding.below(proposal, here.towns[town], DAY)), "")
    given: dict[str, object] = {"chosen": chosen, "reasons": {}, **more}
    return deciding.decide(by=here.at(here.towns[town]), proposal=proposal.id, day=DAY, **given)  # type: ignore[arg-type]


def test_a_town_decides_as_proposed_for_those_below_it(here: County) -> None:
    proposal = here.proposal()
    assert len(decided(here, proposal, 0)) == 3
    found = deciding.decisions(proposal, here.villages)
    assert [found[each].grade for each in here.villages[:3]] == ["advanced", "average", "backward"]
    assert here.villages[3] not in found, "those of the other town are still to be decided"
    record = Record.objects.get(id=found[here.villages[0]].record)
    assert record.organisation == here.towns[0]
    assert json.loads(record.values)["proposal"] == proposal.id


def test_a_departure_says_why(here: County) -> None:
    proposal, village = here.proposal(), here.villages[2]
    with pytest.raises(Problem) as refused:
        decided(here, proposal, 0, chosen={village: "average"})
    assert refused.value.code == "gradings.no_reason"
    decided(here, proposal, 0, chosen={village: "average"}, reasons={village: "新班子上任两个月"})
    found = deciding.decisions(proposal, [village])[village]
    assert (found.grade, found.proposed, found.because) == ("average", "backward", "新班子上任两个月")
    assert found.departs


def test_of_several_every_fault_is_told_each_at_its_organisation(here: County) -> None:
    proposal, (first, second, third, elsewhere, *_rest) = here.proposal(), here.villages
    decided(here, proposal, 0, chosen={first: ""})
    with pytest.raises(Problems) as refused:
        decided(here, proposal, 0, chosen={first: "", second: "backward", third: "", elsewhere: ""})
    assert {(one.place, one.code) for one in refused.value.problems} == {
        ("第1村", "gradings.decided"),
        ("第2村", "gradings.no_reason"),
        ("", "gradings.not_below"),
    }
    with pytest.raises(Problems) as refused:
        decided(here, proposal, 0, chosen={second: "backward", third: "best"}, reasons={third: "情况已经好转"})
    assert {(one.place, one.field) for one in refused.value.problems} == {("第2村", ""), ("第3村 等级", "grade")}
    assert Record.objects.filter(kind="grading").count() == 1


def test_whoever_stands_elsewhere_is_not_decided_about(here: County) -> None:
    proposal = here.proposal()
    with pytest.raises(Problem) as refused:
        decided(here, proposal, 0, chosen={here.villages[3]: ""})
    assert refused.value.code == "gradings.not_below"


def test_a_class_is_decided_once_a_period(here: County) -> None:
    proposal = here.proposal()
    decided(here, proposal, 0)
    again = here.proposal()
    assert again.id == proposal.id + 1
    with pytest.raises(Problem) as refused:
        decided(here, again, 0, chosen={here.villages[0]: ""})
    assert refused.value.code == "gradings.decided"


def test_a_decision_that_was_withdrawn_is_made_again(here: County) -> None:
    proposal, village = here.proposal(), here.villages[2]

    def decide(grade: str = "", because: str = "") -> int:
        made = deciding.decide(
            by=here.at(here.towns[0]),
            proposal=proposal.id,
            chosen={village: grade},
            reasons={village: because},
            day=DAY,
        )
        return made[0]

    first = decide()
    actions.withdraw(by=here.office, record=first, reason="定错了单位")
    assert deciding.decisions(proposal, [village]) == {}
    again = decide()
    assert again != first
    actions.withdraw(by=here.office, record=again, reason="等复核")
    third = decide("average", "两次下村核实，情况已经好转")
    assert deciding.decisions(proposal, [village])[village].record == third
    told = {"target": village, "grade": "backward", "proposed": "backward", "proposal": proposal.id}
    for times in (":2", ":3"):
        with pytest.raises(Problem) as refused:
            actions.file(
                by=here.at(here.towns[0]), scheme="graded-2012", kind="grading", organisation=here.towns[0], day=DAY,
                values=told, reference=f"{deciding.reference(proposal, village)}{times}",
            )  # fmt: skip
        assert refused.value.code in ("gradings.decided", "ledger.reference_taken")
    with pytest.raises(Problem) as refused:
        decide()
    assert refused.value.code == "gradings.decided"
