"""What voters wrote: typed without a link to a slip, shown by the office beside a result, without details."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.evaluations.towns import Towns, closed, counted
from tests.registry.trees import refused
from xianfeng.evaluations import correcting, freezing, reading, results, sheets, stages, texts
from xianfeng.evaluations.models import EvaluationRound, WrittenAnswer
from xianfeng.log.models import Entry

SAID = ["路灯不亮，打 138 0013 8000 没人接", "会开得太多", ""]


def entered(here: Towns, row: EvaluationRound, pool: int, written: dict[str, list[str]], *, people: int = 15) -> None:
    sheet = counted(people, 5, 5, 0, kept=(people, 10, 0))
    sheets.enter(number=row.id, pool=pool, batch=1, counted=sheet, written=written, by=here.office(1))
    sheets.enter(number=row.id, pool=pool, batch=1, counted=sheet, by=here.office(2))


@pytest.fixture
def row(here: Towns) -> EvaluationRound:
    made = closed(here, (40,), {1: 25})
    entered(here, made, 1, {"advice": SAID})
    return made


def text(word: str) -> UUID:
    return WrittenAnswer.objects.get(text__contains=word).id


def readable(row: EvaluationRound) -> list[str]:
    return [one.text for one in texts.shown(row, [1, 2])]


def test_nobody_reads_a_text_before_the_office_has(here: Towns, row: EvaluationRound) -> None:
    with refused("evaluations.not_now"):
        reading.show(number=row.id, text=text("会"), by=here.office())
    results.publish(number=row.id, by=here.office())
    assert readable(row) == []
    with refused("ledger.wrong_actor"):
        reading.show(number=row.id, text=text("会"), by=here.village(0))
    reading.show(number=row.id, text=text("会"), by=here.office())
    assert readable(row) == ["会开得太多"]


def test_numbers_and_what_the_office_names_are_masked_for_good(here: Towns, row: EvaluationRound) -> None:
    results.publish(number=row.id, by=here.office())
    for word in ("灯", "没有这句"):
        with refused("evaluations.not_hidden"):
            reading.show(number=row.id, text=text("路灯"), hidden=[word], by=here.office())
    assert readable(row) == []
    reading.show(number=row.id, text=text("路灯"), hidden=["没人接"], by=here.office())
    (said,) = readable(row)
    assert said.startswith("路灯不亮")
    assert "8000" not in said
    assert "没人接" not in said
    assert not WrittenAnswer.objects.filter(text__contains="8000").exists()


def test_a_row_of_names_is_masked_unless_the_office_lets_it_stand(here: Towns) -> None:
    row = closed(here, (40,), {1: 25})
    names = "王小明、李大海、张建国"
    entered(here, row, 1, {"advice": [f"感谢{names}", f"表扬{names}"]})
    results.publish(number=row.id, by=here.office())
    reading.show(number=row.id, text=text("感谢"), by=here.office())
    reading.show(number=row.id, text=text("表扬"), standing=[names], by=here.office())
    assert [names in said for said in sorted(readable(row))] == [False, True]


def test_what_was_shown_is_taken_back_with_a_reason_that_stays(here: Towns, row: EvaluationRound) -> None:
    results.publish(number=row.id, by=here.office())
    said = text("会")
    with refused("evaluations.text_unshown"):
        reading.take_back(number=row.id, text=said, reason="点了名", by=here.office())
    reading.show(number=row.id, text=said, by=here.office())
    with refused("evaluations.text_shown"):
        reading.drop(number=row.id, text=said, by=here.office())
    with refused("evaluations.no_reason"):
        reading.take_back(number=row.id, text=said, reason=" ", by=here.office())
    with refused("ledger.wrong_actor"):
        reading.take_back(number=row.id, text=said, reason="点了名", by=here.village(0))
    assert readable(row) == ["会开得太多"]
    reading.take_back(number=row.id, text=said, reason="点了名", by=here.office())
    assert readable(row) == []
    assert [step.body["reason"] for step in stages.steps(row) if step.move == "take_back"] == ["点了名"]
    reading.show(number=row.id, text=said, hidden=["开得"], by=here.office())
    assert "开得" not in readable(row)[0]


def test_of_those_of_whom_nothing_is_told_no_text_is(here: Towns) -> None:
    """Twenty slips came back, eleven of them invalid: nine ballots are too few."""
    row = closed(here, (40, 40), {1: 25, 2: 20})
    entered(here, row, 1, {})
    sheet = counted(5, 2, 2, 0, kept=(5, 4, 0), invalid=11)
    sheets.enter(number=row.id, pool=2, batch=1, counted=sheet, written={"advice": ["会太多"]}, by=here.office(1))
    sheets.enter(number=row.id, pool=2, batch=1, counted=sheet, by=here.office(2))
    results.publish(number=row.id, by=here.office())
    assert 2 not in reading.told(row)
    with refused("evaluations.text_untold"):
        reading.show(number=row.id, text=text("会"), by=here.office())
    reading.drop(number=row.id, text=text("会"), by=here.office())
    assert not WrittenAnswer.objects.exists()


def test_what_a_correction_withdraws_takes_its_texts_along(here: Towns, row: EvaluationRound) -> None:
    results.publish(number=row.id, by=here.office())
    reading.show(number=row.id, text=text("会"), by=here.office())
    fewer = counted(3, 3, 3, 0, kept=(3, 6, 0), invalid=16)
    for person in (3, 4):
        correcting.correct(number=row.id, pool=1, batch=1, counted=fewer, reason="重数", by=here.office(person))
    assert reading.told(row) == set()


def test_no_entry_holds_a_text_and_no_row_tells_the_slip(here: Towns, row: EvaluationRound) -> None:
    results.publish(number=row.id, by=here.office())
    reading.show(number=row.id, text=text("会"), by=here.office())
    reading.drop(number=row.id, text=text("路灯"), by=here.office())
    assert not any(word in entry.body for entry in Entry.objects.all() for word in ("路灯", "开得太多"))
    held = {field.name for field in WrittenAnswer._meta.get_fields()}
    assert held == {"id", "electorate", "question", "text", "shown"}


def test_more_texts_than_ballots_and_texts_on_other_questions_are_refused(here: Towns) -> None:
    row = closed(here, (40,), {1: 25})
    with refused("evaluations.texts"):
        entered(here, row, 1, {"advice": ["好"] * 26})
    with refused("evaluations.no_text"):
        entered(here, row, 1, {"kept": ["好"]})
    assert not WrittenAnswer.objects.exists()


def test_a_round_that_is_given_up_keeps_none(here: Towns, row: EvaluationRound) -> None:
    freezing.annul(number=row.id, reason="票箱没有封", by=here.office())
    assert not WrittenAnswer.objects.exists()
