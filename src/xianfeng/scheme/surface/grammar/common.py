"""What all sections are made of: texts, names, days, formulas, a number's display."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.measuring import Display
from xianfeng.scheme.surface import words
from xianfeng.scheme.surface.shapes import Day, Flag, Formula, Name, Pattern, Read, Text, Whole, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf
from xianfeng.scheme.types import Level

STYLES: tuple[str, ...] = get_args(get_type_hints(Display)["style"])
LEVELS = tuple(level.value for level in Level)

TEXT, NAME, DAY, FLAG, FORMULA = Text(), Name(), Day(), Flag(), Formula()
SPOKEN = Name(spoken=True)  # said in formulas
KIND_FIELD = Read(words.kind_field, "not_kind_field", words.KIND_FIELD, "台账.字段", "kind.field")
SPAN = Read(words.span, "bad_span", words.SPAN, "时限", "a span of time")
RUNG = Read(words.rung, "bad_rung", words.RUNG, "期限前后多久", "a time before or after the deadline")
KIND_STATE = Read(words.kind_field, "not_kind_state", words.KIND_FIELD, "台账.状态", "kind.state")
DATING = Read(words.dating, "bad_dating", words.DATING, "日期口径", "a dating")
CHOICES = Either(ListOf(TEXT, least=0), MapOf(TEXT, key=Text(longest=100), whole=True))
SCHEME_NAME = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "bad_scheme_name", "活动代号", "a scheme name")
FILE = Pattern(r"[^\\:*?\"<>|]+", "bad_path", "文件路径", "a file's path")
SHOW = Either(
    Word(STYLES),
    Keys(
        {
            "as": Key(Word(STYLES), "数字写法", "style of the number", required=True),
            "places": Key(Whole(0, 6), "小数位数", "decimal places"),
            "step": Key(Whole(1), "“多/余”按多大的整数取整", "what a lower bound is rounded down to"),
            "word": Key(
                Word(("多", "余", "所有", "各")),
                "lower_bound 的“多”或“余”，all_or_percent 的“所有”或“各”",
                "the word behind a lower bound, or for all",
            ),
        }
    ),
)


def local(example: str = "") -> Key:
    said = "marks a choice of this office where the document is silent"
    return Key(TEXT, "文件没有规定、由本单位自定的说明", said, example=example)


def title(required: bool = False, example: str = "") -> Key:
    return Key(TEXT, "名称", "its name on screen and on paper", required=required, example=example)
