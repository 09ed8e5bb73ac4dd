"""Who satisfies the conditions of a commendation, of all whom it means at once, as columns and as of one entry.

One organisation that is being nominated is asked in `eligibility`; here stand those who were not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from xianfeng import figures, measured, population
from xianfeng.figures.debts import Marks
from xianfeng.figures.interface import Query
from xianfeng.log.append import head
from xianfeng.measured import Sheet
from xianfeng.registry import places, snapshots
from xianfeng.registry.models import Place
from xianfeng.remembered import Remembered
from xianfeng.scheme.commending import Commendation, Condition
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch

_held: Remembered[Marks] = Remembered(64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Eligible:
    """`holds`: by condition, who satisfies it."""

    sheet: Sheet
    until: dt.date
    as_of: int
    holds: Mapping[str, Marks]

    @property
    def whole(self) -> Marks:
        """Who satisfies them all."""
        marks: Marks = np.logical_and.reduce([np.ones(len(self.sheet), np.bool_), *self.holds.values()])
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
    holds = {
        one.name: _held.of((whom, one.when.text, _digest(sheet, one)), partial(_holding, one, sheet, until))
        for one in rule.eligible.values()
    }
    return Eligible(sheet=sheet, until=until, as_of=as_of, holds=holds)


def below(found: Eligible, organisation: int) -> Marks:
    """Who of them stands at or below an organisation, on the day."""
    held = Place.objects.filter(places.on(found.until), organisation=organisation).first()
    if held is None:
        return np.zeros(len(found.sheet), np.bool_)
    there = Place.objects.filter(places.on(found.until), places.within(held.path))
    return np.isin(found.sheet.places, list(there.values_list("id", flat=True)))


def _holding(one: Condition, sheet: Sheet, until: dt.date) -> Marks:
    return measured.holding(one.when, one.measures, sheet, today=until)


def _digest(sheet: Sheet, one: Condition) -> bytes:
    """Of the figures on which a condition depends: entries come by the minute, and few change them."""
    found = hashlib.sha256()
    for name in sorted(one.measures):
        column = sheet.values[name]
        values = repr(column.values.tolist()).encode() if column.values.dtype == object else column.values.tobytes()
        found.update(f"{name} {column.places} {len(values)} ".encode() + values + column.known.tobytes())
    return found.digest()
