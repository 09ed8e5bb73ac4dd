"""The tables of a package: what their columns are called, of which type they are, and what each means."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from xianfeng.spreadsheets import harmless

Value = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    name: str
    title: str
    type: Literal["string", "integer", "number", "date", "yearmonth"] = "string"
    description: str = ""
    required: bool = False

    @property
    def described(self) -> dict[str, Any]:
        found: dict[str, Any] = {"name": self.name, "title": self.title, "type": self.type}
        if self.description:
            found["description"] = self.description
        if self.required:
            found["constraints"] = {"required": True}
        return found


@dataclass(frozen=True)
class Sheet:
    """`refers`: columns whose values are the key of another sheet."""

    name: str
    title: str
    description: str
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
    return harmless(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)


_MEASURE = Column("measure", "统计指标", description="measures.csv 的 name", required=True)
_ORGANISATION = Column("organisation", "组织代码", description="organisations.csv 的 code", required=True)
_VALUE = Column(
    "value",
    "数据",
    "number",
    "空着是没有报，或者没有可以计算的对象，都不是 0；比率写成小数，0.98 是 98%",
)
_RECORDS = Column("records", "依据的记录数", "integer", "空着是不公开")
_REFERS = {"measure": ("measures", "name"), "organisation": ("organisations", "code")}

ORGANISATIONS = Sheet(
    name="organisations",
    title="组织",
    description="活动所在的组织和它的直接下级，名称以统计截止日为准。",
    columns=(
        Column("code", "代码", required=True),
        Column("name", "名称", required=True),
        Column("level", "层级"),
        Column("above", "上级代码", description="空着的是活动所在的组织"),
    ),
    key=("code",),
)
MEASURES = Sheet(
    name="measures",
    title="统计指标",
    description="方案列为公开的统计指标和统计口径。",
    columns=(
        Column("name", "指标", required=True),
        Column("title", "名称", required=True),
        Column("unit", "单位"),
        Column("section", "栏目"),
        Column("definition", "统计口径", required=True),
        Column("by_month", "按月的含义", description="发生数：当月发生的；月末数：到当月末的状态", required=True),
        Column("target", "目标", "number"),
        Column("due", "目标期限", "date"),
        Column("page", "网页", description="本站地址"),
    ),
    key=("name",),
)
TOTALS = Sheet(
    name="totals",
    title="截止日的数据",
    description="每个指标在每个组织，截至统计截止日。",
    columns=(
        _MEASURE,
        _ORGANISATION,
        _VALUE,
        _RECORDS,
        Column("expected", "应报单位数", "integer", "空着是没有报送要求，或者不公开"),
        Column("missing", "未报单位数", "integer", "空着是没有报送要求，或者不公开"),
    ),
    key=("measure", "organisation"),
    refers=_REFERS,
)
MONTHS = Sheet(
    name="months",
    title="按月的数据",
    description="每个指标在每个组织的每个月。没有任何记录的月份不列。",
    columns=(_MEASURE, _ORGANISATION, Column("month", "月份", "yearmonth", required=True), _VALUE, _RECORDS),
    key=("measure", "organisation", "month"),
    refers=_REFERS,
)
