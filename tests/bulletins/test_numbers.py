"""Numbers as the office prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.bulletins.numbers import finer, parse_show, printed, rounds_to_zero, spoken
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Display


def shown(value: object, show: str) -> str:
    return printed(None if value is None else Decimal(str(value)), parse_show(show, Display()))


@pytest.mark.parametrize(
    ("value", "show", "text"),
    [
        (383, "plain", "383"),
        ("2.5", "plain", "3"),
        ("2.675", "plain:2", "2.68"),
        ("-2.5", "plain", "-3"),
        ("0.178462", "percent", "18%"),
        ("0.204962", "percent", "20%"),
        ("0.5841", "percent:2", "58.41%"),
        ("0.005", "percent", "1%"),
        ("-0.004", "percent", "0%"),
        (37012, "wan:1", "3.7万"),
        (36950, "wan:1", "3.7万"),
        (40000, "wan:1", "4万"),
        ("45000.00", "wan:1", "4.5万"),
        ("636100000000.00", "yi", "6361亿"),
        (19823, "lower_bound:100", "19800多"),
        (19823, "lower_bound:100:余", "19800余"),
        (19800, "lower_bound:100", "19800"),
        (99, "lower_bound:100", "99"),
        (0, "words", "零"),
        (2, "words", "两"),
        (5, "words", "五"),
        (10, "words", "十"),
        (12, "words", "十二"),
        (20, "words", "二十"),
        (100, "words", "百"),
        (105, "words", "一百零五"),
        (200, "words", "二百"),
        (325, "words", "三百二十五"),
        (1010, "words", "一千零一十"),
        (2000, "words", "两千"),
        (10001, "words", "一万零一"),
        (120000, "words", "十二万"),
        (100010000, "words", "一亿零一万"),
        (-3, "words", "负三"),
        (1, "all_or_percent", "所有"),
        ("0.995", "all_or_percent:1", "99.5%的"),
        ("0.99999", "all_or_percent:1", "99.9%的"),
        (None, "plain", "未报"),
        (None, "percent", "未报"),
    ],
)
def test_styles(value: object, show: str, text: str) -> None:
    assert shown(value, show) == text


def test_the_measures_own_style_stands_where_none_is_asked() -> None:
    own = Display(style="lower_bound", step=100, word="余")
    assert parse_show("", own) == own
    assert parse_show("lower_bound", own) == own
    assert printed(1, parse_show("all_or_percent", own)) == "所有"


def test_all_may_be_said_of_each() -> None:
    each = Display(style="all_or_percent", word="各")
    assert (printed(1, each), printed(Decimal("0.97"), each)) == ("各", "97%的")
    assert printed(19823, parse_show("lower_bound:100", each)) == "19800多"


@pytest.mark.parametrize(
    "show",
    [
        "roman",
        "plain:x",
        "plain:-2",
        "plain:7",
        "plain:1:1",
        "wan:١",
        "lower_bound:0",
        "lower_bound:-5",
        "lower_bound:",
        "lower_bound:100:万",
        "lower_bound:100:",
        "lower_bound:100:多:余",
        "all_or_percent:各",
    ],
)
def test_an_unknown_style_is_told(show: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_show(show, Display())
    assert refused.value.code == "bulletin.unknown_style"


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=10**5))
def test_a_lower_bound_is_never_above_the_value(value: int, step: int) -> None:
    text = printed(value, Display(style="lower_bound", step=step))
    bound = int(text.rstrip("多"))
    assert bound <= value
    assert text.endswith("多") == (bound < value)


DIGITS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def read(words: str) -> int:
    """A reader of Chinese numerals, written apart from the writer."""
    total = section = digit = 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif UNITS[character] < 10**4:
            section += (digit or 1) * UNITS[character]
            digit = 0
        else:
            total = (
                (total + section + digit or 1) * UNITS[character]
                if UNITS[character] == 10**8
                else total + (section + digit or 1) * UNITS[character]
            )
            section = digit = 0
    return total + section + digit


@given(st.integers(min_value=0, max_value=10**12))
def test_words_read_back_as_the_number(value: int) -> None:
    assert read(printed(value, Display(style="words"))) == value


@given(st.decimals(min_value=0, max_value=1, places=6))
def test_all_is_said_of_all_alone(value: Decimal) -> None:
    text = printed(value, Display(style="all_or_percent", places=1))
    assert (text == "所有") == (value == 1)
    assert not text.startswith("100")


@pytest.mark.parametrize(
    ("value", "show", "unit", "text"),
    [
        ("0.178462", "percent", "", "17.8462%"),
        ("1.000000", "all_or_percent", "", "100%"),
        ("636100000000.00", "yi", "元", "6361亿元"),
        ("539756123456.50", "yi", "元", "5397.5612亿元（539756123456.5元）"),
        ("37012", "wan:1", "名", "37012名"),
        ("1.000000", "plain", "", "1"),
        ("100", "words", "个", "100个"),
        ("0.00", "plain", "元", "0元"),
        ("-0.05", "percent", "", "-5%"),
    ],
)
def test_an_exact_value_is_told_as_people_read_it(value: str, show: str, unit: str, text: str) -> None:
    assert spoken(Decimal(value), parse_show(show, Display()), unit) == text


@pytest.mark.parametrize(
    ("value", "show", "instead", "text"),
    [
        (383, "wan:1", "plain", "383"),
        (4000, "wan", "wan:1", "0.4万"),
        (5000000, "yi", "yi:1", "0.1亿"),
        (383, "yi", "plain", "383"),
        (37012, "yi:1", "wan", "4万"),
        ("0.003", "percent", "percent:1", "0.3%"),
        ("0.00004", "percent:1", "percent:3", "0.004%"),
        ("0.009", "all_or_percent", "all_or_percent:1", "0.9%的"),
        ("0.3", "plain", "plain:1", "0.3"),
        ("-0.3", "plain", "plain:1", "-0.3"),
        ("0.3", "words", "plain:1", "0.3"),
        ("0.3", "lower_bound:100", "plain:1", "0.3"),
    ],
)
def test_a_display_that_hides_a_value_is_known_and_a_finer_one_named(
    value: object, show: str, instead: str, text: str
) -> None:
    exact = Decimal(str(value))
    assert rounds_to_zero(exact, parse_show(show, Display()))
    assert finer(exact, parse_show(show, Display())) == instead
    assert printed(exact, parse_show(instead, Display())) == text


@pytest.mark.parametrize("style", ["plain", "percent:1", "wan:1", "yi", "lower_bound:100", "words", "all_or_percent"])
def test_a_zero_that_is_one_may_print(style: str) -> None:
    assert not rounds_to_zero(0, parse_show(style, Display()))
    assert not rounds_to_zero(Decimal("0.000000"), parse_show(style, Display()))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.sampled_from(["yi", "wan:1", "percent", "words"]))
def test_the_finer_display_hides_nothing(value: Decimal, style: str) -> None:
    display = parse_show(style, Display())
    if rounds_to_zero(value, display):
        assert not rounds_to_zero(value, parse_show(finer(value, display), display))
