"""What values of the house itself are called on screen: the glossary's words, in one table that every room prints from.

Kinds, states and choices bring their titles with the scheme; these are the ones that no scheme writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from xianfeng.scheme.types import FieldType, Level

if TYPE_CHECKING:
    from xianfeng.scheme.nodes import Field  # formulas are told with these titles, and nodes hold formulas

LEVELS: Mapping[Level, str] = {
    Level.NONE: "草稿",
    Level.FILED: "已报",
    Level.REVIEWED: "已审",
    Level.SUBMITTED: "已上报",
}
RANKS: Mapping[object, str] = {level.rank: title for level, title in LEVELS.items()}  # as postings hold them

TYPES: Mapping[str, str] = {"division": "区划", "unit": "单位", "body": "组织", "group": "临时机构"}
TIERS: Mapping[str, str] = {
    "nation": "全国",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡级",
    "village": "村级",
}
ORGANISATION_LEVELS: Mapping[str, str] = {
    **TIERS,
    "committee": "党委",
    "general_branch": "党总支",
    "branch": "党支部",
}
CATEGORIES: Mapping[str, str] = {
    "village": "村",
    "community": "社区",
    "other": "其他",
    "party": "党组织",
    "firm": "非公有制企业",
    "park": "工业园区",
    "association": "行业协会",
    "social": "其他社会组织",
}
EVERY_LEVEL: Mapping[str, str] = {**CATEGORIES, **TYPES, **ORGANISATION_LEVELS}  # units stand at none of their own

NOTHING = "未填"  # of records without the value by which they are told apart


def part(key: object, field: Field | None) -> str:
    """What a row of a breakdown by category is called."""
    if key is None or key == "":
        return NOTHING
    if isinstance(key, bool) or (field is not None and field.type is FieldType.BOOLEAN):
        return "是" if str(key).lower() == "true" else "否"
    return {**field.choices, **field.groups}.get(str(key), str(key)) if field is not None else str(key)


def listed(items: Iterable[str]) -> str:
    """Several things in one line: by 、, or by ； when one of them has a 、 of its own."""
    told = tuple(items)
    return ("；" if any("、" in item for item in told) else "、").join(told)


def day(day: dt.date) -> str:
    """2010年8月30日."""
    return f"{month(day)}{day.day}日"


def month(day: dt.date) -> str:
    """2010年8月."""
    return f"{day.year}年{day.month}月"


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
    return " · ".join(dict.fromkeys(word for word in words if word))


def category(words: str) -> str:
    """What a category typed in words is kept as."""
    return {title: value for value, title in CATEGORIES.items()}.get(words, words)
