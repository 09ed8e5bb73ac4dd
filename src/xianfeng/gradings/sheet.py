"""What a grading looks at, as columns: one row an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianfeng.figures.each import Column
from xianfeng.figures.ranges import Numbers

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False, kw_only=True)
class Sheet:
    """`values`: by measure. `called`: code, name, type, level, tier, category of each. `within`: by level, the
    organisation of that level under which each stands; 0 where it stands under none."""

    organisations: Numbers
    places: Numbers
    values: Mapping[str, Column]
    called: pa.Table
    within: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.organisations)
