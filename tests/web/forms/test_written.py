"""What people write, and what the ledger is handed: nothing is guessed that could be two things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.web.forms import written

PEOPLE = Field(name="people", type=FieldType.INTEGER, title="人数", unit="人")
MONEY = Field(name="amount", type=FieldType.MONEY, title="金额", unit="元", decimals=2)
SHARE = Field(name="share", type=FieldType.PERCENT, title="比例", decimals=2)


@pytest.mark.parametrize(
    ("field", "typed", "taken"),
    [
        (PEOPLE, "12", "12"),
        (PEOPLE, "１，２０４", "1204"),
        (PEOPLE, "1,204 人", "1204"),
        (PEOPLE, "3.2万", "32000"),
        (MONEY, "1.5亿元", "150000000"),
        (MONEY, "3,200.50", "3200.50"),
        (MONEY, "0.5万", "5000"),
        (SHARE, "58.41%", "58.41"),
        (PEOPLE, "1,2", "1,2"),  # one and two, or 1.2: not for us to say
        (PEOPLE, "12户", "12户"),
        (PEOPLE, "约12", "约12"),
        (PEOPLE, "12多", "12多"),
        (PEOPLE, "", ""),
    ],
)
def test_numbers(field: Field, typed: str, taken: str) -> None:
    assert written.number(typed, field) == taken


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("2010-08-30", "2010-08-30"),
        ("2010.8.3", "2010-08-03"),
        ("2010/8/3", "2010-08-03"),
        ("2010年8月3日", "2010-08-03"),
        ("２０１０年８月３日", "2010-08-03"),
        ("20100803", "2010-08-03"),
        ("8月3日", "8月3日"),  # of which year?
        ("10.8.3", "10.8.3"),
    ],
)
def test_days(typed: str, taken: str) -> None:
    assert written.day(typed) == taken


@given(st.decimals(min_value=Decimal("-99999999999"), max_value=Decimal("99999999999"), places=2))
def test_an_amount_comes_back_as_it_was(amount: Decimal) -> None:
    shown = written.shown(MONEY, format(amount, "f"))
    assert Decimal(written.number(shown, MONEY)) == amount


@given(st.text(max_size=30))
def test_whatever_is_typed_is_either_a_number_or_left_alone(text: str) -> None:
    taken = written.number(text, PEOPLE)
    assert taken == text or Decimal(taken) is not None
