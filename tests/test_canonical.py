"""One value, one text: the rules of RFC 8785, with what it leaves to the application."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.canonical import dumps, frame, keys, member


class Colour(StrEnum):
    RED = "红"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
        ({"a b": 1, "a": 2, "a!": 3}, '{"a":2,"a b":1,"a!":3}'),
        ("\u20ac$\u000f\nA'\u0042\u0022\u005c\\\"/", '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),  # RFC 8785, 3.2.2
        ("\u007f\u2028", '"\u007f\u2028"'),
        (Decimal("58.40"), '"58.40"'),
        (Decimal("1E+3"), '"1000"'),
        (dt.date(2010, 8, 30), '"2010-08-30"'),
        (
            dt.datetime(2010, 8, 30, 16, tzinfo=dt.timezone(dt.timedelta(hours=8))),
            '"2010-08-30T08:00:00.000000Z"',
        ),
        (Colour.RED, '"红"'),
        ("e\u0301", '"\u00e9"'),
        ({"e\u0301": 1}, '{"\u00e9":1}'),
        (-(2**53), "-9007199254740992"),
    ],
)
def test_canonical_text(value: Any, text: str) -> None:
    assert dumps(value) == text


def test_keys_are_ordered_by_utf16() -> None:
    """The example of RFC 8785, 3.2.3; its last key has another form in NFC, and so another place."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u05d3\u05bc", "\u20ac", "\U0001f600"]
    assert list(json.loads(dumps(dict.fromkeys(keys, 0)))) == ordered
    assert list(json.loads(dumps({"\uffe5": 0, "\U0001f600": 0}))) == ["\U0001f600", "\uffe5"]


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        2**53 + 1,
        Decimal("NaN"),
        {1: 2},
        {1: 2, "中": 3},
        b"",
        "\ud800",
        {"\u00e9": 1, "e\u0301": 2},
        dt.datetime(2010, 8, 30),  # noqa: DTZ001
        {1, 2},
        object(),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        dumps({"value": value})


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def composed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {composed(key): composed(item) for key, item in value.items()}
    return value


@given(plain)
def test_the_text_is_json_of_the_same_value_and_stays_itself(value: Any) -> None:
    try:
        text = dumps(value)
    except ValueError:
        return  # keys that are one in NFC
    assert json.loads(text) == composed(value)
    assert dumps(json.loads(text)) == text


def test_a_text_is_searched_for_one_member() -> None:
    kept = '{"award":"先进","n":12,"who":"\\"award\\":\\"一般\\""}'
    assert member("award", "先进") in kept
    assert member("n", 12) in kept
    assert member("award", "一般") not in kept, "it stands in a text"


MAPPINGS = st.dictionaries(st.text("abå%s{\"'", max_size=4), st.integers(0, 9) | st.text("a%å", max_size=3), max_size=6)


@given(MAPPINGS, st.data())
def test_a_frame_filled_in_is_the_whole_text(whole: dict[str, Any], data: st.DataObject) -> None:
    left = data.draw(st.sets(st.sampled_from(sorted(whole)))) if whole else set()
    fixed = {key: value for key, value in whole.items() if key not in left}
    texts = tuple(dumps(whole[key]) for key, _ in keys(whole) if key in left)
    assert frame(fixed, left) % texts == dumps(whole)
