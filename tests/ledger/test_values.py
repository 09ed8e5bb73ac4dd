"""Every type of field: what is taken, its one canonical form, and what is refused with which code."""

from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.ledger.values import converter
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

CHOICES = {"web": "网络", "press": "报刊", "radio": "广播"}


def convert(type_: FieldType, value: object, **more: Any) -> Any:
    field = Field(name="x", title="项", type=type_, **more)
    return converter(field, "Asia/Shanghai")(value)


@pytest.mark.parametrize(
    ("type_", "value", "canonical", "more"),
    [
        (FieldType.TEXT, " 学党章 ", "学党章", {}),
        (FieldType.TEXT, "é", "é", {}),
        (FieldType.TEXT, 110, "110", {}),
        (FieldType.TEXT, "\ufeff学\u200b党章", "学党章", {}),
        (FieldType.TEXT, "👨\u200d👩", "👨\u200d👩", {}),
        (FieldType.LONG_TEXT, "一\r\n二", "一\n二", {}),
        (FieldType.INTEGER, "１２", 12, {}),
        (FieldType.INTEGER, 12.0, 12, {}),
        (FieldType.INTEGER, Decimal("12"), 12, {}),
        (FieldType.DECIMAL, "3.7", "3.70", {"decimals": 2}),
        (FieldType.DECIMAL, 3.7, "3.70", {"decimals": 2}),
        (FieldType.DECIMAL, "-0.00", "0.00", {"decimals": 2}),
        (FieldType.MONEY, 635, "635.00", {"decimals": 2}),
        (FieldType.PERCENT, "58.41", "58.41", {"decimals": 2}),
        (FieldType.DATE, dt.date(2010, 8, 30), "2010-08-30", {}),
        (FieldType.DATE, "2010-08-30", "2010-08-30", {}),
        (FieldType.DATE, "1949-10-01", "1949-10-01", {}),
        (FieldType.DATE, "2099-12-31", "2099-12-31", {}),
        (FieldType.DATETIME, "2010-08-30 14:30", "2010-08-30T14:30:00+08:00", {}),
        (FieldType.DATETIME, dt.datetime(2010, 8, 30, 6, 30, tzinfo=dt.UTC), "2010-08-30T14:30:00+08:00", {}),
        (FieldType.BOOLEAN, "是", True, {}),
        (FieldType.BOOLEAN, False, False, {}),
        (FieldType.CHOICE, "报刊", "press", {"choices": CHOICES}),
        (FieldType.CHOICE, "press", "press", {"choices": CHOICES}),
        (FieldType.CHOICES, "广播、网络", ["web", "radio"], {"choices": CHOICES}),
        (FieldType.CHOICES, ["radio", "radio"], ["radio"], {"choices": CHOICES}),
        (
            FieldType.TALLY,
            {"党员": "3", "masses": 4},
            {"members": 3, "masses": 4},
            {"groups": {"members": "党员", "masses": "群众"}},
        ),
        (FieldType.PERSON, "17", 17, {}),
    ],
)
def test_one_canonical_form(type_: FieldType, value: object, canonical: object, more: dict[str, Any]) -> None:
    assert convert(type_, value, **more) == canonical


