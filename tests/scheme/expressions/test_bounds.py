"""Where of some numbers only the least is known, a condition is so, not so, or not known; and never told wrongly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scheme.expressions import formulas, tables
from xianfeng.scheme.expressions import LARGEST_STORED, ExpressionFaults, Sort, parse
from xianfeng.scheme.expressions.bounds import holds

NUMBERS = sorted(path for path, type_ in tables.NAMES.items() if type_.sort is Sort.NUMBER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("count >= 8", True),
        ("count >= 9", None),
        ("count > 8", None),
        ("count < 8", False),
        ("count < 9", None),
        ("count <= 7", False),
        ("count == 7", False),
        ("count == 9", None),
        ("count != 7", True),
        ("count in [1, 2]", False),
        ("count not in [1, 2]", True),
        ("count in [1, 20]", None),
        ("not count < 8", True),
        ("not count < 9", None),
        ("count >= 9 or number == 3", True),
        ("count >= 9 and number == 4", False),
        ("count >= 9 and number == 3", None),
        ("count * 2 - 1 >= 15", True),
        ("count * 2 - 1 >= 16", None),
        ("10 - count > 2", False),
        ("count / 4 >= 2", True),
        ("count / 4 > 2", None),
        ("4 / count > 1", None),
        ("min(count, 5) == 5", True),
        ("max(count, 9) >= 9", True),
        ("missing(count)", False),
        ("number == 3", True),
        ("ratio > 1", False),
        ("missing(ratio)", True),
    ],
)
def test_a_condition_over_at_least_eight(text: str, found: bool | None) -> None:
    condition = parse(text, tables.NAMES)
    assert holds(condition, {"count": 8, "number": 3}, at_least={"count"}, today=tables.TODAY) is found


@tables.quiet
@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(
    text=formulas.CONDITIONS,
    row=formulas.ROWS,
    floors=st.sets(st.sampled_from(NUMBERS)),
    more=st.lists(st.tuples(*(st.integers(0, LARGEST_STORED) | st.integers(0, 9) for _ in NUMBERS)), min_size=5),
)
def test_whatever_the_numbers_are_it_is_so(
    text: str, row: dict[str, Any], floors: set[str], more: list[tuple[int, ...]]
) -> None:
    try:
        condition = parse(text, tables.NAMES)
    except ExpressionFaults:  # too large to be computed
        return
    found = holds(condition, row, at_least=floors, today=tables.TODAY)
    if not floors & condition.names:
        assert found is condition.value(row, today=tables.TODAY)
    for each in more if found is not None else ():
        known = {
            **row,
            **{name: _raised(name, row[name], by) for name, by in zip(NUMBERS, each, strict=True) if name in floors},
        }
        assert condition.value(known, today=tables.TODAY) is found, known


def _raised(name: str, value: Any, by: int) -> Any:
    type_ = tables.NAMES[name]
    return None if value is None else type_.unscaled(min(type_.scaled(value) + by, LARGEST_STORED))
