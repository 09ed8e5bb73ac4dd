"""Heaps of round numbers: who counts meets every last digit, who invents likes 0 and 5.

People round, and the larger the more, so nobody is held to a fixed share: a unit's counts of a year are held against
those of the others of its level, in the same field. Numbers under 20 say too little, and one that is the same as the
one before was carried forward, not counted again. Sums of money are round by nature and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xianfeng.log import bulk
from xianfeng.registry.models import Organisation
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.signals import chance
from xianfeng.signals.chance import Counted
from xianfeng.signals.filed import Filed, Found, Register

NAME = "rounded"
ASKED: tuple[str, ...] = ("year",)  # more of a year's numbers are no other question
LEAST = 20  # a smaller number is counted exactly, or tells nothing
STEP = 5
_COUNTS = (FieldType.INTEGER, FieldType.TALLY)


@dataclass
class Heap:
    """What a unit counted in a year, and the records with its round numbers."""

    last: dict[str, int] = field(default_factory=dict)
    count: int = 0
    round: int = 0
    records: list[Filed] = field(default_factory=list)

    def add(self, one: Filed, numbers: Mapping[str, int]) -> None:
        new = [number for name, number in numbers.items() if number >= LEAST and self.last.get(name) != number]
        self.last.update(numbers)
        some = sum(number % STEP == 0 for number in new)
        self.count += len(new)
        self.round += some
        if some:
            self.records.append(one)


def find(register: Register) -> Iterator[Found]:
    if register.by_organisations and register.kind.basis != "stated":
        for counted in register.filled_in:
            if counted.type in _COUNTS:
                yield from _heaps(register, counted)


def sentence(told: Mapping[str, Any]) -> str:
    return say(
        "{year}年“{field}”里 {least} 以上的数有 {count} 个，{round} 个逢五逢十；同级其他组织的有 {share}% 逢五逢十。",
        **told,
    )


def _heaps(register: Register, counted: Field) -> Iterator[Found]:
    heaps: defaultdict[tuple[int, int], Heap] = defaultdict(Heap)
    for one, values in register.filed():
        given = values.get(counted.name)
        if given is not None:
            numbers = given if isinstance(given, dict) else {"": given}
            heaps[one.day.year, one.organisation].add(one, numbers)
    levels = _levels({organisation for _, organisation in heaps})
    neighbours: defaultdict[tuple[int, str], dict[int, Counted]] = defaultdict(dict)
    for (year, organisation), heap in heaps.items():
        neighbours[year, levels[organisation]][organisation] = Counted(heap.round, heap.count)
    for (year, _), units in neighbours.items():
        for organisation, share in chance.beyond(units).items():
            yield _found(counted, year, heaps[year, organisation], share)


def _found(counted: Field, year: int, heap: Heap, share: float) -> Found:
    first, *others = heap.records
    told = {"year": year, "least": LEAST, "count": heap.count, "round": heap.round, "share": round(100 * share)}
    return Found(first, counted.name, told, beside=tuple(one.number for one in others))


def _levels(organisations: set[int]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    for some in bulk.numbers(organisations):
        found.update(Organisation.objects.filter(id__in=some).values_list("id", "level"))
    return found
