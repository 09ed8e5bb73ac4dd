"""A round on paper, from preparing to publishing: who may do what, what stands still, and what does not add up."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.evaluations.towns import NOW, SCHEME, VILLAGES, Towns, closed, counted, frozen, roll, towns, twice
from tests.registry.trees import refused
from xianfeng import canonical
from xianfeng.evaluations import electors, freezing, results, sheets, slips, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.ledger import actions, powers, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.log.models import Entry, Seal
from xianfeng.problems import Problems
from xianfeng.registry import actions as registry
from xianfeng.registry.actions import enter, join, leave
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme


def begun(here: Towns) -> EvaluationRound:
    return freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())


def test_one_round_for_each_stretch_of_time(here: Towns) -> None:
    first = begun(here)
    assert (str(first.since), str(first.until)) == ("2012-01-01", "2012-12-31")
    with refused("evaluations.begun"):
        begun(here)
    freezing.annul(number=first.id, reason="名单有误", by=here.office())
    assert begun(here).id != first.id


def test_judged_units_do_nothing_in_their_round(here: Towns) -> None:
    with refused("ledger.wrong_actor"):
        freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.village(0))
    row = begun(here)
    with refused("ledger.wrong_actor"):
        freezing.freeze(number=row.id, roll=roll(30), by=here.village(0))


def test_small_ones_are_asked_together_and_the_entry_says_with_whom(here: Towns) -> None:
    row = frozen(here, 25, 12, 9, 40, 3)
    made = {one.title: one.electors for one in row.electorates.all()}
    assert made == {"第1村": 25, "第2村、第3村": 21, "第4村、第5村": 43}
    entry = Entry.objects.get(stream=stages.STREAM, action="freeze")
    told = json.loads(entry.body)["statement"]["electorates"]
    assert [one["units"] for one in told] == [[VILLAGES[0]], list(VILLAGES[1:3]), list(VILLAGES[3:5])]
    assert Seal.objects.get().size >= entry.seq


def test_a_list_is_told_again_by_its_hash_and_no_name_is_kept(here: Towns) -> None:
    row = frozen(here, 30)
    held = row.electorates.get(number=1)
    (asked,) = (one for one in freezing.read(row).electorates if one.number == 1)
    same = electors.sealed(asked.units, roll(30), bytes(held.salt))
    other = electors.sealed(asked.units, roll(29), bytes(held.salt))
    assert same == asked.hash != other
    assert not any("-000" in entry.body for entry in Entry.objects.all())


def test_too_few_alone_are_not_asked_where_nobody_may_be_put_together(db: None) -> None:
    here = towns(SCHEME.replace("    merged: superior\n", ""))
    row = frozen(here, 25, 12)
    assert [one.title for one in row.electorates.all()] == ["第1村"]


def test_a_list_names_each_fault_with_its_row(here: Towns, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = ["组织代码,参评人员", f"{VILLAGES[0]},甲", "999,乙", f"{VILLAGES[0]},甲", f"{VILLAGES[0]},", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    row = begun(here)
    scheme, rule = stages.rule_of(row)
    units = electors.units(scheme, rule, as_of=head(), day=NOW.date())
    with pytest.raises(Problems) as told:
        electors.listed(path, units)
    assert [problem.place for problem in told.value.problems] == ["第 3 行 A 列", "第 4 行 B 列", "第 5 行 B 列"]


def test_more_slips_than_electors_and_more_back_than_went_out_are_refused_with_where(here: Towns) -> None:
    row = frozen(here, 25, 30)
    with pytest.raises(Problems) as told:
        slips.issue(number=row.id, issued={1: 26, 2: 30}, by=here.office())
    assert [problem.place for problem in told.value.problems] == ["第1村"]
    slips.issue(number=row.id, issued={1: 25, 2: 30}, by=here.office())
    with pytest.raises(Problems) as told:
        slips.close(number=row.id, returned={1: 25, 2: 31}, by=here.office())
    assert [problem.place for problem in told.value.problems] == ["第2村"]


def test_boxes_of_too_few_are_counted_together(here: Towns) -> None:
    row = closed(here, (25, 25, 25), {1: 24, 2: 11, 3: 12})
    assert [(pool.title, pool.returned) for pool in sheets.pools(row)] == [("第1村", 24), ("第2村、第3村", 23)]


def test_no_batch_of_fewer_than_twenty_and_none_is_left_over(here: Towns) -> None:
    row = closed(here, (60,), {1: 45})
    with refused("evaluations.batch_small"):
        sheets.enter(number=row.id, pool=1, batch=1, counted=counted(1, 0, 0, 0, kept=(1, 0, 0)), by=here.office())
    with refused("evaluations.batch_small"):
        sheets.enter(number=row.id, pool=1, batch=1, counted=counted(30, 0, 0, 0, kept=(30, 0, 0)), by=here.office())
    with refused("evaluations.too_many"):
        sheets.enter(number=row.id, pool=1, batch=1, counted=counted(46, 0, 0, 0, kept=(46, 0, 0)), by=here.office())


def test_a_sheet_that_does_not_add_up_is_refused_with_its_question(here: Towns) -> None:
    row = closed(here, (30,), {1: 20})
    wrong = counted(15, 3, 2, 0, kept=(12, 7, 0))
    with pytest.raises(Problems) as told:
        sheets.enter(number=row.id, pool=1, batch=1, counted=wrong, by=here.office())
    assert [problem.field for problem in told.value.problems] == ["kept"]


def test_the_second_reading_is_somebody_elses(here: Towns) -> None:
    row = closed(here, (30,), {1: 20})
    sheet = counted(15, 3, 2, 0, kept=(12, 8, 0))
    sheets.enter(number=row.id, pool=1, batch=1, counted=sheet, by=here.office(1))
    with refused("evaluations.same_hand"):
        sheets.enter(number=row.id, pool=1, batch=1, counted=sheet, by=here.office(1))
    sheets.enter(number=row.id, pool=1, batch=1, counted=sheet, by=here.office(2))
    with refused("evaluations.read_twice"):
        sheets.enter(number=row.id, pool=1, batch=1, counted=sheet, by=here.office(3))


def test_differences_are_told_line_by_line_and_settled_by_a_third_look(here: Towns) -> None:
    row = closed(here, (30,), {1: 20})
    sheets.enter(number=row.id, pool=1, batch=1, counted=counted(15, 3, 2, 0, kept=(12, 8, 0)), by=here.office(1))
    sheets.enter(number=row.id, pool=1, batch=1, counted=counted(14, 4, 2, 0, kept=(12, 8, 0)), by=here.office(2))
    ((batch,),) = ([*pool.batches] for pool in sheets.pools(row))
    assert batch.last.differing == (("satisfied", "good"), ("satisfied", "fair"))
    with refused("evaluations.not_counted"):
        results.publish(number=row.id, by=here.office())
    with refused("evaluations.not_looked"):
        sheets.settle(number=row.id, pool=1, batch=1, looked={("satisfied", "good"): 14}, by=here.office(3))
    looked = {("satisfied", "good"): 14, ("satisfied", "fair"): 4}
    for reader in (1, 2):
        with refused("evaluations.same_hand"):
            sheets.settle(number=row.id, pool=1, batch=1, looked=looked, by=here.office(reader))
    sheets.settle(number=row.id, pool=1, batch=1, looked=looked, by=here.office(3))
    assert sheets.pools(row)[0].done


def test_what_may_be_shown_becomes_records_that_measures_read(here: Towns) -> None:
    row = closed(here, (40, 40), {1: 30, 2: 20})
    twice(here, row, 1, counted(20, 5, 3, 1, kept=(20, 9, 0), invalid=1))
    twice(here, row, 2, counted(19, 1, 0, 0, kept=(11, 9, 0)))
    results.publish(number=row.id, by=here.office())
    found = Record.objects.filter(kind="evaluation_result", organisation=here.villages[0])
    told = {(v["question"], v["answer"]): v["count"] for v in (json.loads(one.values) for one in found)}
    assert told[("satisfied", "good")] == 20
    figures = engine()
    asked = Query(
        scheme=versions.current("judged-2012").hash, measure="good", organisation=here.villages[0], until=NOW.date()
    )
    assert figures.figure(asked).value == 20


def test_a_result_counts_in_the_stretch_that_was_judged_however_long_the_counting_took(here: Towns) -> None:
    row = closed(here, (40,), {1: 30})
    twice(here, row, 1, counted(20, 5, 3, 1, kept=(20, 9, 0), invalid=1))
    results.publish(number=row.id, by=replace(here.office(), at=NOW + dt.timedelta(days=400)))
    days = {one.day for one in Record.objects.filter(kind="evaluation_result")}
    assert days == {dt.date(2012, 12, 31)}


def test_a_unit_founded_after_the_stretch_has_its_result_on_its_first_day(db: None) -> None:
    here = towns(SCHEME.replace("electorate: list", "electorate: list\n    every: month"))
    first = dt.date(2012, 6, 10)
    founding = registry.Founding(
        code="350121100299",
        name="新村",
        type="division",
        level="village",
        parent=here.towns[0],
        category="village",
        founded=first,
    )
    (new,) = registry.found_many(foundings=[founding], by=Actor(kind=ActorKind.IMPORT, id=1))
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=dt.date(2012, 5, 5), by=here.office())
    both = {code: tuple(f"{code}-{n}" for n in range(30)) for code in (VILLAGES[0], "350121100299")}
    freezing.freeze(number=row.id, roll=both, by=here.office())
    slips.issue(number=row.id, issued={1: 30, 2: 30}, by=here.office())
    slips.close(number=row.id, returned={1: 20, 2: 20}, by=here.office())
    for pool in (1, 2):
        twice(here, row, pool, counted(12, 5, 3, 0, kept=(12, 8, 0)))
    results.publish(number=row.id, by=here.office())
    days = dict(Record.objects.filter(kind="evaluation_result").values_list("organisation", "day"))
    assert days == {here.villages[0]: dt.date(2012, 5, 31), new: first}


def test_where_nearly_all_agreed_only_that_answer_is_told(here: Towns) -> None:
    row = closed(here, (40,), {1: 20})
    twice(here, row, 1, counted(19, 1, 0, 0, kept=(11, 9, 0)))
    results.publish(number=row.id, by=here.office())
    found = Record.objects.filter(kind="evaluation_result")
    told = [json.loads(one.values) for one in found]
    assert [(v.get("answer"), v["count"]) for v in told if v["question"] == "satisfied"] == [("good", 18), (None, 2)]
    assert all(v["nearly_all"] == (v["question"] == "satisfied") for v in told)


def test_a_version_of_long_ago_that_asks_an_answer_of_each_result_still_publishes(here: Towns) -> None:
    files = dict(with_libraries({"scheme.yaml": SCHEME}))
    now, then = "answer: {type: choice, title: 选项,", "answer: {type: choice, title: 选项, required: true,"
    (core,) = [name for name, text in files.items() if now in text]
    files[core] = files[core].replace(now, then)
    old = load_package(files, adopted=True)
    assert isinstance(old, Scheme)
    versions._enter(old, files, here.office(), None)  # by today's rules nobody adopts it again
    row = closed(here, (40,), {1: 20})
    twice(here, row, 1, counted(19, 1, 0, 0, kept=(11, 9, 0)))
    results.publish(number=row.id, by=here.office())
    told = [json.loads(one.values) for one in Record.objects.filter(kind="evaluation_result")]
    assert [(v["answer"], v["count"]) for v in told if v["question"] == "satisfied"] == [("good", 18)]


def test_a_share_of_what_nearly_all_agreed_in_is_of_all_valid_ballots_and_a_floor(here: Towns) -> None:
    row = closed(here, (40, 40), {1: 20, 2: 20})
    twice(here, row, 1, counted(20, 0, 0, 0, kept=(11, 9, 0)))
    twice(here, row, 2, counted(10, 6, 4, 0, kept=(11, 9, 0)))
    results.publish(number=row.id, by=here.office())
    scheme, engine_ = versions.current("judged-2012"), engine()

    def asked(measure: str, at: int) -> tuple[object, bool]:
        query = Query(scheme=scheme.hash, measure=measure, organisation=at, until=NOW.date())
        found = engine_.figure(query)
        return found.value, found.is_floor

    first, second = here.villages[:2]
    assert asked("answered", first) == (20, False)
    assert asked("good", first) == (18, True)
    assert asked("satisfaction", first) == (Decimal("0.9"), True)
    assert asked("satisfaction", second) == (Decimal("0.5"), False)
    assert asked("satisfaction", here.county) == (Decimal("0.7"), True)


def test_nobody_files_or_corrects_a_result_by_hand(here: Towns) -> None:
    values = {"evaluation": "yearly", "round": 1, "question": "kept", "answer": "yes", "count": 99, "nearly_all": False}
    with refused("ledger.not_by_hand"):
        actions.file(
            by=here.village(0),
            scheme="judged-2012",
            kind="evaluation_result",
            organisation=here.villages[0],
            day=NOW.date(),
            values=values,
        )
    row = closed(here, (40,), {1: 30})
    twice(here, row, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    results.publish(number=row.id, by=here.office())
    record = Record.objects.filter(kind="evaluation_result").first()
    assert record is not None
    with refused("ledger.not_by_hand"):
        actions.amend(by=here.village(0), record=record.id, values={"count": 99}, reason="改一改")
    with refused("ledger.not_by_hand"):
        actions.withdraw(by=here.office(), record=record.id, reason="不好看")


def test_no_entry_tells_what_was_counted_before_it_may_be_shown(here: Towns) -> None:
    row = closed(here, (40,), {1: 30})
    twice(here, row, 1, counted(23, 7, 0, 0, kept=(29, 1, 0)))
    bodies = [entry.body for entry in Entry.objects.filter(stream=stages.STREAM, action="count")]
    assert len(bodies) == 2
    assert not any("23" in json.loads(body).values() or "satisfied" in body for body in bodies)
    said = {"slips": 30, "invalid": 0, "counts": counted(23, 7, 0, 0, kept=(29, 1, 0)).counts}
    guessed = hashlib.sha256(canonical.dumps(said).encode()).hexdigest()
    assert not any(guessed in body for body in bodies)


def test_members_are_those_of_the_organisation_and_below_it_on_the_day(db: None) -> None:
    asked = SCHEME.replace("level == 'village'", "level == 'township'").replace(
        "electorate: list", "electorate: members"
    )
    here = towns(asked)
    joined = NOW.date() - dt.timedelta(days=1)
    for number in range(24):
        person = enter(code=f"p{number:03}", name=f"党员{number}", day=joined, by=here.office())
        membership = join(person=person, organisation=here.villages[number % 2], day=joined, by=here.office())
        if number < 3:
            leave(membership=membership, day=NOW.date(), by=here.office())
    row = frozen(here)
    assert [(one.title, one.electors) for one in row.electorates.all()] == [("青口镇", 21)]


def test_of_visitors_as_many_count_as_slips_were_handed_out(db: None) -> None:
    here = towns(SCHEME.replace("electorate: list", "electorate: visitors"))
    row = frozen(here)
    assert [one.electors for one in row.electorates.all()] == [0] * len(VILLAGES)
    slips.issue(number=row.id, issued={1: 50, 2: 8, 3: 0, 4: 0, 5: 0, 6: 0}, by=here.office())
    row = slips.close(number=row.id, returned={1: 40, 2: 5, 3: 0, 4: 0, 5: 0, 6: 0}, by=here.office())
    assert [(pool.title, pool.electors, pool.returned) for pool in sheets.pools(row)] == [("第1村、第2村", 58, 45)]


def test_what_the_scheme_no_longer_has_is_not_frozen_and_can_be_annulled(here: Towns) -> None:
    row = begun(here)
    without = SCHEME[: SCHEME.index("evaluations:")]
    after = versions.current("judged-2012").hash
    actions.adopt(
        with_libraries({"scheme.yaml": without}), by=powers.office(versions.current("judged-2012")), after=after
    )
    with refused("evaluations.rule_gone"):
        freezing.freeze(number=row.id, roll=roll(30), by=here.office())
    assert stages.rule_of(row)[1].title == "群众评议"
    freezing.annul(number=row.id, reason="方案改了", by=here.office())
