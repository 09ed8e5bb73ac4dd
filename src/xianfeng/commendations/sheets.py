"""Who satisfies the conditions of a commendation, of all whom it means at once, as columns and as of one entry.

One organisation that is being nominated is asked in `eligibility`; here stand those who were not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from xianfeng import figures, measured, population
from xianfeng.figures.debts import Marks
from xianfeng.figures.interface import Query
from xianfeng.log.append import head
from xianfeng.measured import Held, Sheet
from xianfeng.registry import places, snapshots
from xianfeng.registry.models import Place
from xianfeng.remembered import Remembered
from xianfeng.scheme.commending import Commendation, Condition
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch

_held: Remembered[Held] = Remembered(64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Eligible:
    """`held`: by condition, who satisfies it, and of whom that cannot be told."""

    sheet: Sheet
    until: dt.date
    as_of: int
    held: Mapping[str, Held]

    @property
    def whole(self) -> Marks:
        """Who satisfies them all."""
        return self._all([one.holds for one in self.held.values()])

    @property
    def unsure(self) -> Marks:
        """Who may: there is none that they certainly lack."""
        return self._all([one.holds | one.unsure for one in self.held.values()]) & ~self.whole

    def _all(self, held: Sequence[Marks]) -> Marks:
        marks: Marks = np.logical_and.reduce([np.ones(len(self.sheet), np.bool_), *held])
        return marks


def eligible(scheme: Scheme, rule: Commendation, *, root: int, stretch: Stretch, day: dt.date) -> Eligible:
    """`root`: the organisation below which they stand, on the day."""
    as_of, until, engine = head(), min(day, stretch.until), figures.engine()
    asked = [
        Query(scheme=scheme.hash, measure=name, organisation=root, since=stretch.since, until=until, as_of=as_of)
        for name in rule.measures
    ]
    sheet = measured.read(population.described(root, until, rule.where, as_of=as_of), asked, engine=engine)
    whom = (snapshots.edition(as_of), root, until, rule.where and rule.where.text)
    held = {
        one.name: _held.of((whom, one.when.text, _digest(sheet, one)), partial(_holding, one, sheet, until))
        for one in rule.eligible.values()
    }
    return Eligible(sheet=sheet, until=until, as_of=as_of, held=held)


def below(found: Eligible, organisation: int) -> Marks:
    """Who of them stands at or below an organisation, on the day."""
    held = Place.objects.filter(places.on(found.until), organisation=organisation).first()
    if held is None:
        return np.zeros(len(found.sheet), np.bool_)
    there = Place.objects.filter(places.on(found.until), places.within(held.path))
    return np.isin(found.sheet.places, list(there.values_list("id", flat=True)))


def _holding(one: Condition, sheet: Sheet, until: dt.date) -> Held:
    return measured.holding(one.when, one.measures, sheet, today=until)


def _digest(sheet: Sheet, one: Condition) -> bytes:
    """Of the figures on which a condition depends: entries come by the minute, and few change them."""
    found = hashlib.sha256()
    for name in sorted(one.measures):
        column = sheet.values[name]
        values = repr(column.values.tolist()).encode() if column.values.dtype == object else column.values.tobytes()
        found.update(f"{name} {column.places} {len(values)} ".encode() + values + column.known.tobytes())
        found.update(b"" if column.floors is None else column.floors.tobytes())
    return found.digest()
