"""The draw of an inspection: its units and inspectors by lot (`lots`), from a sealed frame.

The inspectorate was bound to frame and secret before the public value was known; those who are inspected do not know
the secret until the visits are over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xianfeng import lots
from xianfeng.inspections.frame import Frame, Inspector, Unit
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A unit that was drawn, and who goes there: their codes."""

    unit: str
    inspectors: tuple[str, ...]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Visit:
        """As it was written down; KeyError or TypeError where it is not one."""
        return cls(unit=said["unit"], inspectors=tuple(said["inspectors"]))


def seed(frame: Frame, *, secret: bytes, value: str) -> bytes:
    if frame.by_hand:
        raise Problem("inspections.by_hand", "这份名册当众摇号，不用公布的数抽。", hint="当众摇出，再登记结果。")
    return lots.seed(frame.fingerprint, bound=frame.commitment, which=frame.value, secret=secret, value=value)


def drawn(frame: Frame, seed: bytes) -> tuple[Visit, ...]:
    """The visits, in the order of their units' hashes, so that no stratum has its inspectors before another."""
    if frame.flaws:
        raise Problem("inspections.frame", say("不能抽取：{first}", first=frame.flaws[0]), hint="改正名册，重新封存。")
    units = [
        unit
        for stratum in frame.strata
        for unit in sorted(frame.eligible(stratum.name), key=lambda unit: lots.ticket(seed, unit.code))[: stratum.size]
    ]
    load = Counter[str]()
    visits = []
    for unit in sorted(units, key=lambda unit: lots.ticket(seed, unit.code)):
        going = _going(seed, unit, frame.inspectors, load)[: frame.each]
        load.update(going)
        visits.append(Visit(unit=unit.code, inspectors=tuple(going)))
    return tuple(visits)


def _going(seed: bytes, unit: Unit, inspectors: Sequence[Inspector], load: Counter[str]) -> list[str]:
    """Whoever may go there, those with the fewest visits first, by lot among them."""
    free = [each.code for each in inspectors if unit.code not in each.conflicts]
    return sorted(free, key=lambda code: (load[code], lots.ticket(seed, unit.code, code)))
