"""The tables of a package: what their columns are called, of which type they are, and what each means."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from xianfeng.spreadsheets import harmless

Value = str | bool | int | Decimal | None


class Both(NamedTuple):
    """In Chinese and English: a file that is made once is read by people of either."""

    chinese: str
    english: str

    def told(self, name: str) -> dict[str, str]:
        return {name: self.chinese, f"{name}_en": self.english}


@dataclass(frozen=True)
class Column:
    name: str
    title: Both
    type: Literal["string", "integer", "number", "boolean", "date", "yearmonth"] = "string"
    description: Both | None = None
    required: bool = False

    @property
    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = {"name": self.name, **self.title.told("title"), "type": self.type}
        if self.description:
            found |= self.description.told("description")
        if self.required:
            found["constraints"] = {"required": True}
        return found


@dataclass(frozen=True)
class Sheet:
    """`refers`: columns whose values are the key of another sheet."""

    name: str
    title: Both
    description: Both
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # column -> (sheet, its column)

    @property
    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "fields": [column.described for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        if self.refers:
            found["foreignKeys"] = [
                {"fields": column, "reference": {"resource": sheet, "fields": its}}
                for column, (sheet, its) in self.refers.items()
            ]
        return found

    def written(self, rows: Sequence[Sequence[Value]]) -> bytes:
        """As CSV: UTF-8, commas, CRLF as RFC 4180 has it."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([column.name for column in self.columns])
        writer.writerows([_text(value) for value in row] for row in rows)
        return out.getvalue().encode()


def _text(value: Value) -> str:
    """Numbers in digits alone; words so that no spreadsheet runs them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)


_MEASURE = Column(
    "measure",
    Both("统计指标", "Measure"),
    description=Both("measures.csv 的 name", "name in measures.csv"),
    required=True,
)
_ORGANISATION = Column(
    "organisation",
    Both("组织代码", "Code of the organisation"),
    description=Both("organisations.csv 的 code", "code in organisations.csv"),
    required=True,
)
_VALUE = Column(
    "value",
    Both("数据", "Value"),
    "number",
    Both(
        "空着是没有报，或者没有可以计算的对象，都不是 0；比率写成小数，0.98 是 98%",
        "Empty: not reported, or nothing to count; neither is 0. Rates are fractions: 0.98 is 98%",
    ),
)
_IS_FLOOR = Column(
    "is_floor",
    Both("只知道至少这么多", "At least so much"),
    "boolean",
    Both(
        "true：实际可能更多，因为群众评议几乎一致的，只公布那一项至少多少票；空着是没有数据",
        "true: it may be more, for where nearly all answered alike only at least how many is told; empty: no value",
    ),
)
_RECORDS = Column(
    "records", Both("依据的记录数", "Entries it rests on"), "integer", Both("空着是不公开", "Empty: not public")
)
_REFERS = {"measure": ("measures", "name"), "organisation": ("organisations", "code")}

ORGANISATIONS = Sheet(
    name="organisations",
    title=Both("组织", "Organisations"),
    description=Both(
        "活动所在的组织和它的直接下级，名称以统计截止日为准。",
        "The campaign's organisation and those directly below it, as they were called on the last day counted.",
    ),
    columns=(
        Column("code", Both("代码", "Code"), required=True),
        Column("name", Both("名称", "Name"), required=True),
        Column("level", Both("层级", "Level")),
        Column(
            "above",
            Both("上级代码", "Code of the organisation above"),
            description=Both("空着的是活动所在的组织", "Empty: the campaign's own organisation"),
        ),
    ),
    key=("code",),
)
MEASURES = Sheet(
    name="measures",
    title=Both("统计指标", "Measures"),
    description=Both(
        "方案列为公开的统计指标和统计口径。",
        "The measures that the scheme makes public, with their definitions (in Chinese).",
    ),
    columns=(
        Column("name", Both("指标", "Measure"), required=True),
        Column("title", Both("名称", "Name"), required=True),
        Column("unit", Both("单位", "Unit")),
        Column("section", Both("栏目", "Section")),
        Column("definition", Both("统计口径", "Definition"), required=True),
        Column(
            "by_month",
            Both("按月的含义", "What a month means"),
            description=Both(
                "发生数：当月发生的；月末数：到当月末的状态",
                "发生数: what happened in the month; 月末数: the state at its end",
            ),
            required=True,
        ),
        Column("target", Both("目标", "Target"), "number"),
        Column("due", Both("目标期限", "Target due"), "date"),
        Column("page", Both("网页", "Page"), description=Both("本站地址", "An address of this site")),
    ),
    key=("name",),
)
TOTALS = Sheet(
    name="totals",
    title=Both("截止日的数据", "Values on the last day"),
    description=Both(
        "每个指标在每个组织，截至统计截止日。", "Each measure for each organisation, up to the last day counted."
    ),
    columns=(
        _MEASURE,
        _ORGANISATION,
        _VALUE,
        _IS_FLOOR,
        _RECORDS,
        Column(
            "expected",
            Both("应报单位数", "Organisations expected"),
            "integer",
            Both("空着是没有报送要求，或者不公开", "Empty: nobody owes it, or it is not public"),
        ),
        Column(
            "missing",
            Both("未报单位数", "Organisations not reported"),
            "integer",
            Both("空着是没有报送要求，或者不公开", "Empty: nobody owes it, or it is not public"),
        ),
    ),
    key=("measure", "organisation"),
    refers=_REFERS,
)
MONTHS = Sheet(
    name="months",
    title=Both("按月的数据", "Values by month"),
    description=Both(
        "每个指标在每个组织的每个月。没有任何记录的月份不列。",
        "Each measure for each organisation and month. Months without any entry are left out.",
    ),
    columns=(
        _MEASURE,
        _ORGANISATION,
        Column("month", Both("月份", "Month"), "yearmonth", required=True),
        _VALUE,
        _IS_FLOOR,
        _RECORDS,
    ),
    key=("measure", "organisation", "month"),
    refers=_REFERS,
)