@pytest.mark.parametrize(
    ("type_", "value", "code", "more"),
    [
        (FieldType.TEXT, "一\n二", "ledger.control_character", {}),
        (FieldType.LONG_TEXT, "一\x00二", "ledger.control_character", {}),
        (FieldType.TEXT, "\u202e张三", "ledger.control_character", {}),
        (FieldType.LONG_TEXT, "张\u2066三", "ledger.control_character", {}),
        (FieldType.TEXT, "长" * 501, "ledger.text_too_long", {}),
        (FieldType.TEXT, 3.5, "ledger.not_text", {}),
        (FieldType.INTEGER, "12人", "ledger.not_a_number", {}),
        (FieldType.INTEGER, "1_000", "ledger.not_a_number", {}),
        (FieldType.INTEGER, "1,000", "ledger.not_a_number", {}),
        (FieldType.INTEGER, True, "ledger.not_a_number", {}),
        (FieldType.INTEGER, float("nan"), "ledger.not_a_number", {}),
        (FieldType.INTEGER, "3.5", "ledger.not_whole", {}),
        (FieldType.INTEGER, 10**15, "ledger.too_large", {}),
        (FieldType.INTEGER, -1, "ledger.too_small", {"minimum": Decimal(0)}),
        (FieldType.PERCENT, "101", "ledger.above_maximum", {"decimals": 2, "maximum": Decimal(100)}),
        (FieldType.MONEY, "1.005", "ledger.too_many_places", {"decimals": 2}),
        (FieldType.MONEY, "10000000000000", "ledger.too_large", {"decimals": 2}),
        (FieldType.MONEY, "1e999999", "ledger.too_large", {"decimals": 2}),
        (FieldType.DATE, "2010-02-30", "ledger.not_a_date", {}),
        (FieldType.DATE, "20100830", "ledger.not_a_date", {}),
        (FieldType.DATE, dt.datetime(2010, 8, 30, tzinfo=dt.UTC), "ledger.not_a_date", {}),
        (FieldType.DATE, "0001-01-01", "ledger.year", {}),
        (FieldType.DATE, dt.date.max, "ledger.year", {}),
        (FieldType.DATETIME, "昨天", "ledger.not_a_moment", {}),
        (FieldType.DATETIME, "0001-01-01T00:00", "ledger.year", {}),
        (FieldType.DATETIME, "0001-01-01T00:00+14:00", "ledger.year", {}),
        (FieldType.DATETIME, "9999-12-31T23:59", "ledger.year", {}),
        (FieldType.DATETIME, "9999-12-31T23:59-11:00", "ledger.year", {}),
        (FieldType.BOOLEAN, "也许", "ledger.not_yes_or_no", {}),
        (FieldType.CHOICE, "报纸", "ledger.not_a_choice", {"choices": CHOICES}),
        (FieldType.CHOICES, ["网络", "报纸"], "ledger.not_a_choice", {"choices": CHOICES}),
        (FieldType.CHOICES, 5, "ledger.not_a_list", {"choices": CHOICES}),
        (FieldType.TALLY, {"党员": 1, "members": 1}, "ledger.group_twice", {"groups": {"members": "党员"}}),
        (FieldType.TALLY, {"党员": -1}, "ledger.too_small", {"groups": {"members": "党员"}}),
        (FieldType.TALLY, [1], "ledger.not_a_tally", {"groups": {"members": "党员"}}),
        (FieldType.ORGANISATION, "青口村", "ledger.not_an_id", {}),
        (FieldType.RECORD, 0, "ledger.not_an_id", {}),
        (FieldType.ATTACHMENTS, ["a.pdf"], "ledger.attach_instead", {}),
    ],
)
def test_refused_with_a_code_and_a_hint(type_: FieldType, value: object, code: str, more: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        convert(type_, value, **more)
    assert refused.value.code == code
    assert refused.value.hint


def test_a_misspelt_choice_suggests_the_near_one() -> None:
    with pytest.raises(Problem) as refused:
        convert(FieldType.CHOICE, "pres", choices=CHOICES)
    assert "是不是“press”" in refused.value.hint


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_a_decimal_within_bounds_is_kept_digit_by_digit(scaled: int, places: int) -> None:
    canonical = convert(FieldType.DECIMAL, Decimal(scaled).scaleb(-places), decimals=places)
    whole, _, fraction = canonical.partition(".")
    assert len(fraction) == places
    assert int(whole + fraction) == scaled


@given(
    st.text(), st.sampled_from([FieldType.TEXT, FieldType.INTEGER, FieldType.DATE, FieldType.MONEY, FieldType.DATETIME])
)
def test_no_text_breaks_a_converter(text: str, type_: FieldType) -> None:
    with contextlib.suppress(Problem):
        convert(type_, text or "x", decimals=2)
