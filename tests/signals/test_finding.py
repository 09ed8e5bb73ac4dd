"""From what is filed to what its author is asked, what the office is told, and what it lets rest."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone

from tests.ledger.factories import World
from xianfeng.clockwork import ticks
from xianfeng.ledger import actions, attachments
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.signals import answering, finding
from xianfeng.signals.models import Signal
from xianfeng.signals.rules import same_file

TEXT = (
    "上午由支部书记领学两章，下午分三组讨论村里的水渠怎么修，十七名党员发言，记下九条意见，当场定了五条，其余月底答复"
)
OWN = "请县农校的老师到田头讲稻瘟病防治，看了六块田，每户领到一张用药说明，讲完留下电话，病情加重可以再请他来"
CAMPAIGN = "trial-2012"


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def file(world: World, at: int, text: str = TEXT, **changed: Any) -> Record:
    return world.file(by=world.of(at), organisation=at, values={"text": text}, **changed)


def find(today: dt.date) -> list[Signal]:
    finding.find(day=today)
    return list(Signal.objects.order_by("record"))


def test_a_text_of_another_village_with_its_own_name_in_it_is_told_of_the_later(world: World, today: dt.date) -> None:
    first = file(world, world.village, f"青口村{TEXT}")
    later = file(world, world.other_village, f"荆溪村{TEXT}")
    file(world, world.other_village, OWN)
    (one,) = find(today)
    assert (one.record, one.other, one.organisation) == (later.id, first.id, world.other_village)
    assert answering.sentences([one])[0] == f"第 {later.id} 号记录的“内容”与第 {first.id} 号记录有 100% 相同。"


def test_the_same_text_twice_from_one_village_is_told_too(world: World, today: dt.date) -> None:
    first, later = file(world, world.village), file(world, world.village)
    assert [(one.other, one.record) for one in find(today)] == [(first.id, later.id)]


def test_what_a_superior_handed_down_is_not(world: World, today: dt.date) -> None:
    file(world, world.town)
    file(world, world.village)
    assert find(today) == []


def test_drafts_and_what_was_withdrawn_are_not_looked_at(world: World, today: dt.date) -> None:
    file(world, world.village)
    file(world, world.other_village, state="draft")
    assert find(today) == []


def test_one_that_was_mended_is_told_no_more(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village)
    assert len(find(today)) == 1
    actions.amend(by=world.of(world.other_village), record=later.id, values={"text": OWN}, reason="写错了")
    finding.find(day=today)
    assert list(answering.of_author(world.other_village)) == []


def test_looking_again_finds_the_same_and_enters_nothing(world: World, today: dt.date) -> None:
    file(world, world.village)
    file(world, world.other_village)
    (one,) = find(today)
    entries = Entry.objects.count()
    (again,) = find(today + dt.timedelta(days=3))
    assert (again.id, again.found) == (one.id, today)
    assert Entry.objects.count() == entries


def test_the_same_file_on_records_of_two_villages_is_told(world: World, today: dt.date) -> None:
    first, later = file(world, world.village, ""), file(world, world.other_village, "")
    for record, at in ((first, world.village), (later, world.other_village)):
        attachments.attach(by=world.of(at), record=record.id, field="files", name="名单.txt", content=b"\xe5\xbc\xa0")
    (one,) = find(today)
    assert (one.rule, one.record, one.other) == (same_file.NAME, later.id, first.id)
    assert "有同一个文件" in answering.sentences([one])[0]


def test_the_author_is_asked_first(world: World, today: dt.date) -> None:
    file(world, world.village)
    file(world, world.other_village)
    (one,) = find(today)
    assert list(answering.of_author(world.other_village)) == [one]
    assert list(answering.of_author(world.village)) == []
    assert answering.counts(CAMPAIGN, today) == {}
    assert answering.counts(CAMPAIGN, today + answering.TERM) == {world.other_village: 1}


def test_an_explanation_reaches_the_office_at_once_which_lets_it_rest(world: World, today: dt.date) -> None:
    file(world, world.village)
    file(world, world.other_village)
    (one,) = find(today)
    office = world.of(world.city, "office")
    with pytest.raises(Problem, match="还没有说明"):
        answering.dismiss(by=office, signal=one.id, words="已核实")
    answering.explain(by=world.of(world.other_village), signal=one.id, words="两村一起学的，记录是一份")
    (shown,) = answering.told([CAMPAIGN], today)
    assert answering.explanations([shown]) == ("两村一起学的，记录是一份",)
    answering.dismiss(by=office, signal=one.id, words="电话核实，确是联办")
    assert answering.counts(CAMPAIGN, today + answering.TERM) == {}
    (kept,) = find(today)
    assert json.loads(Entry.objects.get(seq=kept.dismissed).body)["words"] == "电话核实，确是联办"


def test_nobody_else_explains_and_only_the_office_lets_it_rest(world: World, today: dt.date) -> None:
    file(world, world.village)
    file(world, world.other_village)
    (one,) = find(today)
    for stranger in (world.of(world.village), world.of(world.other_town), world.of(world.other_village, "leader")):
        with pytest.raises(Problem, match="填报组织"):
            answering.explain(by=stranger, signal=one.id, words="是一样的")
    with pytest.raises(Problem, match="理由"):
        answering.explain(by=world.of(world.other_village), signal=one.id, words=" ")
    answering.explain(by=world.of(world.other_village), signal=one.id, words="是一样的")
    with pytest.raises(Problem, match="活动办公室"):
        answering.dismiss(by=world.of(world.other_town), signal=one.id, words="算了")


def test_the_clockwork_finds_them(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village)
    ticks.run("signals", now=timezone.now())
    assert [one.record for one in answering.of_author(world.other_village)] == [later.id]


def amended(world: World, record: Record, text: str) -> None:
    actions.amend(by=world.of(world.other_village), record=record.id, values={"text": text}, reason="改过")


def test_one_that_becomes_another_question_begins_anew_with_its_author(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village, TEXT[:-10])
    (one,) = find(today)
    answering.explain(by=world.of(world.other_village), signal=one.id, words="有几句一样")
    amended(world, later, TEXT)
    (again,) = find(today + dt.timedelta(days=1))
    assert (again.id, again.told, again.explained) == (one.id, {"share": 100}, None)
    assert answering.counts(CAMPAIGN, today + answering.TERM) == {}, "it is the author's for ten days again"
    assert answering.counts(CAMPAIGN, today + answering.TERM + dt.timedelta(days=1)) == {world.other_village: 1}


def test_what_was_let_rest_is_asked_again_once_it_is_another_question(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village, TEXT[:-10])
    (one,) = find(today)
    answering.explain(by=world.of(world.other_village), signal=one.id, words="有几句一样")
    answering.dismiss(by=world.of(world.city, "office"), signal=one.id, words="只是几句")
    assert list(answering.rested(world.other_village)) == [one]
    amended(world, later, TEXT)
    find(today)
    assert list(answering.of_author(world.other_village)) == [one]
    assert list(answering.rested(world.other_village)) == []


def test_changing_a_record_again_and_again_does_not_put_the_office_off_for_ever(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village)
    for days in range(0, 36, 9):
        amended(world, later, TEXT[: -1 - days])
        find(today + dt.timedelta(days=days))
        told = answering.counts(CAMPAIGN, today + dt.timedelta(days=days))
        assert told == ({} if days < 30 else {world.other_village: 1}), days


def test_mended_and_put_back_before_its_days_are_over_the_office_reads_it_when_it_was_due(
    world: World, today: dt.date
) -> None:
    file(world, world.village)
    later = file(world, world.other_village)
    (one,) = find(today)
    due = today + answering.TERM
    last = due - dt.timedelta(days=1)
    amended(world, later, OWN)
    find(last)
    assert list(answering.of_author(world.other_village)) == []
    assert answering.counts(CAMPAIGN, due) == {}
    amended(world, later, TEXT)
    (back,) = find(due)
    assert (back.id, back.told) == (one.id, {"share": 100})
    assert list(answering.told([CAMPAIGN], due)) == [back]


def test_mended_and_put_back_again_and_again_it_does_not_begin_anew(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village)
    find(today)
    for days in range(2, 50, 2):
        amended(world, later, OWN if days % 4 else TEXT)
        day = today + dt.timedelta(days=days)
        find(day)
        read = answering.counts(CAMPAIGN, day)
        assert read == ({world.other_village: 1} if days >= 10 and not days % 4 else {}), days


def test_mended_and_kept_mended_nobody_reads_it_and_in_the_end_nothing_is_left(world: World, today: dt.date) -> None:
    file(world, world.village)
    later = file(world, world.other_village, TEXT[:-10])
    (one,) = find(today)
    share = one.told["share"]
    amended(world, later, OWN)
    for days in range(1, 31):
        (left,) = find(today + dt.timedelta(days=days))
        assert (left.told, left.beside) == ({}, []), f"no {share} is kept"
        assert not answering.told([CAMPAIGN], today + dt.timedelta(days=days)).exists()
        with pytest.raises(Problem, match="没有这条提示"):
            answering.explain(by=world.of(world.other_village), signal=one.id, words="已经改了")
    assert find(today + dt.timedelta(days=31)) == []


def test_a_file_taken_off_and_put_on_again_is_no_new_question(world: World, today: dt.date) -> None:
    """Its sentence tells nothing besides the records, so nothing but the day it went says that it was gone."""

    def attach(record: Record, at: int) -> None:
        attachments.attach(by=world.of(at), record=record.id, field="files", name="名单.txt", content=b"\xe5\xbc\xa0")

    first, later = file(world, world.village, ""), file(world, world.other_village, "")
    attach(first, world.village)
    attach(later, world.other_village)
    find(today)
    actions.amend(by=world.of(world.other_village), record=later.id, values={"files": []}, reason="传错了")
    find(today + dt.timedelta(days=3))
    assert list(answering.of_author(world.other_village)) == []
    attach(later, world.other_village)
    (back,) = find(today + dt.timedelta(days=5))
    assert list(answering.of_author(world.other_village)) == [back]
    assert back.found == today
