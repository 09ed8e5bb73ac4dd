"""A plan is checked whole, counted out exactly, and makes the same records everywhere."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.demo import plan, spread, values
from xianfeng.demo.ground import Ground, Site, at_level, by_division, nearest, stem
from xianfeng.demo.values import Use
from xianfeng.problems import Problem

ROOT = Path(__file__).parents[2]


class Nothing:
    def records(self, item: str) -> list[int]:
        return [7, 8]

    def subjects(self, item: str) -> set[int]:
        return {1, 2}


SITES = tuple(Site(number, f"350121{number:06d}", f"村{number}") for number in range(1, 10))
GROUND = Ground(groups={"villages": SITES}, people={"officials": [11, 12]}, divisions={})


def use(count: int) -> Use:
    return Use(item="here", count=count, random=Random(1), ground=GROUND, made=Nothing())  # noqa: S311


@given(parts=st.integers(1, 60), least=st.integers(0, 9), over=st.integers(0, 10_000), seed=st.integers(0, 9))
def test_a_total_is_shared_out_exactly(parts: int, least: int, over: int, seed: int) -> None:
    total = parts * least + over
    shares = spread.split(total, parts, least=least, random=spread.source(seed))
    assert (sum(shares), len(shares)) == (total, parts)
    assert min(shares) >= least


def test_a_total_too_small_for_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="分不成"):
        spread.split(5, 3, least=2, random=spread.source(1))


@pytest.mark.parametrize(
    ("spec", "count", "made"),
    [
        (3, 2, [3, 3]),
        ("样例{n}", 2, ["样例1", "样例2"]),
        ({"cycle": ["a", "b"]}, 3, ["a", "b", "a"]),
        ({"person": "officials"}, 3, [11, 12, 11]),
        ({"record": "earlier"}, 3, [7, 8, 7]),
        ({"between": [4, 4]}, 2, [4, 4]),
        ({"draw": {"a": 1}}, 2, ["a", "a"]),
    ],
)
def test_values_in_turn(spec: Any, count: int, made: list[Any]) -> None:
    assert list(values.column(spec, use(count))) == made


def test_every_one_of_the_distinct_organisations_comes_before_any_twice() -> None:
    chosen = values.column({"one_of": "villages", "distinct": 5, "not_in": ["earlier"]}, use(8))
    assert len({site.id for site in chosen[:5]}) == 5
    assert chosen[5:] == chosen[:3]
    assert not {1, 2} & {site.id for site in chosen}


def test_a_tally_adds_up_to_its_total() -> None:
    parts = values.column({"split": 73554, "least": 1, "into": ["villagers", "residents"]}, use(100))
    assert sum(sum(part.values()) for part in parts) == 73554


def test_days_are_counted_from_the_records_own() -> None:
    (later,) = values.column({"after": 30}, use(1))
    assert values.settled(later, dt.date(2012, 3, 1)) == dt.date(2012, 3, 31)


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"cyle": []}, "demo.value"),
        ({"one_of": "villages", "distinct": 10}, "demo.too_few"),
        ({"one_of": "towns"}, "demo.no_group"),
        ({"person": "nobody"}, "demo.no_people"),
        ({"split": 10, "step": 3}, "demo.split"),
    ],
)
def test_a_value_that_cannot_be_made_is_refused(spec: Any, code: str) -> None:
    with pytest.raises(Problem) as refused:
        values.column(spec, use(1))
    assert refused.value.code == code


def test_who_stands_above_is_read_from_the_codes() -> None:
    assert at_level("350121105201", "county") == "350121"
    assert at_level("350121105201", "city") == "350100"
    assert at_level("350121", "township") == "350121"
    assert (stem("350100"), stem("350000"), stem("350121")) == ("3501", "35", "350121")
    committees = by_division([Site(1, "350121105-DW", "镇委"), Site(2, "350121-DW", "县委")])
    assert nearest("350121105201", committees).id == 1
    assert nearest("350121106201", committees).id == 2


MINIMAL: dict[str, Any] = {"plan": 1, "scheme": "s", "seed": 1, "until": dt.date(2010, 8, 29)}
ITEM: dict[str, Any] = {"id": "a", "kind": "k", "count": 1, "at": "g", "days": dt.date(2010, 8, 1)}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ([], "demo.not_a_plan"),
        ({**MINIMAL, "plan": 2}, "demo.not_a_plan"),
        ({**MINIMAL, "figures": []}, "demo.unknown_key"),
        ({**MINIMAL, "filings": [ITEM, ITEM]}, "demo.twice"),
        ({**MINIMAL, "filings": [{**ITEM, "cuont": 1}]}, "demo.item"),
        ({**MINIMAL, "filings": [{**ITEM, "days": [dt.date(2010, 8, 2), dt.date(2010, 8, 1)]}]}, "demo.item"),
    ],
)
def test_a_plan_that_is_not_one_is_refused(raw: Any, code: str) -> None:
    with pytest.raises(Problem) as refused:
        plan.build(raw, place="demo.yaml")
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["fuzhou-2010", "fuzhou-2012", "gulou-today", "jinwan-2010"])
def test_every_invention_of_the_shipped_plans_is_marked(name: str) -> None:
    """Each item quotes its document or says why it had to be invented."""
    made = plan.read(ROOT / "schemes" / name / "demo.yaml")
    assert [item.id for item in made.filings if not item.source and not item.invented] == []


def test_the_generator_shares_no_code_with_figures_or_acceptance() -> None:
    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'xianfeng.config.settings'; django.setup()\n"
        "before = set(sys.modules)\n"
        "import xianfeng.demo.filing, xianfeng.demo.groundwork\n"
        "print(*[m for m in set(sys.modules) - before if m.startswith(('xianfeng.figures', 'xianfeng.acceptance'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == ""


def test_days_of_a_text_are_moved_and_nothing_else() -> None:
    text = "{from: 2026-02-27, at: '2026-03-01 09:30', code: 350102-2026, share: 85}"
    assert plan.moved(text, 2) == "{from: 2026-03-01, at: '2026-03-03 09:30', code: 350102-2026, share: 85}"
