"""Formulas as a figure's page says them."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.scheme.expressions import tables
from xianfeng.scheme.expressions import describe, parse
from xianfeng.sentences import translated

TITLES = {
    "number": "人数",
    "amount": "金额",
    "due": "期限",
    "state": "状态",
    "open": "公开",
    "tags": "类别",
    "groups": "分组",
    "organisation.level": "组织层级",
    "quota": "定额",
}
CHOICES = {"state": {"fulfilled": "已兑现", "published": "已公示"}, "organisation.level": {"branch": "党支部"}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("state == 'fulfilled' and amount > 3", "状态为已兑现，且金额大于 3"),
        ("state != 'submitted'", "状态不为 submitted"),
        ("state in ['fulfilled', 'published']", "状态为已兑现、已公示之一"),
        ("state not in ['fulfilled']", "状态不是已兑现"),
        ("organisation.level == 'branch'", "组织层级为党支部"),
        ("note == '其他'", "note 为“其他”"),
        ("'环境' in tags or '教育' not in tags", "类别包含环境，或类别不包含教育"),
        ("not (number > 3) or open and not missing(due)", "并非（人数大于 3），或（公开为“是”，且期限已填）"),
        ("not open", "公开不为“是”"),
        ("missing(number) or missing(number / 0)", "人数未填，或人数 ÷ 0 得不出"),
        ("1 < number <= 3", "1 小于人数，且人数不大于 3"),
        ("today > due + 5", "当日晚于期限之后 5 天"),
        ("due - '2010-08-30' >= 3", "从 2010年8月30日到期限的天数不小于 3"),
        ("due <= '2010-08-30'", "期限不晚于 2010年8月30日"),
        (
            "round(amount * (number - 1) / quota, 2) >= 1.50",
            "（金额 × （人数 - 1） ÷ 定额（3.5））（四舍五入到 2 位小数）不小于 1.50",
        ),
        ("total(groups) - max(number, 2) < -3", "分组的合计 - （人数、2 中最大的）小于 -3"),
        ("(number if open else 3) > 2", "（若公开为“是”，则取人数，否则取 3）大于 2"),
        ("year(due) == 2010 and abs(number) > length(tags)", "期限的年份等于 2010，且人数的绝对值大于类别选中的项数"),
        ("True or False", "恒成立，或恒不成立"),
    ],
)  # fmt: skip
def test_a_formula_in_words(text: str, words: str) -> None:
    expression = parse(text, tables.NAMES, constants=tables.CONSTANTS)
    assert describe(expression, titles=TITLES, choices=CHOICES) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("state == 'fulfilled' and amount > 3", "状态 is 已兑现, and 金额 is more than 3"),
        ("state in ['fulfilled', 'published']", "状态 is one of 已兑现, 已公示"),
        ("state not in ['fulfilled']", "状态 is not 已兑现"),
        (
            "not (number > 3) or open and not missing(due)",
            "not (人数 is more than 3), or (公开 is “yes”, and 期限 is filled in)",
        ),
        ("today > due + 5", "today is after 5 days after 期限"),
        ("due <= '2010-08-30'", "期限 is no later than 2010-8-30"),
        ("round(number / quota, 2) >= 1.50", "(人数 ÷ 定额 (3.5)) (rounded to 2 decimals) is at least 1.50"),
        ("total(groups) - max(number, 2) < -3", "the total of 分组 - (the largest of 人数, 2) is less than -3"),
        ("(number if open else 3) > 2", "(人数 if 公开 is “yes”, otherwise 3) is more than 2"),
    ],
)  # fmt: skip
def test_a_formula_in_english_words(text: str, words: str) -> None:
    """The scheme's own titles stay as it wrote them."""
    expression = parse(text, tables.NAMES, constants=tables.CONSTANTS)
    with translation.override("en"):
        assert translated(describe(expression, titles=TITLES, choices=CHOICES)) == words
