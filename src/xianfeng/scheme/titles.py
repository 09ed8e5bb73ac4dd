"""What values of the house itself are called on screen: the glossary's words, in one table that every room prints from.

Kinds, states and choices bring their titles with the scheme; these are the ones that no scheme writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import Said, say, together

if TYPE_CHECKING:
    from xianfeng.scheme.nodes import Field  # formulas are told with these titles, and nodes hold formulas

LEVELS: Mapping[Level, str] = {
    Level.NONE: say("草稿"),
    Level.FILED: say("已报"),
    Level.REVIEWED: say("已审"),
    Level.SUBMITTED: say("已上报"),
}
RANKS: Mapping[object, str] = {level.rank: title for level, title in LEVELS.items()}  # as postings hold them

TYPES: Mapping[str, str] = {"division": say("区划"), "unit": say("单位"), "body": say("组织"), "group": say("临时机构")}
TIERS: Mapping[str, str] = {
    "nation": say("全国"),
    "province": say("省级"),
    "city": say("市级"),
    "county": say("县级"),
    "township": say("乡级"),
    "village": say("村级"),
}
ORGANISATION_LEVELS: Mapping[str, str] = {
    **TIERS,
    "committee": say("党委"),
    "general_branch": say("党总支"),
    "branch": say("党支部"),
}
CATEGORIES: Mapping[str, str] = {
    "village": say("村"),
    "community": say("社区"),
    "other": say("其他"),
    "party": say("党组织"),
    "firm": say("非公有制企业"),
    "park": say("工业园区"),
    "association": say("行业协会"),
    "social": say("其他社会组织"),
}
EVERY_LEVEL: Mapping[str, str] = {**CATEGORIES, **TYPES, **ORGANISATION_LEVELS}  # units stand at none of their own

NOTHING = say("未填")  # of records without the value by which they are told apart


def part(key: object, field: Field | None) -> str:
    """What a row of a breakdown by category is called."""
    if key is None or key == "":
        return NOTHING
    if isinstance(key, bool) or (field is not None and field.type is FieldType.BOOLEAN):
        return say("是") if str(key).lower() == "true" else say("否")
    return {**field.choices, **field.groups}.get(str(key), str(key)) if field is not None else str(key)


def listed(items: Iterable[str]) -> Said:
    """Several things in one line: by 、, or by ； when one of them has a 、 of its own."""
    told = tuple(items)
    return together(told, by="；" if any("、" in item for item in told) else "、")


def day(day: dt.date) -> str:
    """2010年8月30日."""
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)


def month(day: dt.date) -> str:
    """2010年8月."""
    return say("{year}年{month}月", year=day.year, month=day.month)


class Placed(Protocol):
    """An organisation, as whichever room holds it."""

    @property
    def type(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def category(self) -> str: ...


def organisation(type_: str, level: str, category: str) -> tuple[str, str, str]:
    """What an organisation is, in words; a level or category of its own stands as it was entered."""
    return EVERY_LEVEL.get(level, level), TYPES.get(type_, type_), CATEGORIES.get(category, category)


def kind_of(node: Placed) -> str:
    """What an organisation is, in one line that says nothing twice."""
    words = organisation(node.type, node.level, node.category)
    return together(dict.fromkeys(word for word in words if word), by=" · ")


def category(words: str) -> str:
    """What a category typed in words is kept as."""
    return {title: value for value, title in CATEGORIES.items()}.get(words, words)
