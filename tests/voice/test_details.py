"""Personal details in a text: what is found, what is masked, what is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.voice import details


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打13800000000没人接", "打■■■■没人接"),
        ("打138-0000-0000没人接", "打■■■■没人接"),
        ("打+86 138 0000 0000没人接", "打■■■■没人接"),
        ("打１３８００００００００没人接", "打■■■■没人接"),
        ("座机0591-87654321", "座机■■■■"),
        ("身份证350102198001011234", "身份证■■■■"),
        ("身份证350102 19800101 123X是我", "身份证■■■■是我"),
        ("卡号6222 0210 0111 1222 333", "卡号■■■■"),
        ("写信到zhang.san@example.com", "写信到■■■■"),
        ("打13800000000或13900000000", "打■■■■或■■■■"),
    ],
)
def test_numbers_that_lead_to_a_person_are_masked(text: str, shown: str) -> None:
    assert details.masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2010年共办实事19800多件，投入1380000元",
        "第98期说“五个好”有350102个",
        "记录编号1380000",
        "12345热线很好，12380也能打",
        "2010-08-30至2012-06-30",
    ],
)
def test_numbers_that_lead_to_nobody_stay(text: str) -> None:
    assert details.masked(text) == text


@pytest.mark.parametrize(
    ("text", "sort", "found"),
    [
        ("低保户张三、李四、王小五都没有走到", "names", "张三、李四、王小五"),
        ("详见 http://example.com/a?b=1 的帖子", "link", "http://example.com/a?b=1"),
        ("详见 WWW.example.com", "link", "WWW.example.com"),
    ],
)
def test_what_a_rule_cannot_weigh_is_pointed_out(text: str, sort: str, found: str) -> None:
    (detail,) = details.found(text)
    assert (detail.sort, detail.text, detail.masked) == (sort, found, False)
    assert details.masked(text) == text


@given(st.text())
def test_whatever_is_written_what_is_found_stands_where_it_says(text: str) -> None:
    found = details.found(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
