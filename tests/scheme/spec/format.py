"""How a specification is written: a piece of a scheme, a table in, a table of what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

HEAD = """\
xianfeng: 1
scheme: spec
title: 样例
at: "350100"
runs: {from: 2012-01-01, to: 2012-12-31}
"""


@dataclass(frozen=True)
class Table:
    """Rows under a heading, written with bars between the cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> Table:
        lines = [line for line in dedent(text).strip().splitlines() if line.strip(" |-+")]
        cells = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
        assert all(len(row) == len(cells[0]) for row in cells), f"uneven table: {text}"
        return cls(cells[0], tuple(cells[1:]))

    def markdown(self) -> list[str]:
        return [_row(self.columns), _row(("---",) * len(self.columns)), *map(_row, self.rows)]


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


@dataclass(frozen=True, kw_only=True)
class Spec:
    """`scheme` is what stands below the heading; `expected` what comes of it; `given` what it is applied to."""

    title: str
    words: str
    scheme: str
    expected: Table
    given: Table | None = None
    files: Mapping[str, str] | None = None  # parts that it includes

    def load(self) -> Scheme | Faults:
        return load_package(with_libraries({"scheme.yaml": HEAD + dedent(self.scheme), **(self.files or {})}))

    def loaded(self) -> Scheme:
        scheme = self.load()
        assert isinstance(scheme, Scheme), str(scheme)
        return scheme

    def markdown(self) -> list[str]:
        lines = [f"## {self.title}", "", self.words, ""]
        for name, text in (self.files or {}).items():
            lines += [f"`{name}`：", "", "```yaml", text.strip(), "```", ""]
        lines += ["```yaml", dedent(self.scheme).strip(), "```", ""]
        if self.given:
            lines += ["给出：", "", *self.given.markdown(), "", "得到：", ""]
        return [*lines, *self.expected.markdown(), ""]
