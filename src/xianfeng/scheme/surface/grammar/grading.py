"""Gradings, and the mark of the kinds in which classes are decided."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.grading import Grading
from xianfeng.scheme.surface import words
from xianfeng.scheme.surface.grammar.common import FORMULA, NAME, local, title
from xianfeng.scheme.surface.shapes import Number, Read, Text, Whole, Word
from xianfeng.scheme.surface.tables import Key, Keys, ListOf, MapOf

GRADED_EVERY: tuple[str, ...] = get_args(get_type_hints(Grading)["every"])

DECIDED = Keys(
    {
        "grade": Key(NAME, "确定的等级的字段（单选）", "the choice of the class decided", required=True),
        "proposed": Key(NAME, "建议等级的字段（单选，选项相同）", "the choice, of the same, that figures had proposed"),
        "because": Key(NAME, "与建议不一致的理由的字段", "the long text that says why it departs from the proposal"),
        "proposal": Key(NAME, "第几号建议的字段（整数）", "the integer that names the proposal"),
    }
)
BAND = Keys(
    {
        "at_least": Key(Number(), "从多少起", "from what value on", required=True, example="0.9"),
        "points": Key(Number(), "得几分", "so many points", required=True, example="10"),
    }
)
INDICATOR = Keys(
    {
        "measure": Key(NAME, "统计指标", "the measure", required=True, example="people_visited"),
        "title": title(example="走访群众"),
        "full": Key(Number(), "满分", "the most points there are", required=True, example="10"),
        "points": Key(
            FORMULA,
            "得分的算式（value 是指标的数；比例按小数，九成是 0.9）；不足0分按0分，超过满分按满分",
            "points as a formula over `value`; kept between nought and the full mark",
            example='"value / 20"',
        ),
        "bands": Key(
            ListOf(BAND, most=50),
            "或按数分档：从小到大，取不超过 value 的最后一档，都不到的0分",
            "or points by bands, rising: the last that begins at or below the value, none below the first",
            example="[{at_least: 0.6, points: 6}, {at_least: 0.9, points: 10}]",
        ),
        "unknown": Key(
            Number(),
            "没有数（未报、无从比较）时得几分；不写的，不提出建议，由人确定",
            "points where the measure has no value; left out: then no class is proposed",
            example="0",
        ),
        "local": local(example="文件没有规定分值，由本单位自定"),
    }
)
GRADED_PART = Keys(
    {
        "title": title(required=True, example="工作实绩"),
        "weight": Key(Whole(1, 1000), "权重", "its weight", required=True, example="60"),
        "indicators": Key(
            MapOf(INDICATOR, least=1),
            "各项指标；各项得分之和占满分之和的比例，折合百分制，再按权重合计",
            "its indicators: their points as a share of the full marks, by the weight",
            required=True,
            example="{visits: {measure: people_visited, full: 10, points: value / 20}}",
        ),
    }
)
GRADED_BAR = Keys(
    {
        "title": title(required=True, example="有未销号的整改"),
        "when": Key(
            FORMULA,
            "条件：统计指标按名称，组织的 level、type、category、tier、code、name",
            "the condition: measures by their names, and what the organisation is",
            required=True,
            example='"open_notices > 0"',
        ),
        "at_most": Key(
            NAME, "最高只能建议哪一等", "the best class it can be proposed for", required=True, example="average"
        ),
    }
)
GRADED_QUOTA = Keys(
    {
        "at_most": Key(
            Read(words.size, "bad_size", words.SIZE, "几个或百分之几", "a number or a share", number=True),
            "至多几个，或至多百分之几（不足一个的不算）；末位同分的一起让出",
            "at most so many, or a share rounded down; where equals do not all fit in, none of them does",
            required=True,
            example="30%",
        ),
        "within": Key(
            Text(longest=64),
            "在哪一级的每个组织以下分别计算（默认一起计算）",
            "counted below each organisation of this level; left out: of all together",
            example="county",
        ),
        "local": local(example="文件没有规定比例，由本单位自定"),
    }
)
GRADING = Keys(
    {
        "title": title(required=True, example="基层党组织分类定级"),
        "kind": Key(
            NAME,
            "等级由人确定，记在哪个台账（有 decided 标记，对象是组织）",
            "the kind in whose records people decide: marked `decided`, its subject an organisation",
            required=True,
            example="grading",
        ),
        "where": Key(
            FORMULA,
            "哪些组织（默认活动范围内的全部）",
            "which organisations; left out: all within the campaign",
            example="\"level == 'branch'\"",
        ),
        "every": Key(Word(GRADED_EVERY), "每隔多久定一次", "how often", default="year", example="half_year"),
        "classes": Key(
            MapOf(Number(), whole=True, least=1),
            "等级：从好到差，各从百分制的几分起；最后一等从0分起",
            "the classes, the best first, each from so many points of a hundred on; the last from nought",
            required=True,
            example="{advanced: 85, average: 60, backward: 0}",
        ),
        "parts": Key(
            MapOf(GRADED_PART, least=1),
            "由哪几部分组成",
            "its parts",
            required=True,
            example="{work: {title: 工作实绩, weight: 60, indicators: {…}}}",
        ),
        "bars": Key(
            MapOf(GRADED_BAR),
            "限制：符合条件的，建议不高于某一等",
            "bars: who satisfies one is proposed for no better class",
            example='{notices: {title: 有未销号的整改, when: "open_notices > 0", at_most: average}}',
        ),
        "quotas": Key(
            MapOf(GRADED_QUOTA),
            "名额：某一等至多多少，多出的按下一等建议",
            "quotas by class; who does not fit in is proposed for the next",
            example="{advanced: {at_most: 30%, within: county}}",
        ),
        "published": Key(
            NAME,
            "台账进入哪个状态，等级就公布（默认不公布）",
            "the state of the kind in which the class is public; left out: never",
            example="published",
        ),
        "local": local(example="文件只有等级的名称，办法由本单位自定"),
    }
)
