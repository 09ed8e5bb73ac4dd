"""Personal details in a text: what is found, what is masked, what is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.vault import details


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
        ("打138  0001  2345", "打■■■■"),
        ("打138\u200b0001\u200b2345没人接", "打■■■■没人接"),
        ("打138\u20100001\u20132345", "打■■■■"),
        ("打138/0001/2345", "打■■■■"),
        ("打138（0001）2345", "打■■■■"),
        ("打138 00 01 23 45没人接", "打■■■■没人接"),
        ("打一三八〇〇〇一二三四五", "打■■■■"),
        ("打13800012345一直没人接", "打■■■■一直没人接"),
        ("打1️⃣3️⃣8️⃣00012345", "打■■■■"),
        ("座机0591-8755 1234", "座机■■■■"),
        ("座机(0591)87551234", "座机■■■■"),
        ("身份证350102800101123", "身份证■■■■"),
        ("写信到zhangsan＠example．com", "写信到■■■■"),
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
        "2010-08-30 2012-06-30",
        "2010年1月至2012年6月投入13,800,000,000元",
        "一、三、八、九、十三、十五号楼",
    ],
)
def test_numbers_that_lead_to_nobody_stay(text: str) -> None:
    assert details.masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我叫林小梅，住3号楼", "我叫■■■■，住3号楼"),
        ("我叫林 小 梅", "我叫■■■■"),
        ("我叫林\u200b小梅", "我叫■■■■"),
        ("打8755 1234", "打■■■■"),
        ("我姓林", "我姓林"),
    ],
)
def test_what_is_known_of_somebody_is_masked_too(text: str, shown: str) -> None:
    assert details.masked(text, ["林小梅", "8755-1234", "", "林"]) == shown


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
