"""A parsed expression: the one formula language of guards, checks, filters and grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from xianfeng.scheme.expressions.types import Type

Value = bool | int | Decimal | str | dt.date | tuple[str, ...] | Mapping[str, int] | None


@dataclass(frozen=True)
class Expression:
    """A formula as written, and what it means."""

    text: str
    type: Type

    def value(self, row: Mapping[str, object], *, today: dt.date) -> Value:
        """Its value on a record in canonical form; None is missing."""
        raise NotImplementedError
