"""Inspections by lot."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.inspecting import INSPECTOR, LINES, Inspection
from xianfeng.scheme.surface import words
from xianfeng.scheme.surface.grammar.common import FORMULA, NAME, SPAN, local, title
from xianfeng.scheme.surface.shapes import Read, Whole, Word
from xianfeng.scheme.surface.tables import Key, Keys, ListOf, MapOf

DRAWS: tuple[str, ...] = get_args(get_type_hints(Inspection)["draw"])

STRATUM = Keys(
    {
        "title": title(required=True, example="村（社区）"),
        "where": Key(
            FORMULA,
            "哪些单位（默认前面各层没有的；signals 是失真提示的条数，写了 by 的，value 是那个指标的数）",
            "which units; left out: those of no stratum before it; `signals` is how many signals stand open there, "
            "with `by`, `value` is what that measure comes to",
            example="\"level == 'village' and value >= 3\"",
        ),
        "size": Key(
            Read(words.size, "bad_size", words.SIZE, "几个或百分之几", "a number or a share", number=True),
            "抽几个，或抽百分之几（不足一个的算一个）",
            "how many are drawn: a number, or a share rounded up",
            required=True,
            example="10%",
        ),
        "local": local(),
    }
)
INSPECTORS = Keys(
    {
        "of": Key(NAME, "担任什么角色的人去", "the role whose holders go", default=INSPECTOR, example=INSPECTOR),
        "each": Key(Whole(1, 20), "每个单位去几个人", "how many go to one unit", default="2", example="2"),
        "conflicts": Key(
            ListOf(Word(LINES), least=0),
            "应回避的：任职的组织、它的上级、它的下级（默认都回避）",
            "where they must not go: where they are appointed, above it, below it; left out: none of these",
            example="[own, below]",
        ),
    }
)
INSPECTION = Keys(
    {
        "title": title(required=True, example="季度督查"),
        "kind": Key(
            NAME,
            "督查一次记在哪个台账（对象是组织）",
            "the kind of the records of its visits, whose subject is an organisation",
            required=True,
            example="inspection_visit",
        ),
        "of": Key(
            NAME,
            "抽什么：organisations（组织），或一个台账的记录（电话核实：受益的、办过事的）",
            "what is drawn: organisations, or the records of a kind, whose recipients are called",
            default="organisations",
            example="visit",
        ),
        "where": Key(
            FORMULA,
            "从哪些里抽（默认活动范围内的全部）",
            "from which; left out: all within the campaign",
            example="\"type == 'division'\"",
        ),
        "by": Key(
            NAME,
            "按哪个统计指标分层（各层的条件里叫 value）",
            "the measure by which strata are told apart, `value` in their conditions",
            example="overdue_matters",
        ),
        "strata": Key(
            MapOf(STRATUM, least=1),
            "分层：先符合哪层的条件就归哪层，都不符合的不抽",
            "strata, in order: a unit is in the first that it fits, and whoever fits none is not drawn",
            required=True,
            example="{villages: {title: 村（社区）, where: \"level == 'village'\", size: 4}}",
        ),
        "recently": Key(
            SPAN,
            "多久以内督查过的不再抽",
            "whoever was visited within so long is left out",
            example="12 months",
        ),
        "inspectors": Key(INSPECTORS, "督查人员", "who inspects", example="{of: inspector, each: 2}"),
        "draw": Key(
            Word(DRAWS),
            "怎么抽：commit（封存名册和密数，用将来公布的数抽）、witnessed（当众摇号）",
            "how: commit (frame and secret are sealed, a later public number decides) or witnessed (by hand)",
            default="commit",
            example="witnessed",
        ),
        "approval": Key(
            NAME,
            "批准文号填在台账的哪个字段",
            "the field of the record that bears the plan's approval number",
            example="approval",
        ),
        "recorded_as": Key(
            Read(words.kind_field, "not_field_choice", words.KIND_FIELD, "字段.选项", "field.choice"),
            "抽中的在台账里怎么记：字段.选项",
            "what the record says of a unit that was drawn: field.choice",
            example="form.random",
        ),
        "local": local(example="文件没有规定抽多少，由本单位自定"),
    }
)
