"""Which stretch of the records behind a figure is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


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
