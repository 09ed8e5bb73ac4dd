"""What a document states, row by row: `schemes/<system>/figures.yaml`. Nothing that makes records reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xianfeng.problems import Problem
from xianfeng.sentences import say

MARKS = {"R": say("结果"), "T": say("目标或规定"), "N": say("文字自身的数字")}
BASES = {"each": say("逐条登记"), "summed": say("各条之和"), "stated": say("据文件所述")}
LISTS = ("standard", "choices", "required")  # checks of several things, each by its words
_COVERS = re.compile(r"([A-Z])([1-9]\d*)-\1([1-9]\d*)")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of one row. `check` names what it is held against; see `checks`."""

    row: str
    part: str
    mark: str
    text: str  # the document's own words
    check: Mapping[str, Any]
    basis: str = ""  # R rows
    expected: str = ""  # as the bulletin prints it; '' when the document prints no number
    exact: Any = None  # the exact value, where it is known
    items: tuple[str, ...] = ()  # the things that the document lists, in its words and order
    beside: tuple[str, ...] = ()  # the bulletin's own sentences about the number, where `text` is not the (only) one
    progress: str = ""  # T rows: the measure that counts what has been done
    reason: str = ""  # why this mark or reading; of a T row without a measure, why nothing is counted


@dataclass(frozen=True, kw_only=True)
class System:
    name: str
    source: str  # the document's file name
    bulletin: str  # '' when the document is no bulletin
    covers: tuple[str, ...]  # the rows of the acceptance list that must be here: A1, A2, …
    rows: tuple[Row, ...]


def read(path: Path) -> System:
    """A system's expectations; a Problem that names what is not well-formed."""
    try:
        raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise Problem("acceptance.not_yaml", f"{error}".strip(), hint="改正 YAML 语法。", place=str(path)) from None
    if not isinstance(raw, Mapping) or raw.get("expected") != 1:
        raise Problem("acceptance.not_expected", "不是验收数据，或版本不对。", hint="写 expected: 1。", place=str(path))
    if not raw.get("rows"):
        hint = "在 rows 里逐行写下文件所述。"
        raise Problem("acceptance.no_rows", "验收数据一行也没有，什么都核对不了。", hint=hint, place=str(path))
    return System(
        name=raw["system"],
        source=raw["source"],
        bulletin=raw.get("bulletin", ""),
        covers=_covers(raw.get("covers"), path),
        rows=tuple(_row(number, row, path) for number, row in enumerate(raw["rows"], 1)),
    )


def _covers(said: Any, path: Path) -> tuple[str, ...]:
    """'A1-A20' as the rows A1, A2, …, A20."""
    found = _COVERS.fullmatch(str(said))
    if found is None:
        hint = "写 covers: A1-A20 这样的范围。"
        raise Problem("acceptance.covers", "没有写明要核对验收清单的哪些行。", hint=hint, place=str(path))
    letter, first, last = found.groups()
    return tuple(f"{letter}{number}" for number in range(int(first), int(last) + 1))


def _row(number: int, raw: Mapping[str, Any], path: Path) -> Row:
    try:
        row = Row(**{**raw, **{name: tuple(raw.get(name, ())) for name in ("items", "beside")}})
    except TypeError as error:
        place = say("{path} 第 {row} 行", path=path, row=number)
        raise Problem("acceptance.row", str(error), hint="对照其他行改正。", place=place) from None
    for code, message, hint in _faults(row):
        raise Problem(code, message, hint=hint, place=f"{path} {row.row} {row.part}")
    return row


def _faults(row: Row) -> list[tuple[str, str, str]]:
    """What a row must be so that it can be found unequal at all: code, message, hint."""
    faults: list[tuple[str, str, str]] = []
    if row.mark not in MARKS or (row.mark == "R") != (row.basis in BASES):
        faults.append(
            ("acceptance.mark", say("标记应为 R、T、N；R 行有依据，其他行没有。"), say("改正 mark 或 basis。"))
        )
    if (row.mark == "R") != ("figure" in row.check):
        faults.append(("acceptance.result", say("结果（R）由台账计数，用 figure 核对。"), say("改正 mark 或 check。")))
    if row.progress and row.mark != "T":
        faults.append(
            ("acceptance.progress", say("只有目标或规定（T）才有进度。"), say("去掉 progress，或改正 mark。"))
        )
    if any(len(sentence) == 1 for sentence in row.beside):
        faults.append(("acceptance.beside", say("beside 是清单。"), say("一句一项，写在方括号里。")))
    if any(name in row.check for name in LISTS) and not row.items:
        faults.append(("acceptance.items", say("清单要逐项核对。"), say("在 items 里照文件写下各项。")))
    if not _states_something(row):
        faults.append(
            ("acceptance.nothing_held", say("没有写应有什么，怎样都一致。"), say("写 expected、exact 或 items。"))
        )
    return faults


def _states_something(row: Row) -> bool:
    if row.mark == "R":
        return bool(row.expected)
    terms = len(row.check) > 1 if "obligation" in row.check else False
    return bool(row.expected or row.items or terms) or row.exact is not None
