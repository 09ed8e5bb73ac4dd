"""A measure's field is of a type that can be added up, carried forward, or told apart."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import REGISTRY, Coverage, Distinct, Flowing, Latest, Measure, Sum
from xianfeng.scheme.types import FieldType

NUMBERS = {type_ for type_ in FieldType if type_.is_number}
TOLD_APART = {type_ for type_ in FieldType if type_.is_reference} | {FieldType.CHOICE}
USES: dict[type[Measure], tuple[set[FieldType], str, str, str, str]] = {
    Sum: (
        NUMBERS - {FieldType.PERCENT} | {FieldType.TALLY},
        "求和",
        "a sum",
        "要数字或分组计数",
        "Use a number or a tally",
    ),
    Latest: (NUMBERS, "时点数", "a stock", "要数字", "Use a number"),
    Distinct: (
        TOLD_APART,
        "去重计数",
        "a distinct",
        "要人员、组织、记录或选项",
        "Use a person, organisation, record or choice",
    ),
}


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        path = f"measures.{measure.name}"
        if isinstance(measure, (Sum, Latest, Distinct)):
            place = f"{path}.{type(measure).__name__.lower()}"
            yield from _fits(draft, place, measure.kind, measure.field, USES[type(measure)])
        if isinstance(measure, Flowing) and measure.by.by == "field":
            dates = ({FieldType.DATE}, "日期口径", "dating", "要日期", "Use a date")
            yield from _fits(draft, f"{path}.by", measure.kind, measure.by.name, dates)
        if isinstance(measure, Coverage) and measure.kind:
            yield from _fits(draft, f"{path}.coverage.field", measure.kind, measure.field, _naming(measure))
        if measure.target and measure.target.field:
            numbers = (NUMBERS, "目标", "a target", "要数字", "Use a number")
            yield from _fits(draft, f"{path}.target", *measure.target.field, numbers)


def _naming(measure: Coverage) -> tuple[set[FieldType], str, str, str, str]:
    if measure.population == REGISTRY:
        return {FieldType.ORGANISATION}, "覆盖对象", "naming the covered one", "要组织字段", "Use an organisation"
    return {FieldType.RECORD}, "覆盖对象", "naming the covered one", "要记录字段", "Use a record"


def _fits(
    draft: Draft, path: str, kind: str, name: str, use: tuple[set[FieldType], str, str, str, str]
) -> Iterator[Fault]:
    field = draft.kinds[kind].fields.get(name) if kind in draft.kinds else None
    types, zh, en, wanted, wanted_en = use
    type_ = field.type if field else FieldType.ORGANISATION  # `organisation`: whoever filed it
    if field is None and name != REGISTRY:
        return
    if field is not None and field.personal:
        yield draft.at("personal_in_measure", path, name=name)
    elif type_ not in types:
        words = {"use": zh, "use_en": en, "wanted": wanted, "wanted_en": wanted_en}
        yield draft.at("field_unfit", path, name=name, type=type_, **words)
