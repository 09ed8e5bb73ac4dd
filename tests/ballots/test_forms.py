"""A form's answers as bytes: always as many, and back again to what was answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ballots.conftest import FORM
from xianfeng.ballots.forms import Form, Question
from xianfeng.problems import Problem

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "content": st.sampled_from(FORM.questions[0].choices),
        "service": st.sampled_from(FORM.questions[1].choices),
        "code": st.text(st.characters(codec="utf-8"), max_size=90).filter(lambda text: len(text.encode()) <= 90),
    },
)


@given(ANSWERS)
def test_what_was_answered_comes_back_and_its_length_tells_nothing(answers: dict[str, str]) -> None:
    packed = FORM.packed(answers)
    assert len(packed) == FORM.size
    assert FORM.unpacked(packed) == {"content": "", "service": "", "code": "", **answers}


@given(st.binary(min_size=FORM.size, max_size=FORM.size))
def test_any_bytes_are_an_answer_of_the_form_or_none(packed: bytes) -> None:
    try:
        answers = FORM.unpacked(packed)
    except ValueError:
        return
    assert FORM.packed(answers) == packed


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param({"content": "好极了"}, "ballots.answer", id="no choice of the form"),
        pytest.param({"code": "长" * 31}, "ballots.answer_long", id="longer than its question allows"),
    ],
)
def test_what_the_form_does_not_take_is_told(answers: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as told:
        FORM.packed(answers)
    assert told.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda: Question("a", "甲"), id="neither choices nor a limit"),
        pytest.param(lambda: Question("a", "甲", choices=("是",), limit=9), id="both"),
        pytest.param(lambda: Question("a", "甲", choices=("是", "是")), id="a choice twice"),
        pytest.param(lambda: Form(()), id="no questions"),
        pytest.param(lambda: Form((Question("a", "甲", limit=9), Question("a", "乙", limit=9))), id="a name twice"),
    ],
)
def test_a_form_that_cannot_be_asked_is_none(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]
