"""The expression language by example: what the tests hold and what `docs/reference/scheme/expressions.md` prints.

Every expected value was worked out by hand. `python -m tests.scheme.expressions.spec` writes the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

PAGE = Path("docs/reference/scheme/expressions.md")


@dataclass(frozen=True)
class Example:
    text: str
    row: Mapping[str, Any]
    value: Any


@dataclass(frozen=True)
class Chapter:
    title: str
    words: str
    examples: tuple[Example, ...]


def _chapter(title: str, words: str, *examples: tuple[str, Mapping[str, Any], Any]) -> Chapter:
    return Chapter(title, words, tuple(Example(*example) for example in examples))


CHAPTERS = (
    _chapter(
        "比较",
        "`== != < <= > >=`，可以连写。文字、选项和人、组织、台账只能比较相等。",
        ("number > 3", {"number": 4}, True),
        ("number > 3", {"number": 3}, False),
        ("1 < number <= 5", {"number": 5}, True),
        ("1 < number <= 5", {"number": 1}, False),
        ("state == 'fulfilled'", {"state": "fulfilled"}, True),
        ("state != 'fulfilled'", {"state": "published"}, True),
        ("owner == author", {"owner": 7, "author": 7}, True),
        ("amount == 3.70", {"amount": "3.70"}, True),
        ("amount > 3.699", {"amount": "3.70"}, True),
        ("amount > share", {"amount": "0.01", "share": "0.00"}, True),
        ("organisation.level == 'branch'", {"organisation.level": "branch"}, True),
        ("完成数 >= 10", {"完成数": 10}, True),
    ),
    _chapter(
        "缺失",
        "没有填的值、算不出的值是缺失。与缺失比较总是“否”，`!=` 和 `not in` 也一样；算式里有缺失，结果就缺失；"
        "是否字段缺失时按“否”；`missing(x)` 问有没有值。条件因此只有真假，没有第三种。",
        ("number > 3", {}, False),
        ("number <= 3", {}, False),
        ("not (number > 3)", {}, True),
        ("number != 3", {}, False),
        ("state != 'fulfilled'", {}, False),
        ("state not in ['fulfilled']", {}, False),
        ("not (state in ['fulfilled'])", {}, True),
        ("number + 1", {}, None),
        ("number * 0", {}, None),
        ("missing(number)", {}, True),
        ("missing(number)", {"number": 0}, False),
        ("missing(number + count)", {"number": 1}, True),
        ("missing(note)", {"note": ""}, False),
        ("open", {}, False),
        ("not open", {}, True),
        ("missing(open)", {}, True),
        ("missing(open)", {"open": False}, False),
        ("missing(organisation.level)", {}, True),
    ),
    _chapter(
        "并且、或者、否则",
        "`and`、`or`、`not`；`甲 if 条件 else 乙`。",
        ("number > 3 and open", {"number": 4, "open": True}, True),
        ("number > 3 and open", {"number": 4, "open": False}, False),
        ("number > 3 or open", {"open": True}, True),
        ("not open or number > 3 and count > 3", {"open": True, "number": 4, "count": 1}, False),
        ("number if open else count", {"open": True, "number": 1, "count": 2}, 1),
        ("number if open else count", {"number": 1, "count": 2}, 2),
        ("number if open else amount", {"open": True, "number": 1}, Decimal("1.00")),
        ("number if open else amount", {"open": True, "amount": "5.00"}, None),
        ("state if open else note", {"open": True, "state": "published"}, "published"),
        ("open if number > 1 else True", {"number": 1}, True),
    ),
    _chapter(
        "加减乘",
        "数都是十进制的，不丢一分钱。加减按较多的小数位，乘法小数位相加；超过 6 位时四舍五入到 6 位。"
        "负数的“五”往远离零的一边入。",
        ("number + amount", {"number": 1, "amount": "0.05"}, Decimal("1.05")),
        ("number - count", {"number": 1, "count": 4}, -3),
        ("-number", {"number": 3}, -3),
        ("abs(amount)", {"amount": "-3.70"}, Decimal("3.70")),
        ("amount * share", {"amount": "10.00", "share": "58.41"}, Decimal("584.1000")),
        ("ratio * ratio", {"ratio": "0.0001"}, Decimal("0.000000")),
        ("ratio * ratio", {"ratio": "0.0007"}, Decimal("0.000000")),
        ("ratio * ratio", {"ratio": "0.0008"}, Decimal("0.000001")),
        ("ratio * 0.005", {"ratio": "0.0001"}, Decimal("0.000001")),
        ("ratio * -0.005", {"ratio": "0.0001"}, Decimal("-0.000001")),
        ("ratio * 0.0049", {"ratio": "0.0001"}, Decimal("0.000000")),
        ("0.1 + 0.2 == 0.3", {}, True),
        ("number * count", {"number": 999999999999999, "count": -999999999999999}, -999999999999998000000000000001),
        ("min(number, amount)", {"number": 2, "amount": "1.99"}, Decimal("1.99")),
        ("max(number, count, 3)", {"number": 2, "count": 1}, 3),
        ("max(number, count)", {"number": 2}, None),
        ("number * quota", {"number": 3}, Decimal("10.5")),
        ("villages - number", {"number": 1683}, 561),
    ),
    _chapter(
        "除法和四舍五入",
        "除法的结果总是 6 位小数，四舍五入；除以零是缺失。`round(x, n)` 保留 n 位小数。没有 `//`、`%`、`**`。",
        ("number / count", {"number": 1, "count": 3}, Decimal("0.333333")),
        ("number / count", {"number": 2, "count": 3}, Decimal("0.666667")),
        ("number / count", {"number": -2, "count": 3}, Decimal("-0.666667")),
        ("number / count", {"number": 1, "count": 0}, None),
        ("number / count", {"number": 0, "count": -7}, Decimal("0.000000")),
        ("number / count", {"number": 1, "count": 2000000}, Decimal("0.000001")),
        ("number / count", {"number": -1, "count": 2000000}, Decimal("-0.000001")),
        ("number / count", {"number": 1, "count": 2000001}, Decimal("0.000000")),
        ("number / count > 1", {"number": 1, "count": 0}, False),
        ("missing(number / count)", {"number": 1, "count": 0}, True),
        ("amount / amount", {"amount": "0.01"}, Decimal("1.000000")),
        ("number / ratio", {"number": 1, "ratio": "0.0003"}, Decimal("3333.333333")),
        ("number / count * 100 >= 75", {"number": 1683, "count": 2244}, True),
        ("round(amount)", {"amount": "2.50"}, 3),
        ("round(amount)", {"amount": "-2.50"}, -3),
        ("round(amount)", {"amount": "2.49"}, 2),
        ("round(amount, 1)", {"amount": "0.05"}, Decimal("0.1")),
        ("round(amount, 1)", {"amount": "-0.05"}, Decimal("-0.1")),
        ("round(amount, 4)", {"amount": "1.25"}, Decimal("1.25")),
        ("round(number / count, 2)", {"number": 1, "count": 8}, Decimal("0.13")),
        ("round(number / count, 2)", {"number": 1, "count": 0}, None),
    ),
    _chapter(
        "日期",
        "日期与写成 `'2010-08-30'` 的文字比较；两个日期相减得天数；日期可以加减天数；`today` 是所问的那一天"
        "（例子里是 2010-08-30），不是电脑的时钟。",
        ("today > due", {"due": "2010-08-29"}, True),
        ("today > due", {"due": "2010-08-30"}, False),
        ("today > due", {}, False),
        ("due == '2010-08-30'", {"due": "2010-08-30"}, True),
        ("'2010-01-01' <= due < '2011-01-01'", {"due": "2010-12-31"}, True),
        ("due in ['2010-07-01', '2010-10-01']", {"due": "2010-10-01"}, True),
        ("due - started", {"due": "2012-03-01", "started": "2012-02-28"}, 2),
        ("due - '2010-08-30'", {"due": "2010-08-01"}, -29),
        ("due + 1", {"due": "2011-02-28"}, dt.date(2011, 3, 1)),
        ("number + due", {"due": "2011-02-28", "number": -28}, dt.date(2011, 1, 31)),
        ("due - 30 > started", {"due": "2010-08-30", "started": "2010-07-30"}, True),
        ("due + number", {"due": "9999-12-31", "number": 1}, None),
        ("due - number", {"due": "0001-01-01", "number": 1}, None),
        ("due + number", {"due": "2010-01-01", "number": 999999999999999}, None),
        ("due - number", {"due": "9999-12-31", "number": 3652058}, dt.date(1, 1, 1)),
        ("year(due)", {"due": "2010-08-30"}, 2010),
        ("month(due) in [1, 12]", {"due": "2010-12-30"}, True),
        ("year(due)", {}, None),
        ("max(due, started)", {"due": "2010-08-30", "started": "2011-01-01"}, dt.date(2011, 1, 1)),
    ),
    _chapter(
        "几个之中",
        "`x in ['甲', '乙']`；多选字段写 `'甲' in 字段`，`length(字段)` 是选了几项；分组计数用 `total(字段)` 求合计。",
        ("state in ['published', 'fulfilled']", {"state": "fulfilled"}, True),
        ("state not in ['published', 'fulfilled']", {"state": "submitted"}, True),
        ("number in [1, -2]", {"number": -2}, True),
        ("amount in [1, 2.5]", {"amount": "2.50"}, True),
        ("amount in [1.001]", {"amount": "1.00"}, False),
        ("'环境' in tags", {"tags": ["教育", "环境"]}, True),
        ("'环境' in tags", {"tags": []}, False),
        ("'环境' not in tags", {"tags": ["教育"]}, True),
        ("'环境' not in tags", {}, False),
        ("note in tags", {"note": "教育", "tags": ["教育"]}, True),
        ("length(tags)", {"tags": ["教育", "环境"]}, 2),
        ("length(tags)", {"tags": []}, 0),
        ("length(tags)", {}, None),
        ("total(groups)", {"groups": {"党员": 3, "群众": 4}}, 7),
        ("total(groups)", {"groups": {}}, 0),
        ("total(groups)", {}, None),
    ),
)


def page() -> str:
    """The page of the reference, in Markdown."""
    lines = [
        "# 表达式",
        "",
        "活动方案里所有的条件和算式（`when`、`check`、`where`、`having`、`matching`）用同一种写法。"
        "它像 Python 的一小部分，但不是程序：没有循环，不能调用别的东西，最长 2000 个字符。"
        "在一条记录上和在整张表上，结果总是相同。",
        "",
        "字段名可以是中文；`organisation.level` 这样的名称往外走一步，不能走两步。"
        "下面每一行都由测试核对；没有列出的字段都是缺失。",
    ]
    for chapter in CHAPTERS:
        lines += ["", f"## {chapter.title}", "", chapter.words, "", "| 表达式 | 记录 | 结果 |", "|---|---|---|"]
        for example in chapter.examples:
            row = "，".join(f"{name} = {_shown(value)}" for name, value in example.row.items())
            lines.append(f"| `{example.text}` | {row} | {_shown(example.value)} |")
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    match value:
        case None:
            return "缺失"
        case bool():
            return "是" if value else "否"
        case dict():
            return "、".join(f"{group} {number}" for group, number in value.items()) or "空"
        case list():
            return "、".join(value) or "空"
    return str(value) or "空文字"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
