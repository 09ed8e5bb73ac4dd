"""A ladder is climbed upwards, and whatever names one has one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.obliging import Rung

_HOURS = {
    "minutes": 1 / 60,
    "hours": 1,
    "work_minutes": 1 / 20,
    "work_hours": 3,
    "days": 24,
    "workdays": 34,
    "months": 730,
}


def check(draft: Draft) -> Iterator[Fault]:
    for path, name in _named(draft):
        fault = draft.unknown("unknown_ladder", path, name, "ladders", draft.ladders)
        if fault:
            yield fault
    for ladder in draft.ladders.values():
        if not ladder.rungs and not draft.reading.is_broken(f"ladders.{ladder.name}"):
            yield draft.at_key("ladder_empty", f"ladders.{ladder.name}")
        for (_, lower), (step, upper) in pairwise(ladder.rungs.items()):
            if _hours(lower) >= _hours(upper):
                yield draft.at("ladder_order", f"ladders.{ladder.name}.{step}")


def _named(draft: Draft) -> Iterator[tuple[str, str]]:
    for obligation in draft.obligations.values():
        if obligation.ladder:
            yield f"obligations.{obligation.name}.ladder", obligation.ladder
    for kind in draft.kinds.values():
        for clock in kind.flow.clocks.values():
            if clock.ladder:
                yield f"kinds.{kind.name}.flow.moves.{clock.move}.ladder", clock.ladder


def _hours(rung: Rung) -> float:
    """About when, counted from the deadline: enough to tell earlier from later."""
    return rung.span.amount * _HOURS[rung.span.unit] * (1 if rung.after else -1)
