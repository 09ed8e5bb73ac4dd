"""What is refused, with which code, where, and that everything is told at once; and that nothing hostile gets far."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scheme.expressions import tables
from xianfeng.scheme import expressions
from xianfeng.scheme.expressions import DATE, INTEGER, Expression, ExpressionFault, ExpressionFaults, parse, usable_name

# text, then for each fault: its code, its offset, a part of its message or hint
REFUSED: list[tuple[str, list[tuple[str, int, str]]]] = [
    ("", [("syntax", 0, "空")]),
    ("number >", [("syntax", 7, "看不懂")]),
    ("(number > 3", [("syntax", 0, "括号没有配对")]),
    ("note == 'a", [("syntax", 8, "引号没有配对")]),
    ("number > 3 且 count > 3", [("syntax", 11, "and")]),
    ("number = 3", [("syntax", 7, "==")]),
    ("open && !open || open", [("syntax", 5, "and"), ("syntax", 8, "not"), ("syntax", 14, "or")]),
    ("number <> 3", [("syntax", 7, "!=")]),
    ("number ＞ 3，count", [("syntax", 7, ">"), ("syntax", 10, ",")]),
    ("note == “a”", [("syntax", 8, "半角"), ("syntax", 10, "半角")]),
    ("number > 1e5", [("syntax", 9, "1e5")]),
    ("number > 1_000", [("syntax", 9, "1_000")]),
    ("number > 0x1f", [("syntax", 9, "0x1f")]),
    ("number > 1. ", [("number", 9, "1.")]),
    ("number > 0.1234567", [("number", 9, "6 位")]),
    ("number > 1000000000000000", [("overflow", 9, "15 位")]),
    ("note == 'a\\n'", [("syntax", 10, "双引号")]),
    ("note == '建党' and > 3", [("syntax", 17, "看不懂")]),
    ("number > 3 # 注", [("syntax", 11, "#")]),
    ("note == 'a\x00'", [("syntax", 10, "U+0000")]),
    ("note == 'a\u202eb'", [("syntax", 10, "U+202E")]),
    ("note == '\ud800'", [("syntax", 9, "U+D800")]),
    ("numbr > 3 and 完成 > cuont", [
        ("unknown_name", 0, "number"), ("unknown_name", 14, "完成数"), ("unknown_name", 19, "count")]),
    ("organisation.levle == 'x'", [("unknown_name", 0, "organisation.level")]),
    ("organisation.parent.level == 'x'", [("path", 0, "一步")]),
    ("state == 'fulfiled'", [("unknown_choice", 0, "fulfilled")]),
    ("'卫生' in tags", [("unknown_choice", 0, "环境")]),
    ("state in ['published', 'x']", [("unknown_choice", 0, "x")]),
    ("due < '2010-02-30'", [("date", 6, "2010-02-30")]),
    ("due < '20100830'", [("date", 6, "20100830")]),
    ("due in ['2010-01-01', '明天']", [("date", 22, "明天")]),
    ("number", [("not_boolean", 0, "条件")]),
    ("  number + 1", [("not_boolean", 2, "条件")]),
    ("number > 'a'", [("type", 0, "文字")]),
    ("note > 'a'", [("type", 0, "大小")]),
    ("owner > author", [("type", 0, "大小")]),
    ("owner == 7", [("type", 0, "不能比较")]),
    ("tags == 'a'", [("type", 0, "不能比较")]),
    ("tags == tags", [("type", 0, "in")]),
    ("groups == groups", [("type", 0, "total")]),
    ("open == True", [("type", 0, "not")]),
    ("open > 3", [("type", 0, "条件")]),
    ("number and open", [("type", 0, "and")]),
    ("not number", [("type", 0, "not")]),
    ("number + note > 3", [("type", 0, "数")]),
    ("due + due > due", [("type", 0, "数")]),
    ("3 - due > 1", [("type", 0, "日期")]),
    ("due * 2 > due", [("type", 0, "日期")]),
    ("due + amount > due", [("type", 0, "整数")]),
    ("total(number) > 1", [("type", 0, "分组")]),
    ("year(number) > 1", [("type", 0, "日期")]),
    ("max(number, due) > 1", [("type", 0, "不能放在一起")]),
    ("max(note, note) == 'a'", [("type", 0, "数或日期")]),
    ("(number if open else note) == 'a'", [("type", 1, "不能放在一起")]),
    ("(1 if number else 2) == 1", [("type", 1, "if")]),
    ("round(number, count) > 1", [("type", 0, "0 到 6")]),
    ("round(number, 7) > 1", [("type", 0, "0 到 6")]),
    ("round(number, -1) > 1", [("type", 0, "0 到 6")]),
    ("missing(number > 3)", [("type", 0, "不会缺失")]),
    ("number in [count]", [("type", 11, "现成")]),
    ("number in []", [("syntax", 0, "没有选项")]),
    ("number in count", [("type", 0, "多选")]),
    ("number // 2 > 1", [("operator", 0, "//")]),
    ("number % 2 == 1", [("operator", 0, "%")]),
    ("number ** 2 > 1", [("operator", 0, "**")]),
    ("number | 2 > 1", [("syntax", 7, "or")]),
    ("+number > 1", [("operator", 0, "+")]),
    ("number is None", [("operator", 0, "missing")]),
    ("number == None", [("syntax", 10, "missing")]),
    ("lenght(tags) > 1", [("call", 0, "length")]),
    ("note.upper() == 'A'", [("call", 0, "note.upper")]),
    ("round(number, n=2) > 1", [("syntax", 15, "==")]),
    ("max(*number) > 1", [("call", 0, "依次")]),
    ("abs() > 1", [("call", 0, "1 个")]),
    ("max(1) > 1", [("call", 0, "至少 2 个")]),
    ("number * count * amount > 1", [("overflow", 0, "38 位")]),
    ("amount * share * ratio > 1 and numbr > 1", [("overflow", 0, "38 位"), ("unknown_name", 31, "number")]),
    ("lambda: 1", [("syntax", 0, "不能用")]),
    ("[x for x in tags]", [("syntax", 0, "不能用")]),
    ("(number := 3) > 1", [("syntax", 1, "不能用")]),
    ("f'{number}' == 'a'", [("syntax", 0, "不能用")]),
    ("b'a' == note", [("syntax", 0, "前缀")]),
    ("groups['a'] > 1", [("syntax", 0, "不能用")]),
    ("... == number", [("syntax", 0, "不能用")]),
    ("2j == number", [("syntax", 0, "2j")]),
    ("().__class__.__bases__ == note", [("path", 0, "一步")]),
    ("__import__('os').system('id') == 0", [("call", 0, "没有名为")]),
    ("x" * 10**6, [("too_large", 0, "1000000 个字符")]),
    ("'" + "x" * 10**6 + "' == note", [("too_large", 0, "最多 2000")]),
    ("(" * 900 + "number" + ")" * 900 + " > 1", [("too_large", 40, "括号")]),
    ("not " * 300 + "open", [("too_large", 0, "层")]),
    ("-" * 1500 + "number > 1", [("too_large", 0, "项")]),
    (" + ".join(["number"] * 60) + " > 1", [("too_large", 0, "层")]),
    (" or ".join(["number>1"] * 150), [("too_large", 0, "项")]),
    ("1 / (" * 30 + "number" + ")" * 30 + " > 1", [("too_large", 0, "套得太深")]),
]  # fmt: skip


def _faults(text: str) -> tuple[ExpressionFault, ...]:
    try:
        parse(text, tables.NAMES, constants=tables.CONSTANTS)
    except ExpressionFaults as refused:
        return refused.faults
    return ()


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=lambda value: str(value)[:40].encode("ascii", "replace"))
def test_everything_wrong_is_told_with_its_place(text: str, expected: list[tuple[str, int, str]]) -> None:
    faults = _faults(text)
    assert [(fault.code, fault.offset) for fault in faults] == [
        (f"expression.{code}", offset) for code, offset, _ in expected
    ]
    for fault, (_, _, part) in zip(faults, expected, strict=True):
        assert part in fault.message + fault.hint


@given(st.text(max_size=60) | st.text(alphabet="number><=()[]'\" .,+-*/1andort今（", max_size=60))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for fault in _faults(text):
        assert 0 <= fault.offset <= len(text)
        assert fault.code.startswith("expression.")


def test_a_fault_after_chinese_text_is_placed_by_characters_not_bytes() -> None:
    [fault] = _faults("note == '建党九十周年' and\n  numbr > 3")
    assert (fault.code, fault.offset) == ("expression.unknown_name", 23)


def test_a_refusal_reads_as_a_problem() -> None:
    with pytest.raises(ExpressionFaults, match=r"第 1 个字符：没有名为“numbr”的字段 \[expression.unknown_name\]"):
        parse("numbr > 3", tables.NAMES)


def test_names_are_compared_after_compatibility_normalisation() -> None:
    expression = parse("ｎｕｍｂｅｒ > 3", {"number": INTEGER})
    assert expression.value({"number": 4}, today=tables.TODAY) is True
    assert expression.names == {"number"}


@pytest.mark.parametrize(
    ("name", "usable"),
    [
        ("完成数", True),
        ("number_2", True),
        ("today", False),
        ("class", False),
        ("2nd", False),
        ("a b", False),
        ("", False),
    ],
)
def test_what_can_name_a_field(name: str, *, usable: bool) -> None:
    assert usable_name(name) is usable


def test_an_expression_knows_what_it_reads() -> None:
    expression = parse("number > quota and organisation.level == 'x'", tables.NAMES, constants={"quota": Decimal(3)})
    assert expression.names == {"number", "organisation.level"}
    assert expression.constants == {"quota"}


def test_the_wanted_sort_can_be_any() -> None:
    assert _type_of("amount * 2", expect=expressions.INTEGER).scale == 2
    assert _type_of("due + 1", expect=None) == DATE
    with pytest.raises(ExpressionFaults, match="这里要数，写的是日期"):
        _type_of("due + 1", expect=INTEGER)


def _type_of(text: str, *, expect: expressions.Type | None) -> expressions.Type:
    expression: Expression = parse(text, tables.NAMES, expect=expect)
    return expression.type
