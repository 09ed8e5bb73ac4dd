"""Draws: repeatable, sized by stratum, nobody visited again too soon or by his own, no unit likelier than another."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.inspections.frames import SECRET, VALUE, frame
from xianfeng.inspections import draw
from xianfeng.inspections.draw import Visit
from xianfeng.inspections.frame import Frame, Inspector, Stratum, Unit
from xianfeng.problems import Problem

ROUNDS = 3000
LARGEST = 43.82  # chi-square, 19 degrees of freedom: an honest draw exceeds it once in a thousand


def visits(drawn_from: Frame) -> tuple[Visit, ...]:
    return draw.drawn(drawn_from, draw.seed(drawn_from, secret=SECRET, value=VALUE))


def test_as_many_as_each_stratum_says() -> None:
    drawn = Counter(visit.unit[0] for visit in visits(frame()))
    assert drawn == {"x": 4, "q": 2}


def test_the_seed_is_the_hash_of_what_was_fixed_and_what_came_later() -> None:
    written = frame()
    fingerprint = hashlib.sha256(written.text.encode()).digest()
    expected = hashlib.sha256(b"xianfeng inspections seed\0" + fingerprint + SECRET + b"030712152231").digest()
    assert draw.seed(written, secret=SECRET, value=VALUE) == expected


@pytest.mark.parametrize(
    ("value", "other"),
    [
        pytest.param("03 07 12", "  03   07 12 ", id="blanks"),
        pytest.param("03 07 12", "03\u200b 07 12\ufeff", id="signs that nobody sees"),
        pytest.param("03 07 12", "０３　０７　１２", id="full width"),
        pytest.param("03 07 12", "03，07、12。", id="signs between"),
        pytest.param("3,412.55", "3412．55", id="groups of digits"),
        pytest.param("a3Ff", "A3FF", id="capital letters"),
    ],
)
def test_what_reads_the_same_gives_the_same_seed(value: str, other: str) -> None:
    assert draw.seed(frame(), secret=SECRET, value=value) == draw.seed(frame(), secret=SECRET, value=other)


@pytest.mark.parametrize("value", ["", " \u200b", "、。", "\x1b[2J03 07", "03\u202e07"])
def test_what_is_no_value_or_steers_a_terminal_is_refused(value: str) -> None:
    with pytest.raises(Problem, match="没有数字和字母"):
        draw.seed(frame(), secret=SECRET, value=value)


def test_the_lowest_hashes_win() -> None:
    seed = bytes(32)
    tickets = {f"x{n:02}": hmac.digest(seed, f'["x{n:02}"]'.encode(), "sha256") for n in range(20)}
    expected = set(sorted(tickets, key=lambda code: tickets[code])[:4])
    assert {visit.unit for visit in draw.drawn(frame(), seed) if visit.unit[0] == "x"} == expected


def test_the_order_in_which_units_are_listed_decides_nothing_but_the_seed() -> None:
    listed, seed = frame(), bytes(32)
    turned = replace(listed, units=listed.units[::-1], inspectors=listed.inspectors[::-1])
    assert draw.drawn(turned, seed) == draw.drawn(listed, seed)


def test_whoever_was_visited_lately_is_left_out() -> None:
    lately, before = dt.date(2011, 12, 1), dt.date(2011, 11, 30)
    units = tuple(Unit(code=f"x{n}", title="村", stratum="村", visited=lately if n < 5 else before) for n in range(10))
    drawn = visits(frame(units=units, strata=(Stratum(name="村", size=5),)))
    assert {visit.unit for visit in drawn} == {"x5", "x6", "x7", "x8", "x9"}


def test_inspectors_do_not_visit_where_they_are_in_conflict_and_share_the_visits() -> None:
    barred = tuple(f"x{n:02}" for n in range(20))
    inspectors = (Inspector(code="own", title="本镇干部", conflicts=barred), *frame().inspectors)
    drawn = visits(frame(inspectors=inspectors))
    assert all("own" not in visit.inspectors for visit in drawn if visit.unit in barred)
    assert all(len(set(visit.inspectors)) == 2 for visit in drawn)
    load = Counter(code for visit in drawn for code in visit.inspectors)
    assert max(load[f"p{n}"] for n in range(5)) <= 3


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"approval": " "}, "批准文号"),
        ({"commitment": "00"}, "64位"),
        ({"value": ""}, "将来公布的数"),
        ({"strata": (Stratum(name="村", size=21), Stratum(name="企业", size=2))}, "只有20个"),
        ({"strata": (Stratum(name="村", size=4),)}, "“企业”没有写明抽几个"),
        ({"inspectors": (Inspector(code="p", title="一人"),)}, "不足2名"),
        ({"inspectors": tuple(Inspector(code="p", title="一人") for _ in range(3))}, "“p”列了3次"),
        ({"each": 0}, "至少去一名"),
    ],
)
def test_what_nothing_can_be_drawn_from_says_why(changed: dict[str, object], told: str) -> None:
    faulty = frame(**changed)
    assert any(told in flaw for flaw in faulty.flaws)
    with pytest.raises(Problem, match="不能抽取"):
        draw.drawn(faulty, bytes(32))


def test_another_secret_than_the_sealed_one_is_refused() -> None:
    with pytest.raises(Problem, match="封存值不符"):
        draw.seed(frame(), secret=bytes(32), value=VALUE)


Draw = Callable[[Frame, bytes], tuple[Visit, ...]]


def by_listing(from_: Frame, seed: bytes) -> tuple[Visit, ...]:
    """A biased draw: a run of neighbours, begun at a random unit but never beyond the end of the list."""
    begin = seed[0] % (len(from_.units) - 4)
    return tuple(Visit(unit=unit.code, inspectors=()) for unit in from_.units[begin : begin + 4])


def sparing(from_: Frame, seed: bytes) -> tuple[Visit, ...]:
    """A biased draw: whenever one certain unit comes up, every other time it draws again."""
    drawn = draw.drawn(from_, seed)
    return draw.drawn(from_, seed[::-1]) if seed[0] % 2 and any(visit.unit == "x07" for visit in drawn) else drawn


def unevenness(drawing: Draw) -> float:
    """Chi-square of how often each of twenty units was drawn, against all alike; four are drawn a time, which makes
    the statistic smaller by 16/19 than for independent draws, and is taken out of it."""
    from_ = frame(units=frame().units[:20], strata=(Stratum(name="村", size=4),))
    seeds = (hashlib.sha256(str(n).encode()).digest() for n in range(ROUNDS))
    counted = Counter(visit.unit for seed in seeds for visit in drawing(from_, seed))
    expected = ROUNDS * 4 / 20
    return sum((counted[unit.code] - expected) ** 2 / expected for unit in from_.units) * 19 / 16


def test_no_unit_is_drawn_more_often_than_another() -> None:
    assert unevenness(draw.drawn) < LARGEST


@pytest.mark.parametrize("biased", [by_listing, sparing])
def test_a_biased_draw_is_found(biased: Draw) -> None:
    assert unevenness(biased) > LARGEST


def test_no_inspector_goes_to_a_unit_more_often_than_another() -> None:
    from_ = frame(units=frame().units[:1], strata=(Stratum(name="村", size=1),), each=1)
    seeds = (hashlib.sha256(str(n).encode()).digest() for n in range(ROUNDS))
    counted = Counter(visit.inspectors[0] for seed in seeds for visit in draw.drawn(from_, seed))
    expected = ROUNDS / 5
    assert sum((counted[f"p{n}"] - expected) ** 2 / expected for n in range(5)) < 18.47  # four degrees of freedom
