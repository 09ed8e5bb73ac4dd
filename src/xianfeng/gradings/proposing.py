"""Classes from points, bars and quotas: pure arithmetic over columns, the same for a proposal and for a what-if.

What is printed can be computed again by hand from what is printed: points of an indicator, of a part (out of a
hundred) and of the whole are each rounded to hundredths, half up, and the next is computed from the rounded ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xianfeng.figures.debts import Marks
from xianfeng.figures.ranges import Numbers
from xianfeng.gradings.points import Points, hundredths, points
from xianfeng.measured import Held, Sheet, holding
from xianfeng.scheme.grading import Grading, Part, Quota

NONE = -1  # in the place of a class: none is proposed
HUNDRED = 100_00


@dataclass(frozen=True, eq=False, kw_only=True)
class Proposed:
    """Of each organisation. Points are hundredths; classes stand for their place, 0 the best.

    `scored`: the class by points alone; `grade`: what is proposed. In between stand the bars (`barred`) and, where
    `grade` is worse than these allow, full quotas. Where a value may be more than is known, the total lies between
    `total` and `most`, and of a bar it may not be known whether it holds (`unsure`). Where either makes a difference
    people decide: no class is proposed, and no place of a quota taken.
    """

    points: Mapping[tuple[str, str], Points]  # by part and indicator
    shares: Mapping[str, Numbers]  # by part, out of a hundred
    total: Numbers
    most: Numbers  # what it may come to
    known: Marks  # whether there are points of every indicator
    scored: Numbers
    barred: Mapping[str, Marks]
    unsure: Mapping[str, Marks]
    grade: Numbers


def proposed(grading: Grading, sheet: Sheet) -> Proposed:
    found = {
        (part.name, each.name): points(each, sheet.values[each.measure])
        for part in grading.parts.values()
        for each in part.indicators.values()
    }
    barring = {bar.name: holding(bar.when, bar.measures, sheet, today=dt.date.max) for bar in grading.bars.values()}
    return classed(grading, found, barring, sheet.within)


def classed(
    grading: Grading,
    found: Mapping[tuple[str, str], Points],
    barring: Mapping[str, Held],
    within: Mapping[str, Numbers],
) -> Proposed:
    """From points and bars on: what other weights, limits and quotas would make of the same."""
    known = np.logical_and.reduce([each.known for each in found.values()])
    shares = _shares(grading, {key: each.points for key, each in found.items()})
    total = _total(grading, shares)
    most = _total(grading, _shares(grading, {key: each.most for key, each in found.items()}))
    scored, best = (np.where(known, _by_points(grading, each), NONE) for each in (total, most))
    grade, allowed, order = scored.copy(), best.copy(), [*grading.classes]
    for bar in grading.bars.values():
        held = barring[bar.name].holds & known
        for each in (grade, allowed):
            each[held] = np.maximum(each[held], order.index(bar.at_most))
    grade[grade != allowed] = NONE
    for bar in grading.bars.values():
        grade[barring[bar.name].unsure & (allowed < order.index(bar.at_most))] = NONE
    for at, name in enumerate(order):
        if quota := grading.quotas.get(name):
            groups = within[quota.within] if quota.within else np.zeros(len(grade), np.int64)
            out, unsure = _displaced(quota, groups, (total, most), known, grade == at)
            grade[out], grade[unsure] = at + 1, NONE
    return Proposed(
        points=found,
        shares=shares,
        total=total,
        most=most,
        known=known,
        scored=scored,
        barred={name: held.holds for name, held in barring.items()},
        unsure={name: held.unsure for name, held in barring.items()},
        grade=grade,
    )


def _shares(grading: Grading, points: Mapping[tuple[str, str], Numbers]) -> dict[str, Numbers]:
    """What each part comes to, out of a hundred."""

    def share(part: Part) -> Numbers:
        reached = np.sum([points[part.name, each] for each in part.indicators], axis=0)
        return _divided(reached * HUNDRED, hundredths(part.full))

    return {part.name: share(part) for part in grading.parts.values()}


def _total(grading: Grading, shares: Mapping[str, Numbers]) -> Numbers:
    weights = {part.name: part.weight for part in grading.parts.values()}
    weighed = np.sum([shares[name] * weight for name, weight in weights.items()], axis=0)
    return _divided(weighed, sum(weights.values()))


def _divided(over: Numbers, under: int) -> Numbers:
    """Half up; nothing here is below nought."""
    return (2 * over + under) // (2 * under)


def _by_points(grading: Grading, total: Numbers) -> Numbers:
    """The first class that begins at or below the total; they fall, and the last begins at nought."""
    begins = np.array([hundredths(least) for least in grading.classes.values()][::-1], np.int64)
    return len(begins) - np.searchsorted(begins, total, side="right")


def _displaced(
    quota: Quota, groups: Numbers, totals: tuple[Numbers, Numbers], known: Marks, members: Marks
) -> tuple[Marks, Marks]:
    """Those of a class who do not fit in, and those of whom that is not known; where equals do not all fit, none of
    them does. Whoever has as many points as a member or more stands before him: all who may have, or only who must."""
    named, group = np.unique(groups, return_inverse=True)
    size = quota.at_most
    graded = np.bincount(group[known], minlength=len(named))
    places = graded * size.number // 100 if size.percent else np.full(len(named), size.number)
    rows = np.flatnonzero(members)
    low, high = (_keys(group[rows], each[rows]) for each in totals)
    ends = np.searchsorted(np.sort(group[rows]), group[rows], side="right")
    may = ends - np.searchsorted(np.sort(high), low)
    must = ends - np.searchsorted(np.sort(low), high) + (low < high)  # himself too
    out, unsure = np.zeros(len(members), np.bool_), np.zeros(len(members), np.bool_)
    out[rows[must > places[group[rows]]]] = True
    unsure[rows[(may > places[group[rows]]) & (must <= places[group[rows]])]] = True
    return out, unsure


def _keys(group: Numbers, points: Numbers) -> Numbers:
    """In order by group, then by points."""
    keys: Numbers = group.astype(np.int64) * (HUNDRED + 1) + points
    return keys
