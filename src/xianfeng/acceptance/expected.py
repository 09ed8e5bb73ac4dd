"""What a document states, row by row: `schemes/<system>/figures.yaml`. Nothing that makes records reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from xianfeng.problems import Problem

MARKS = {"R": "结果", "T": "目标或规定", "N": "文字自身的数字"}
BASES = {"each": "逐条登记", "summed": "各条之和", "stated": "据文件所述"}


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
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class System:
    name: str
    source: str  # the document's file name
    bulletin: str  # '' when the document is no bulletin
    rows: tuple[Row, ...]


def read(path: Path) -> System:
    """A system's expectations; a Problem that names the row which is not well-formed."""
    try:
        raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise Problem("acceptance.not_yaml", f"{error}".strip(), hint="改正 YAML 语法。", place=str(path)) from None
    if not isinstance(raw, Mapping) or raw.get("expected") != 1:
        raise Problem("acceptance.not_expected", "不是验收数据，或版本不对。", hint="写 expected: 1。", place=str(path))
    rows = tuple(_row(number, row, path) for number, row in enumerate(raw["rows"], 1))
    return System(name=raw["system"], source=raw["source"], bulletin=raw.get("bulletin", ""), rows=rows)


def _row(number: int, raw: Mapping[str, Any], path: Path) -> Row:
    try:
        row = Row(**raw)
    except TypeError as error:
        raise Problem("acceptance.row", f"{error}", hint="对照其他行改正。", place=f"{path} 第 {number} 行") from None
    if row.mark not in MARKS or (row.mark == "R") != (row.basis in BASES):
        hint = "改正 mark 或 basis。"
        place = f"{path} {row.row} {row.part}"
        raise Problem("acceptance.mark", "标记应为 R、T、N；R 行有依据，其他行没有。", hint=hint, place=place)
    return row
