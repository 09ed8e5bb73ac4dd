"""Electors by lot (`lots`) from lists that were sealed: so many of each organisation's, when a public value is known.

Whoever asks cannot choose whom, and whoever is judged cannot know it beforehand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xianfeng import lots
from xianfeng.evaluations.electors import Roll
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Lot:
    """What will decide. `value`: in words, which public value; `known`: the day on which it becomes known.

    `by_hand`: slips drawn before witnesses, on that day or later; then there is no value.
    """

    value: str
    known: dt.date
    by_hand: bool = False

    def refuse(self, *, today: dt.date) -> None:
        if self.by_hand:
            return
        if not self.value.strip():
            hint = say("例如某期彩票的号码；写清楚是哪一期、怎么写。")
            raise Problem("evaluations.no_value", "没有写明用哪个将来公布的数。", hint=hint, field="value")
        lots.refuse_known(self.known, today=today)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A draw as it is sealed with its round. `each`: so many of every organisation's list; `listed`: how many stand on
    the lists of each electorate, in their order. Drawn by hand, it has neither value nor commitment."""

    each: int
    value: str
    known: dt.date
    commitment: str
    listed: tuple[int, ...]

    @property
    def by_hand(self) -> bool:
        return not self.commitment

    def to_json(self) -> dict[str, Any]:
        return {
            "each": self.each,
            "value": self.value,
            "known": self.known.isoformat(),
            "commitment": self.commitment,
            "listed": list(self.listed),
        }

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Sample:
        known, listed = dt.date.fromisoformat(said["known"]), tuple(said["listed"])
        return cls(**{**said, "known": known, "listed": listed})

    def drawn(self, sealed: bytes, codes: Iterable[str], roll: Roll, *, secret: bytes, value: str) -> Roll:
        """Of these organisations' lists. `sealed`: the hash of what the round was frozen as, this draw in it."""
        seed = lots.seed(sealed, bound=self.commitment, which=self.value, secret=secret, value=value)
        return {code: self._of(seed, code, roll.get(code, ())) for code in codes}

    def _of(self, seed: bytes, code: str, listed: Iterable[str]) -> tuple[str, ...]:
        by_lot = sorted(listed, key=lambda elector: lots.ticket(seed, code, elector))
        return tuple(sorted(by_lot[: self.each]))
