"""What part of an answer is asked for: at which place, and which stretch of its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xianfeng.figures.interface import Axis, Query


@dataclass(frozen=True, kw_only=True)
class Page:
    """A stretch of a trace, and one record more, which tells whether there is another."""

    after: int | None
    limit: int
    among: Sequence[int] | None

    @property
    def values(self) -> dict[str, Any]:
        chosen = None if self.among is None else list(self.among)
        return {"after": -1 if self.after is None else self.after, "most": self.limit + 1, "among": chosen}


@dataclass(frozen=True)
class Where:
    """Where a question is asked. `adds_up`: whether its answer at a place is the sum of those below."""

    query: Query
    axis: Axis | None
    adds_up: bool

    @property
    def children(self) -> bool:
        return self.axis == "children"

    @property
    def by_places(self) -> bool:
        return self.adds_up and self.query.tree == "then"
