"""What the people served are asked, of whom, and who of them."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.evaluating import ANNULLED_ABOVE, LEAST_BATCH, LEAST_CAST, LEAST_ELECTORS, Evaluation, Question
from xianfeng.scheme.surface.grammar.common import CHOICES, FORMULA, SPOKEN, local, title
from xianfeng.scheme.surface.shapes import Whole, Word
from xianfeng.scheme.surface.tables import Key, Keys, MapOf

_WORDS = get_type_hints(Evaluation)

QUESTION = Keys(
    {
        "title": title(required=True, example="对承诺兑现情况是否满意"),
        "ask": Key(
            Word(get_args(get_type_hints(Question)["ask"])),
            "题型：scale 等次（由好到差）、choice 单选、stars 星级、yes_no 是否、text 文字",
            "scale (best first), choice, stars, yes_no or text",
            required=True,
            example="scale",
        ),
        "choices": Key(
            CHOICES,
            "等次、单选的选项：列表，或 值: 名称",
            "the answers of a scale or choice: a list, or value: title",
            example="{good: 满意, fair: 基本满意, poor: 不满意}",
        ),
    }
)
LEAST = Keys(
    {
        "electors": Key(
            Whole(LEAST_ELECTORS, 100_000), "至少多少参评人员", "electors", default=str(LEAST_ELECTORS), example="30"
        ),
        "cast": Key(
            Whole(LEAST_CAST, 100_000), "至少多少有效票", "valid ballots", default=str(LEAST_CAST), example="15"
        ),
    }
)
EVALUATION = Keys(
    {
        "title": title(required=True, example="党员群众评议"),
        "where": Key(
            FORMULA,
            "评议哪些组织（默认全部）",
            "which organisations are judged; left out: all",
            example="\"level == 'branch'\"",
        ),
        "electorate": Key(
            Word(get_args(_WORDS["electorate"])),
            "由谁评：members 本组织党员、list 名单上的群众、visitors 办事群众（不设名单）",
            "members, the public by list, or visitors of a window (no list)",
            required=True,
            example="members",
        ),
        "sample": Key(
            Whole(LEAST_ELECTORS, 100_000),
            "每个组织从党员或名单里随机抽多少人来评（默认全部）；不足的全评",
            "so many of each organisation's members or list are drawn by lot; left out: all are asked",
            example="50",
        ),
        "questions": Key(
            MapOf(QUESTION, key=SPOKEN, least=1),
            "题目",
            "its questions",
            required=True,
            example="{kept: {title: 承诺兑现了没有, ask: yes_no}}",
        ),
        "every": Key(Word(get_args(_WORDS["every"])), "多久一轮", "how often", default="year", example="half_year"),
        "merged": Key(
            Word(("superior",)),
            "参评人员不足的怎么办：superior 与同一上级的其他组织合并（默认不合并，不评）",
            "those of too few electors: asked together with others of the same superior; left out: not asked",
            example="superior",
        ),
        "least": Key(
            LEAST,
            "少于多少不公布（只能高于默认）",
            "of fewer than these nothing is shown; only above the defaults",
            example="{electors: 30, cast: 15}",
        ),
        "batch": Key(
            Whole(LEAST_BATCH, 1_000),
            "一批计票至少多少张",
            "so many slips at least are counted together",
            default=str(LEAST_BATCH),
            example="50",
        ),
        "annulled_above": Key(
            Whole(1, 100),
            "网上投票：反映“票码被别人用了”的超过用过票码的百分之几，这些参评人员的一轮作废",
            "online: percent of used codes; where more electors say that somebody else used theirs, nothing is counted",
            default=str(ANNULLED_ABOVE),
            example="5",
        ),
        "calls": Key(
            Whole(1, 1_000),
            "网上投票：截止后抽多少个票码用过的、多少个没用过的参评人员打电话核对（默认不打）",
            "online: so many whose code was used, and as many whose was not, are called by lot; left out: none",
            example="5",
        ),
        "local": local(example="文件没有规定题目写法，由本单位自定"),
    }
)
