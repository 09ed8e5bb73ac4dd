"""A plan from its frame to the reveal: sealed before the value can be known, drawn once, told to nobody too early."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.duties.offices import day
from tests.inspections.plans import KNOWN, PREPARED, SEALED, VALUE, County, county
from xianfeng.inspections import check, drawing, outcome, planning, visiting
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.planning import Wanted
from xianfeng.inspections.stages import Stage, last, steps
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify
from xianfeng.problems import Problem
from xianfeng.signals.models import Signal
from xianfeng.vault.models import PersonalValue

LATER = "2012-06-20 10:00"
VILLAGES = {"青口村", "东台村", "荆溪村"}


@pytest.fixture
def one(db: None) -> County:
    return county()


def go(one: County, visit: DrawnVisit, moment: str = LATER) -> Record:
    """Visit a unit, as whoever was drawn for it."""
    (code,) = visit.inspectors
    values = {"about": visit.organisation, "form": "random", "approval": visit.plan.approval}
    record = one.office.file("inspection_visit", "福州市", moment, values)
    visiting.visited(visit=visit.pk, record=record, by=one.by(code.removeprefix("P-"), moment))
    return record


def titles(row: InspectionPlan, stratum: str = "") -> set[str]:
    return {unit.title for unit in Frame.read(row.frame).units if not stratum or unit.stratum == stratum}


def test_the_frame_has_the_units_of_each_stratum_with_a_share_rounded_up(one: County) -> None:
    row = one.prepared()
    assert titles(row, "村") == VILLAGES
    assert titles(row, "乡镇") == {"青口镇", "荆溪镇"}
    assert {stratum.name: stratum.size for stratum in Frame.read(row.frame).strata} == {"村": 2, "乡镇": 1}


def test_whoever_was_visited_within_the_span_cannot_be_drawn(one: County) -> None:
    about = one.office.number["青口村"]
    one.office.file("inspection_visit", "福州市", "2012-01-05 10:00", {"about": about, "form": "regular"})
    frame = Frame.read(one.prepared().frame)
    assert [unit.title for unit in frame.excluded("村")] == ["青口村"]


def test_an_inspector_who_holds_an_office_there_is_kept_away_by_the_frame(one: County) -> None:
    frame = Frame.read(one.prepared().frame)
    barred = {each.code: len(each.conflicts) for each in frame.inspectors}
    assert barred == {"P-督查员一": 0, "P-督查员二": 3}  # 青口镇 and its two villages


def test_strata_by_a_measure(one: County) -> None:
    for moment in ("2012-03-01 09:00", "2012-03-02 09:00"):
        one.visits("东台村", moment)
    one.visits("荆溪村", "2012-03-01 09:00")
    row = one.prepared("busy")
    assert titles(row, "走访多的") == {"东台村"}
    assert titles(row, "其他") == {"青口村", "荆溪村"}


def test_strata_may_ask_for_signals_that_their_author_has_had_his_days_for(one: County) -> None:
    one.visits("东台村", "2012-03-01 09:00")
    one.visits("东台村", "2012-03-02 09:00")
    for village, found in (("荆溪村", "2012-05-20"), ("青口村", "2012-06-01")):
        at = one.office.number[village]
        asked: dict[str, Any] = {"rule": "same_file", "field": "files", "record": at, "organisation": at, "other": 1}
        days = dict.fromkeys(("begun", "found"), day(found))
        Signal.objects.create(campaign=one.office.scheme.name, told={}, beside=[], **days, **asked)
    row = one.prepared("doubtful")
    assert titles(row, "先去的") == {"东台村", "荆溪村"}
    assert titles(row, "其他") == {"青口村"}


def test_recipients_are_drawn_as_records_and_named_by_number_only(one: County) -> None:
    one.visits("东台村", "2012-03-01 09:00")
    one.visits("东台村", "2012-03-02 09:00")
    row = one.prepared("calls")
    frame = Frame.read(row.frame)
    assert {unit.code for unit in frame.units} == {str(number) for number in row.organisations}
    assert [stratum.size for stratum in frame.strata] == [1]
    assert set(row.organisations.values()) == {one.office.number["东台村"]}


def test_the_fingerprint_and_the_commitment_are_entered_before_the_value_can_be_known(one: County) -> None:
    row = one.sealed()
    sealed = last(steps(row), "seal")
    assert sealed is not None
    assert sealed.body["fingerprint"] == Frame.read(row.frame).fingerprint.hex()
    assert sealed.body["known"] == KNOWN[:10]
    one.visits("东台村", "2012-03-01 09:00")
    late = one.prepared("calls", approval="榕督〔2012〕4号")
    with pytest.raises(Problem, match=r"lots\.known"):
        planning.seal(plan=late.id, by=one.by("甲", KNOWN))


def test_a_frame_can_be_drawn_up_again_until_it_is_sealed(one: County) -> None:
    row = one.prepared()
    before = row.frame
    one.office.found("350121100299", "新村", "青口镇", "2012-06-01")
    wanted = Wanted(inspection="quarterly", title="季度督查", approval=row.approval, known=row.known, value="某期")
    again = planning.prepare_again(plan=row.id, wanted=wanted, by=one.by("甲", PREPARED))
    assert "新村" in titles(again)
    assert again.frame != before
    planning.seal(plan=row.id, by=one.by("甲", SEALED))
    with pytest.raises(Problem, match="wrong_stage"):
        planning.prepare_again(plan=row.id, wanted=wanted, by=one.by("甲", SEALED))


def test_nothing_is_drawn_before_the_day_and_nothing_twice(one: County) -> None:
    row = one.sealed()
    with pytest.raises(Problem, match="too_early"):
        drawing.draw(plan=row.id, value=VALUE, by=one.by("甲", "2012-06-07 23:00"))
    drawing.draw(plan=row.id, value=VALUE, by=one.by("甲", KNOWN))
    with pytest.raises(Problem, match="wrong_stage"):
        drawing.draw(plan=row.id, value="另一组号码", by=one.by("甲", KNOWN))


def test_no_entry_tells_who_was_drawn_before_it_is_revealed(one: County) -> None:
    row = one.drawn()
    drawn = [visit.unit for visit in row.visits.all()]
    assert len(drawn) == 3
    bodies = " ".join(Entry.objects.filter(stream="inspection").values_list("body", flat=True))
    assert not any(f'"{code}"' in bodies for code in drawn)


def test_a_second_plan_waits_for_the_reveal_or_a_reason(one: County) -> None:
    row = one.sealed()
    with pytest.raises(Problem, match="open_plan"):
        one.prepared(approval="榕督〔2012〕4号")
    with pytest.raises(Problem, match="no_reason"):
        planning.make_void(plan=row.id, reason=" ", by=one.by("甲", KNOWN))
    planning.make_void(plan=row.id, reason="名册漏了新村", by=one.by("甲", KNOWN))
    one.prepared(approval="榕督〔2012〕4号")


def test_one_approval_is_drawn_by_once(one: County) -> None:
    row = one.drawn()
    planning.make_void(plan=row.id, reason="抽到的都不想去", by=one.by("甲", KNOWN))
    again = one.prepared(approval=row.approval)
    with pytest.raises(Problem, match="approval_used"):
        planning.seal(plan=again.id, by=one.by("甲", SEALED))


def test_only_whoever_was_drawn_enters_the_visit(one: County) -> None:
    row = one.drawn()
    visit = next(each for each in row.visits.all() if each.inspectors == ("P-督查员一",))
    values = {"about": visit.organisation, "form": "random", "approval": row.approval}
    record = one.office.file("inspection_visit", "福州市", LATER, values)
    with pytest.raises(Problem, match="not_yours"):
        visiting.visited(visit=visit.pk, record=record, by=one.by("督查员二", LATER))
    visiting.visited(visit=visit.pk, record=record, by=one.by("督查员一", LATER))
    with pytest.raises(Problem, match="已经登记"):
        visiting.missed(visit=visit.pk, reason="不在家", by=one.by("督查员一", LATER))


def test_each_inspector_finds_the_visits_for_which_he_was_drawn(one: County) -> None:
    row = one.drawn()
    sent = {visit.unit: visit.inspectors for visit in row.visits.all()}
    assert len(sent) == 3
    for who in ("督查员一", "督查员二"):
        own = visiting.mine(one.office.people[who])
        assert {visit.unit for visit in own} == {unit for unit, codes in sent.items() if f"P-{who}" in codes}
    assert visiting.mine(one.office.people["甲"]) == []


@pytest.mark.parametrize("other", ["about", "form", "approval", "kind"])
def test_a_record_of_another_unit_or_another_occasion_is_not_that_of_the_visit(one: County, other: str) -> None:
    row = one.drawn()
    visit = next(each for each in row.visits.all() if each.inspectors == ("P-督查员一",))
    elsewhere = next(each for each in row.organisations.values() if each != visit.organisation)
    wrong = {"about": elsewhere, "form": "regular", "approval": "榕督〔2011〕9号"}
    values = {"about": visit.organisation, "form": "random", "approval": row.approval}
    if other == "kind":
        record = one.office.file("finding", "福州市", LATER, {"about": visit.organisation, "text": "承诺没有上墙"})
    else:
        record = one.office.file("inspection_visit", "福州市", LATER, {**values, other: wrong[other]})
    with pytest.raises(Problem, match=r"inspections\.other_record"):
        visiting.visited(visit=visit.pk, record=record, by=one.by("督查员一", LATER))


def test_the_draw_is_revealed_after_the_last_visit_and_anybody_repeats_it(one: County) -> None:
    row = one.drawn()
    *others, final = row.visits.order_by("number")
    for visit in others:
        go(one, visit)
    assert visiting.outcome(row) is None
    with pytest.raises(Problem, match="unfinished"):
        visiting.reveal(plan=row.id, by=one.by("甲", LATER))
    (code,) = final.inspectors
    visiting.missed(visit=final.pk, reason="山洪断路", by=one.by(code.removeprefix("P-"), LATER))
    row = visiting.reveal(plan=row.id, by=one.by("甲", LATER))
    published = visiting.outcome(row)
    assert published is not None
    sealed = last(steps(row), "seal")
    assert sealed is not None
    assert outcome.faults(published, fingerprint=sealed.body["fingerprint"]) == ()
    assert [visit.unit for visit in published.visits] == [visit.unit for visit in row.visits.order_by("number")]
    assert list(check.findings("default")) == []


@pytest.mark.parametrize("change", ["size", "unit"])
def test_verify_finds_a_frame_that_was_changed_after_the_sealing(one: County, change: str) -> None:
    row = one.sealed()
    said = json.loads(row.frame)
    if change == "size":
        said["strata"][0]["size"] = 1
    else:
        said["units"][0]["visited"] = "2012-06-01"
    InspectionPlan.objects.filter(id=row.id).update(frame=json.dumps(said))
    assert [finding.code for finding in check.findings("default")] == ["inspections.changed"]


@pytest.mark.parametrize("change", ["void", "gone", "back"])
def test_verify_finds_a_sealed_plan_that_was_put_aside_past_the_entries(one: County, change: str) -> None:
    row = InspectionPlan.objects.filter(id=one.sealed().id)
    if change == "void":
        row.update(stage=Stage.VOID, frame="{}")
    elif change == "back":
        row.update(stage=Stage.PREPARED, fingerprint="")
    else:
        row.delete()
    assert {finding.code for finding in check.findings("default")} == {"inspections.changed"}


def test_verify_finds_visits_that_are_not_those_revealed(one: County) -> None:
    row = one.drawn()
    for visit in row.visits.order_by("number"):
        go(one, visit)
    visiting.reveal(plan=row.id, by=one.by("甲", LATER))
    assert list(check.findings("default")) == []
    going = row.visits.get(number=1).going.get()
    going.code = "P-督查员二" if going.code == "P-督查员一" else "P-督查员一"
    going.save()
    assert [finding.code for finding in check.findings("default")] == ["inspections.changed"]


def test_a_plan_given_up_by_its_office_is_no_fault(one: County) -> None:
    planning.make_void(plan=one.drawn().id, reason="山洪", by=one.by("甲", KNOWN))
    assert list(check.findings("default")) == []


def test_only_the_campaigns_office_makes_plans(one: County) -> None:
    with pytest.raises(Problem, match="wrong_actor"):
        planning.seal(plan=one.prepared().id, by=one.office.by("闽侯县", SEALED))


# By hand


def lines(row: InspectionPlan) -> str:
    """The second and third village by the numbers on the slips, each with an inspector who may go there."""
    frame = Frame.read(row.frame)
    inspectors = {each.code: n for n, each in enumerate(frame.inspectors, start=1)}
    return "\n".join(f"{n} {inspectors['P-督查员一']}" for n, _ in drawing.slips(frame)[1:])


def typed(one: County, row: InspectionPlan, text: str) -> InspectionPlan:
    scan = ("摇号单.pdf", b"%PDF-1.7 ")
    return drawing.enter(plan=row.id, lines=text, witnesses="群众代表林某", scan=scan, by=one.by("甲", KNOWN))


def confirm(one: County, row: InspectionPlan, who: str = "乙") -> InspectionPlan:
    """Of what is typed there now."""
    return drawing.confirm(plan=row.id, seen=drawing.typed(row).seq, by=one.by(who, KNOWN))


def test_a_draw_by_hand_is_typed_by_one_and_confirmed_by_another(one: County) -> None:
    row = one.sealed("witnessed")
    row = typed(one, row, lines(row))
    with pytest.raises(Problem, match="own_typing"):
        confirm(one, row, "甲")
    row = confirm(one, row)
    drawn = [unit.code for _, unit in drawing.slips(Frame.read(row.frame))[1:]]
    assert [visit.unit for visit in row.visits.order_by("number")] == drawn


def test_a_signed_sheet_that_was_put_in_anothers_place_is_noticed(one: County) -> None:
    row = one.sealed("witnessed")
    typed(one, row, lines(row))
    assert verify().faults == ()
    watched = PersonalValue.objects.get(record=row.id, field="witnesses")
    PersonalValue.objects.filter(record=row.id, field="sheet").update(ciphertext=watched.ciphertext)
    assert [fault.code for fault in verify().faults] == ["vault.changed"]


def other(row: InspectionPlan) -> None:
    """Put the village that was not drawn into the place of one that was, past the entries."""
    eligible = {unit.code for _, unit in drawing.slips(Frame.read(row.frame))}
    (left,) = eligible - {visit.unit for visit in row.visits.all()}
    row.visits.filter(number=1).update(unit=left, organisation=row.organisations[left])


def test_what_was_typed_cannot_become_another_draw_before_it_is_confirmed(one: County) -> None:
    row = one.sealed("witnessed")
    row = typed(one, row, lines(row))
    other(row)
    with pytest.raises(Problem, match=r"inspections\.altered"):
        confirm(one, row)


def test_a_draw_by_hand_is_revealed_as_it_was_entered_or_not_at_all(one: County) -> None:
    row = one.sealed("witnessed")
    row = confirm(one, typed(one, row, lines(row)))
    drawn = drawing.drawn(row)
    other(row)
    for visit in row.visits.all():
        visiting.missed(visit=visit.pk, reason="山洪断路", by=one.by("督查员一", LATER))
    with pytest.raises(Problem, match=r"inspections\.altered"):
        visiting.reveal(plan=row.id, by=one.by("甲", LATER))
    unit = drawn[0].unit
    row.visits.filter(number=1).update(unit=unit, organisation=row.organisations[unit])
    revealed = last(steps(visiting.reveal(plan=row.id, by=one.by("甲", LATER))), "reveal")
    assert revealed is not None
    assert [said["unit"] for said in revealed.body["visits"]] == [visit.unit for visit in drawn]
    assert list(check.findings("default")) == []


def test_what_was_mistyped_is_typed_again(one: County) -> None:
    row = one.sealed("witnessed")
    typed(one, row, lines(row))
    row = drawing.send_back(plan=row.id, reason="第二个号看错了", by=one.by("乙", KNOWN))
    assert (row.stage, row.visits.count()) == (Stage.SEALED, 0)
    typed(one, row, lines(row))


def test_who_confirms_has_seen_what_he_confirms(one: County) -> None:
    row = one.sealed("witnessed")
    seen = drawing.typed(typed(one, row, lines(row))).seq
    drawing.send_back(plan=row.id, reason="第二个号看错了", by=one.by("甲", KNOWN))
    first, second = lines(row).splitlines()
    typed(one, row, f"{second}\n{first}")
    before = Entry.objects.count()
    for other_ in (seen, 0):
        with pytest.raises(Problem, match=r"lots\.typed_anew"):
            drawing.confirm(plan=row.id, seen=other_, by=one.by("乙", KNOWN))
    row.refresh_from_db()
    assert (row.stage, Entry.objects.count()) == (Stage.TYPED, before)
    assert confirm(one, row).stage == Stage.DRAWN


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 1\n9 1", "inspections.slip"),
        ("1 1\n1 1", "inspections.slip"),
        ("1 1\n二 1", "lots.slip"),
        ("1 1", "inspections.count"),
        ("1\n2 1", "inspections.inspectors"),
        ("1 1 2\n2 1", "inspections.inspectors"),
        ("1 2\n3 1", "inspections.conflict"),
    ],
)
def test_what_cannot_have_been_drawn_is_refused(one: County, text: str, told: str) -> None:
    with pytest.raises(Problem, match=told):
        typed(one, one.sealed("witnessed"), text)


def test_a_draw_by_hand_names_its_witnesses_and_they_can_be_erased(one: County) -> None:
    row = one.sealed("witnessed")
    with pytest.raises(Problem, match="no_witness"):
        drawing.enter(plan=row.id, lines=lines(row), witnesses="", scan=("a.pdf", b"%PDF-1.7 "), by=one.by("甲", KNOWN))
    entered = last(steps(typed(one, row, lines(row))), "type")
    assert entered is not None
    assert entered.body["witnesses"].startswith("vault:")


def test_a_frame_drawn_by_hand_is_not_drawn_by_a_value(one: County) -> None:
    with pytest.raises(Problem, match="当众摇号"):
        drawing.draw(plan=one.sealed("witnessed").id, value=VALUE, by=one.by("甲", KNOWN))
    with pytest.raises(Problem, match="by_value"):
        typed(one, one.sealed(approval="榕督〔2012〕4号"), "1 1")
