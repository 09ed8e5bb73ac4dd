"""A batch of slips and its readings: two for every count, and a third look where those differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xianfeng.evaluations.models import CountingSheet

FIRST, SECOND, THIRD = 1, 2, 3
BLANK = ""  # a question that was left out
Counts = Mapping[str, Mapping[str, int]]  # question -> answer -> slips
Line = tuple[str, str]  # question and answer; of the whole batch: ('', 'slips') and ('', 'invalid')
SLIPS: Line = ("", "slips")
INVALID: Line = ("", "invalid")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What somebody counted of a batch."""

    slips: int
    invalid: int
    counts: Counts

    @classmethod
    def of(cls, sheet: CountingSheet) -> Counted:
        return cls(slips=sheet.slips, invalid=sheet.invalid, counts=sheet.counts)

    @property
    def valid(self) -> int:
        return self.slips - self.invalid

    def lines(self) -> dict[Line, int]:
        told = {SLIPS: self.slips, INVALID: self.invalid}
        return told | {(name, answer): n for name, numbers in self.counts.items() for answer, n in numbers.items()}


@dataclass(frozen=True, kw_only=True)
class Count:
    """One count of a batch: two readings, and a third look where they differ."""

    sheets: tuple[CountingSheet, ...]

    @property
    def differing(self) -> tuple[Line, ...]:
        """What the first two do not agree in."""
        if len(self.sheets) < SECOND:
            return ()
        first, second = (Counted.of(sheet).lines() for sheet in self.sheets[:SECOND])
        return tuple(line for line in first if first[line] != second.get(line))

    @property
    def settled(self) -> bool:
        return len(self.sheets) >= THIRD or (len(self.sheets) == SECOND and not self.differing)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One batch. `counts`: the first, and whatever was counted anew since the result was published."""

    number: int
    counts: tuple[Count, ...]

    @property
    def last(self) -> Count:
        return self.counts[-1]

    @property
    def next(self) -> int:
        """The count to which another reading would belong."""
        return len(self.counts) + self.last.settled

    @property
    def sheets(self) -> tuple[CountingSheet, ...]:
        """All its readings, in their order."""
        return tuple(sheet for count in self.counts for sheet in count.sheets)

    @property
    def slips(self) -> int:
        return self.counted.slips if self.settled else self.sheets[0].slips

    @property
    def settled(self) -> bool:
        return self.counts[0].settled

    @property
    def counted(self) -> Counted:
        """What holds, once it is settled: the last count that is."""
        return Counted.of(next(count.sheets[-1] for count in reversed(self.counts) if count.settled))
