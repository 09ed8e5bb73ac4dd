"""Measures and their targets."""

from __future__ import annotations

from xianfeng.scheme.surface import words
from xianfeng.scheme.surface.grammar.common import (
    DATING,
    DAY,
    FLAG,
    FORMULA,
    KIND_FIELD,
    LEVELS,
    NAME,
    SHOW,
    TEXT,
    local,
    title,
)
from xianfeng.scheme.surface.shapes import Number, Read, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf

TARGET = Either(
    Read(
        words.target,
        "bad_target",
        words.TARGET,
        "数字、台账.字段或常数",
        "a number, kind.field or a constant",
        number=True,
    ),
    Keys(
        {
            "value": Key(Number(), "目标值", "the number to reach"),
            "field": Key(KIND_FIELD, "目标值所在的字段", "the field of a stock that holds it"),
            "due": Key(DAY, "完成期限", "by when"),
            "at_most": Key(FLAG, "不高于", "a ceiling instead of a floor", default="false"),
            "show": Key(SHOW, "数字写法", "how the target is printed"),
            "local": local(),
        }
    ),
)
COVERAGE = Keys(
    {
        "of": Key(FORMULA, "对象：台账、organisation 或短写表达式", "the population, or a short form", required=True),
        "where": Key(FORMULA, "对象范围", "which of them"),
        "having": Key(FORMULA, "具备条件", "what a covered one has"),
        "kind": Key(NAME, "由哪个台账覆盖", "the kind whose records cover"),
        "field": Key(NAME, "覆盖记录里的对象字段", "the field of it that names the covered one"),
        "matching": Key(FORMULA, "覆盖记录的条件", "what a covering record satisfies"),
    }
)
GROWTH = Keys(
    {
        "of": Key(NAME, "哪个指标", "the measure that grows", required=True),
        "since": Key(DAY, "与哪天相比", "compared with the end of this day", required=True),
    }
)
MEASURE_TYPES: dict[str, Key] = {
    "count": Key(NAME, "计数：台账", "counts a kind's records"),
    "sum": Key(KIND_FIELD, "求和：台账.字段", "adds up a field"),
    "latest": Key(KIND_FIELD, "时点数：台账.字段", "each organisation's latest value, added up"),
    "distinct": Key(KIND_FIELD, "去重计数：台账.字段", "how many different ones"),
    "coverage": Key(COVERAGE, "覆盖面", "the share of a population that has something"),
    "ratio": Key(ListOf(NAME, least=2, most=2), "比率：[分子, 分母]", "one measure over another"),
    "growth": Key(GROWTH, "增长率", "growth of a measure since a day"),
}
MEASURE = Keys(
    {
        "title": title(required=True),
        "section": Key(TEXT, "列在哪个标题下", "the heading under which it is listed"),
        "unit": Key(TEXT, "单位", "unit"),
        "help": Key(TEXT, "统计口径说明", "what exactly is counted"),
        **MEASURE_TYPES,
        "growth_from": Key(DAY, "另设增长率（<指标>_growth）", "also defines the measure <id>_growth since this day"),
        "where": Key(FORMULA, "哪些记录", "which records"),
        "by": Key(
            DATING,
            "日期口径：date、entered(状态) 或日期字段",
            "the date that places a record in time",
            default="date",
        ),
        "at": Key(
            Word(("organisation", "subject")),
            "计在哪里：organisation（填报的组织）或 subject（记录所指的组织）",
            "where a record counts: at the organisation that filed it, or at its subject",
            default="organisation",
        ),
        "counts": Key(Word(LEVELS[1:]), "最低审核级次", "the least review level that counts", default="filed"),
        "since_start": Key(FLAG, "只算活动开始以后", "counts from the scheme's first day on", default="false"),
        "stands_until": Key(
            ListOf(NAME, single=True),
            "期末还没有进入这些状态的都算，不论哪天开始",
            "the states that end it: what has entered none of them by the period's end counts, whenever it began",
        ),
        "owed": Key(
            ListOf(NAME, single=True),
            "按哪些工作要求计应报、未报（默认同一台账的全部要求）",
            "the obligations that owe it; left out: all on its kind that bind organisations",
        ),
        "show": Key(SHOW, "数字写法", "how the office prints it"),
        "target": Key(TARGET, "目标", "the target: a number, kind.field, a constant, or a table"),
        "public": Key(FLAG, "公开", "may be shown to the public", default="false"),
        "beside": Key(ListOf(NAME, single=True), "旁边总要列出的指标", "the measures that always stand beside it"),
        "local": local(),
    }
)
