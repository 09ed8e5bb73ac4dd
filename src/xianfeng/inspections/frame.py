"""What is fixed and sealed before a draw: who can be drawn, how many, by whom they are visited, what decides.

Everything that could steer a draw stands in the frame, exclusions too, so that nothing is left to decide afterwards.
Its fingerprint is SHA-256 over its canonical JSON; whoever has file and printed fingerprint needs nobody's word.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xianfeng import canonical, characters
from xianfeng.problems import Problem
from xianfeng.sentences import say

_NAMED = 5  # flaws of one sort that are told one by one


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Whoever can be visited. `visited`: the last day of an inspection, None for never."""

    code: str
    title: str
    stratum: str
    visited: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Stratum:
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Inspector:
    """`conflicts`: the codes of the units that this inspector must not visit: his own, those above and below it."""

    code: str
    title: str
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Frame:
    """`approval`: 批准文号. `commitment`: what binds the inspectorate to its secret. `value`: in words, the public
    value that decides, and how it is written; `known`: the day on which it becomes known. Whoever was visited on
    `since` or later is left out. `each`: how many inspectors go to one unit.

    Without commitment and value it is drawn by hand on the day `known`, before witnesses.
    """

    title: str
    approval: str
    commitment: str
    value: str
    known: dt.date
    since: dt.date
    each: int
    strata: tuple[Stratum, ...]
    units: tuple[Unit, ...]
    inspectors: tuple[Inspector, ...]

    @cached_property
    def fingerprint(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()

    @property
    def text(self) -> str:
        return canonical.dumps(
            {
                "title": self.title,
                "approval": self.approval,
                "commitment": self.commitment,
                "value": self.value,
                "known": self.known,
                "since": self.since,
                "each": self.each,
                "strata": [vars(stratum) for stratum in self.strata],
                "units": [vars(unit) for unit in self.units],
                "inspectors": [vars(inspector) for inspector in self.inspectors],
            }
        )

    @property
    def by_hand(self) -> bool:
        return not self.commitment and not self.value

    def eligible(self, stratum: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.stratum == stratum and not self._is_recent(unit))

    def excluded(self, stratum: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.stratum == stratum and self._is_recent(unit))

    def _is_recent(self, unit: Unit) -> bool:
        return unit.visited is not None and unit.visited >= self.since

    @property
    def flaws(self) -> tuple[str, ...]:
        """Why nothing can be drawn from it, in words."""
        return (*self._imprint(), *self._sizes(), *self._codes(), *self._conflicted())

    def _imprint(self) -> Iterator[str]:
        if not self.approval.strip():
            yield say("没有批准文号；督查计划经批准才能抽取。")
        if self.by_hand:
            return
        if len(self.commitment) != 2 * hashlib.sha256().digest_size:
            yield say("密数的封存值不是64位十六进制数。")
        if not self.value.strip():
            yield say("没有写明用哪个将来公布的数。")

    def _sizes(self) -> Iterator[str]:
        names = {stratum.name for stratum in self.strata}
        for unit in self.units:
            if unit.stratum not in names:
                yield say("“{title}”所在的层“{stratum}”没有写明抽几个。", title=unit.title, stratum=unit.stratum)
        for stratum in self.strata:
            found = len(self.eligible(stratum.name))
            if not 0 <= stratum.size <= found:
                yield say(
                    "“{stratum}”要抽{size}个，除去近期督查过的只有{found}个。",
                    stratum=stratum.name,
                    size=stratum.size,
                    found=found,
                )

    def _codes(self) -> Iterator[str]:
        for things in (self.strata, self.units, self.inspectors):
            counted = Counter(thing.name if isinstance(thing, Stratum) else thing.code for thing in things)
            for code, times in counted.items():
                if times > 1:
                    yield say("“{code}”列了{times}次。", code=code, times=times)

    def _conflicted(self) -> Iterator[str]:
        """Whoever may be drawn needs inspectors enough, or the draw would depend on whom it meets."""
        if self.each < 1:
            yield say("每个单位至少去一名督查人员。")
        barred = Counter(code for inspector in self.inspectors for code in set(inspector.conflicts))
        short = [unit for unit in self.units if len(self.inspectors) - barred[unit.code] < self.each]
        for unit in short[:_NAMED]:
            yield say("除去应回避的，能去“{title}”的督查人员不足{each}名。", title=unit.title, each=self.each)
        if len(short) > _NAMED:
            yield say("督查人员不足的单位共{n}个。", n=len(short))

    @classmethod
    def read(cls, text: str) -> Frame:
        return cls.of(read_object(text))

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Frame:
        """A frame as it was written; Problem for what is none."""
        try:
            frame = cls(
                **{key: said[key] for key in ("title", "approval", "commitment", "value", "each")},
                known=dt.date.fromisoformat(said["known"]),
                since=dt.date.fromisoformat(said["since"]),
                strata=tuple(Stratum(**each) for each in said["strata"]),
                units=tuple(Unit(**{**each, "visited": _day(each["visited"])}) for each in said["units"]),
                inspectors=tuple(
                    Inspector(**{**each, "conflicts": tuple(each["conflicts"])}) for each in said["inspectors"]
                ),
            )
            same = frame.text == canonical.dumps(said)  # nothing in it that the fingerprint would not cover
        except (KeyError, TypeError, ValueError) as error:
            raise unreadable() from error
        if not same or not frame._is_sound:
            raise unreadable()
        return frame

    @property
    def _is_sound(self) -> bool:
        """Every text is one, without signs that would steer a terminal, and every number."""
        texts = [self.title, self.approval, self.commitment, self.value]
        texts += [text for unit in self.units for text in (unit.code, unit.title, unit.stratum)]
        texts += [text for one in self.inspectors for text in (one.code, one.title, *one.conflicts)]
        texts += [stratum.name for stratum in self.strata]
        numbers = [self.each, *(stratum.size for stratum in self.strata)]
        readable = (type(text) is str and not characters.misleading(text) for text in texts)
        return all(readable) and all(type(number) is int for number in numbers)


def unreadable() -> Problem:
    return Problem("inspections.file", "文件不是督查名册或抽取结果。", hint="用生成时的原文件，不要改动。")


def read_object(text: str) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except ValueError as error:
        raise unreadable() from error
    if not isinstance(said, dict):
        raise unreadable()
    return said


def _day(said: str | None) -> dt.date | None:
    return None if said is None else dt.date.fromisoformat(said)
