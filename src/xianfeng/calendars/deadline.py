"""A due instant that remembers how it was computed.

The calendar may be edited afterwards; what was told to people stays as it was told, with its reasons, until somebody
decides otherwise. `deadlines.as_now` tells what today's calendar would make of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xianfeng import canonical
from xianfeng.scheme.obliging import Span


class How(StrEnum):
    AFTER = "after"  # a span after the start
    BEFORE = "before"  # a span back from the start: the latest moment to begin
    BY = "by"  # by the close of the start's day, or of the next working day
    ON = "on"  # by the close of that very day, whatever day it is


@dataclass(frozen=True)
class Step:
    """One consideration of a computation: `wording` says it; days and times are kept as ISO text."""

    code: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    how: How
    start: dt.datetime  # from where it is counted, forwards or backwards
    span: Span | None  # None: by the close of a day
    due: dt.datetime
    steps: tuple[Step, ...] = ()
    provisional: bool = False  # it rests on a year whose holidays are not announced
    calendar_seq: int = 0  # the last entry of the calendar it was computed with

    def to_json(self) -> str:
        """Canonical JSON, moments in UTC."""
        return canonical.dumps(
            {
                "how": self.how,
                "start": self.start,
                "span": [self.span.amount, self.span.unit] if self.span else None,
                "due": self.due,
                "steps": [[step.code, step.values] for step in self.steps],
                "provisional": self.provisional,
                "calendar": self.calendar_seq,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Deadline:
        return cls.of(json.loads(text))

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Deadline:
        """As it was read where it stands in a larger text."""
        span = kept["span"]
        return cls(
            how=How(kept["how"]),
            start=dt.datetime.fromisoformat(kept["start"]),
            span=Span(amount=span[0], unit=span[1]) if span else None,
            due=dt.datetime.fromisoformat(kept["due"]),
            steps=tuple(Step(code, values) for code, values in kept["steps"]),
            provisional=kept["provisional"],
            calendar_seq=kept["calendar"],
        )
