"""What a published frame tells of who has signals: pairs, of which anybody may be the one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping

import pytest

from tests.scheme.spec.format import Spec, Table
from xianfeng.inspections import beside
from xianfeng.scheme.inspecting import Inspection

TODAY = dt.date(2012, 6, 1)
TITLES = {"first": "先去的", "others": "其他村", "towns": "乡镇"}
RULE = """
include: [core]
inspections:
  doubtful:
    title: 督查
    kind: inspection_visit
    strata:
      first: {title: 先去的, where: "signals >= 2 and level == 'village'", size: 50%}
      others: {title: 其他村, where: "level == 'village'", size: 3}
      towns: {title: 乡镇, size: 1}
"""


@pytest.fixture(scope="module")
def rule() -> Inspection:
    spec = Spec(title="", words="", scheme=RULE, expected=Table((), ()))
    return spec.loaded().inspections["doubtful"]


def villages(number: int, signals: Mapping[int, int]) -> dict[int, dict[str, object]]:
    """So many villages and ten townships, and how many signals some have."""
    levels = {n: "village" if n <= number else "township" for n in range(1, number + 11)}
    return {n: {"code": f"35{n:04}", "level": level, "signals": signals.get(n, 0)} for n, level in levels.items()}


def first(
    rule: Inspection, signals: Mapping[int, int], *, key: bytes = b"k", recent: Collection[int] = (), of: int = 60
) -> set[int]:
    found = beside.in_strata(rule, villages(of, signals), today=TODAY, key=key, recent=recent)
    assert set(found.values()) <= set(TITLES.values())
    return {unit for unit, stratum in found.items() if stratum == TITLES["first"]}


def test_beside_each_with_signals_stands_one_of_the_same_sort_without(rule: Inspection) -> None:
    asked = {3: 2, 17: 4, 40: 2}
    shown = first(rule, {**asked, 5: 1})
    assert set(asked) < shown
    assert len(shown) == 2 * len(asked)
    assert max(shown) <= 60, "no township, which would not be there with any number of signals"


def test_the_same_stand_there_in_the_next_draw(rule: Inspection) -> None:
    assert first(rule, {3: 2, 17: 4}) == first(rule, {3: 5, 17: 2})


def test_who_comes_in_and_who_leaves_come_and_leave_in_pairs(rule: Inspection) -> None:
    before, after = first(rule, {3: 2, 17: 4}), first(rule, {3: 2, 29: 2})
    assert 17 in before - after
    assert 29 in after - before
    assert len(before - after) == len(after - before) == 2


def test_nobody_is_put_beside_more_often_than_others(rule: Inspection) -> None:
    beside_whom: Counter[int] = Counter()
    for draw in range(2000):
        beside_whom.update(first(rule, {1: 2}, key=draw.to_bytes(2, "big"), of=21) - {1})
    assert sum(beside_whom.values()) == 2000
    assert len(beside_whom) == 20
    # 20 villages, 100 each: chi-square with 19 degrees of freedom is beyond 43.8 once in a thousand times
    assert sum((times - 100) ** 2 / 100 for times in beside_whom.values()) < 43.8


def test_as_many_are_left_in_the_other_stratum_as_are_drawn_of_it(rule: Inspection) -> None:
    assert len(first(rule, {1: 2, 2: 2}, of=6)) == 3, "of four others three are drawn"
    assert first(rule, {1: 2, 2: 2}, of=6, recent={6}) == {1, 2, 6}, "whoever is not drawn may stand there"
    assert first(rule, {1: 2, 2: 2}, of=5) == {1, 2}


def test_where_no_stratum_asks_for_signals_everybody_stands_where_he_stands() -> None:
    plain = Spec(title="", words="", scheme=RULE.replace("signals >= 2 and ", ""), expected=Table((), ())).loaded()
    found = beside.in_strata(plain.inspections["doubtful"], villages(4, {1: 9}), today=TODAY, key=b"k", recent=())
    assert Counter(found.values()) == {TITLES["first"]: 4, TITLES["towns"]: 10}
