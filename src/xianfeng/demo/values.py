"""The values of planned records. A value in a plan is itself, a text with {n} and {place}, or one of these:

{cycle: [a, b]}             in turn                {draw: {a: 3, b: 1}}         by weight
{between: [5, 40]}          a whole number         {after: 0} {after: [30, 90]} days after the record's own
{split: 6361, least: 1, step: 100, into: [x, y]}   exact parts of a total (step: of so much; into: a tally)
{one_of: villages, distinct: 802, not_in: [id]}    an organisation: every one of `distinct` before any twice
    {one_of: villages, among: id}                      one that an item's records are about
{person: officials}         in turn                {record: id}                 a record of an earlier item, in turn
{drawn: id, number: 2}      the unit that an inspection drew second; {visit: id, number: 2} the record of its visit
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from typing import Any, Protocol

from xianfeng.demo import spread
from xianfeng.demo.ground import Ground, Site
from xianfeng.problems import Problem
from xianfeng.sentences import say, together


class Made(Protocol):
    """What earlier items filed, for later ones to refer to; `scheme/item` is an item of another plan."""

    def records(self, item: str) -> Sequence[object]:
        """The records of an item, in its order: their numbers, or what is put in their place."""
        ...

    def subjects(self, item: str) -> set[int]:
        """Whom or what the records of an item are about."""
        ...


@dataclass(frozen=True)
class Use:
    """What a value is made for: so many records of one item, on this ground."""

    item: str
    count: int
    random: Random
    ground: Ground
    made: Made


@dataclass(frozen=True)
class Going:
    """The unit that an inspection will have drawn in a place, or the record of the visit to it."""

    inspection: str
    number: int
    visit: bool


Values = Sequence[Any]  # one per record; a function of the record's day when it must be
Later = Callable[[dt.date], Any]


def column(spec: Any, use: Use) -> Values:
    """The value of one field in each record of an item."""
    if isinstance(spec, Mapping):
        name = next((name for name in _MAKERS if name in spec), None)
        if name is None:
            hint = say("可用：{known}。", known=together(_MAKERS, by="、"))
            raise Problem("demo.value", say("没有这种取值：{spec}", spec=dict(spec)), hint=hint, place=use.item)
        return _MAKERS[name](spec, use)
    if isinstance(spec, str) and "{" in spec:
        return [spec.replace("{n}", str(number)) for number in range(1, use.count + 1)]
    return [spec] * use.count


def _cycle(spec: Mapping[str, Any], use: Use) -> Values:
    return list(islice(cycle(spec["cycle"]), use.count))


def _draw(spec: Mapping[str, Any], use: Use) -> Values:
    return [spread.drawn(spec["draw"], use.random) for _ in range(use.count)]


def _between(spec: Mapping[str, Any], use: Use) -> Values:
    low, high = spec["between"]
    return [use.random.randrange(low, high + 1) for _ in range(use.count)]


def _after(spec: Mapping[str, Any], use: Use) -> Values:
    low, high = spec["after"] if isinstance(spec["after"], list) else (spec["after"],) * 2
    return [_later(use.random.randrange(low, high + 1)) for _ in range(use.count)]


def _later(days: int) -> Later:
    return lambda day: day + dt.timedelta(days=days)


def _split(spec: Mapping[str, Any], use: Use) -> Values:
    step, least = spec.get("step", 1), spec.get("least", 1)
    if spec["split"] % step or least % step:
        message = say("{total} 不是 {step} 的整数倍。", total=spec["split"], step=step)
        raise Problem("demo.split", message, hint="改 step 或 least。", place=use.item)
    parts = spread.split(spec["split"] // step, use.count, least=least // step, random=use.random)
    if "into" not in spec:
        return [part * step for part in parts]
    return [_tally(part * step, spec["into"], use.random) for part in parts]


def _tally(number: int, groups: Sequence[str], random: Random) -> dict[str, int]:
    parts = spread.split(number, len(groups), least=0, random=random)
    return {group: part for group, part in zip(groups, parts, strict=True) if part}


def _one_of(spec: Mapping[str, Any], use: Use) -> Values:
    taken = set[int]().union(*map(use.made.subjects, spec.get("not_in", ())))
    free = [site for site in use.ground.sites(spec["one_of"]) if site.id not in taken]
    if "among" in spec:
        named = use.made.subjects(spec["among"])
        free = [site for site in free if site.id in named]
    distinct = spec.get("distinct", min(len(free), use.count))
    if not 0 < distinct <= min(len(free), use.count):
        message = say(
            "要 {distinct} 个不同的组织，只有 {free} 个、{records} 条记录。",
            distinct=distinct,
            free=len(free),
            records=use.count,
        )
        raise Problem("demo.too_few", message, place=use.item)
    chosen = spread.shuffled(free, use.random)[:distinct]
    return list(islice(cycle(chosen), use.count))


def _person(spec: Mapping[str, Any], use: Use) -> Values:
    return list(islice(cycle(use.ground.persons(spec["person"])), use.count))


def _record(spec: Mapping[str, Any], use: Use) -> Values:
    records = use.made.records(spec["record"])
    if not records:
        message = say("“{item}”还没有记录。", item=spec["record"])
        raise Problem("demo.no_records", message, hint="把它排在前面。", place=use.item)
    return list(islice(cycle(records), use.count))


def _drawn(spec: Mapping[str, Any], use: Use) -> Values:
    return [Going(spec["drawn"], spec["number"], visit=False)] * use.count


def _visit(spec: Mapping[str, Any], use: Use) -> Values:
    return [Going(spec["visit"], spec["number"], visit=True)] * use.count


_MAKERS: Mapping[str, Callable[[Mapping[str, Any], Use], Values]] = {
    "cycle": _cycle,
    "draw": _draw,
    "between": _between,
    "after": _after,
    "split": _split,
    "one_of": _one_of,
    "person": _person,
    "record": _record,
    "drawn": _drawn,
    "visit": _visit,
}


def settled(value: Any, day: dt.date) -> Any:
    """A value as the ledger takes it, once the record's day is known."""
    if callable(value):
        return value(day)
    return value.id if isinstance(value, Site) else value
