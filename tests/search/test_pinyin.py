"""Names by their sounds."""

from __future__ import annotations

import pytest

from xianfeng.search import pinyin


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("鼓楼区", {"glq", "gulouqu"}),
        ("重庆市", {"cqs", "chongqingshi", "zqs", "zhongqingshi"}),
        ("厦门市", {"xms", "xiamenshi"}),
        ("六安市", {"las", "luanshi", "liuanshi"}),
        ("番禺区", {"pyq", "panyuqu"}),
        ("长乐区", {"clq", "changlequ", "cyq", "changyuequ"}),
        ("a区", {"aq", "aqu"}),
    ],
)
def test_a_name_has_its_readings(name: str, keys: set[str]) -> None:
    assert keys <= set(pinyin.keys(name))


def test_a_usual_name_has_one_reading() -> None:
    assert pinyin.keys("青口村") == ("qkc", "qingkoucun")


def test_letters_have_none() -> None:
    assert pinyin.keys("abc") == ()


def test_a_name_of_many_readings_is_read_a_few_ways() -> None:
    assert len(pinyin.keys("长乐朝行重都单番蚌")) <= 12
