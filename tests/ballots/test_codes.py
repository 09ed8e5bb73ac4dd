"""Codes on slips: what can be misread is found, and what is typed in another way is understood."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xianfeng.ballots import codes
from xianfeng.crockford import ALPHABET

LETTERS = st.sampled_from(ALPHABET)
CODE = "7K2M-9QX4-TB0W-3HZ8R"
CODES = st.builds(lambda _: codes.fresh(), st.integers())


@given(CODES, st.integers(0, 16), LETTERS)
def test_a_sign_that_is_misread_is_found(code: str, place: int, sign: str) -> None:
    signs = code.replace("-", "")
    assume(signs[place] != sign)
    assert codes.read(signs[:place] + sign + signs[place + 1 :]) == ""


@given(CODES, st.integers(0, 16), st.integers(0, 16))
def test_two_signs_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    signs = list(code.replace("-", ""))
    assume(signs[one] != signs[other])
    signs[one], signs[other] = signs[other], signs[one]
    assert codes.read("".join(signs)) == ""


@given(CODES)
def test_a_code_is_understood_as_people_type_it(code: str) -> None:
    assert codes.read(code) == code
    assert codes.read(code.lower().replace("-", " ")) == code
    assert codes.read(code.replace("-", "").replace("0", "o").replace("1", "l")) == code


def test_codes_differ_and_have_eighty_bits_besides_their_check() -> None:
    made = {codes.fresh().replace("-", "") for _ in range(2_000)}
    assert len(made) == 2_000
    assert {len(code) for code in made} == {17}
    assert {code[0] for code in made} == set(ALPHABET)


def test_what_is_kept_of_a_code_holds_for_one_poll_under_one_key() -> None:
    code = codes.fresh()
    kept = codes.digest(code, poll="a", key=b"k")
    assert kept == codes.digest(code, poll="a", key=b"k")
    assert kept not in {codes.digest(code, poll="b", key=b"k"), codes.digest(code, poll="a", key=b"j")}


@pytest.mark.parametrize("text", ["", CODE, "0" * 63, "g" * 64, "A" * 64, "０" * 64, f"{'0' * 64}\n"])
def test_what_is_kept_of_a_code_is_told_from_anything_else(text: str) -> None:
    assert codes.is_digest(codes.digest(codes.fresh(), poll="a", key=b"k"))
    assert not codes.is_digest(text)
