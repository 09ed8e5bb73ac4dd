"""What the reference says of evaluations holds for the rounds that are held."""

from __future__ import annotations

import pytest

from tests.scheme.spec import evaluations
from tests.scheme.spec.format import Spec
from xianfeng.evaluations.electors import Unit
from xianfeng.evaluations.freezing import plan

COUNTY = 1


@pytest.mark.parametrize("spec", evaluations.SPECS, ids=lambda spec: spec.title)
def test_evaluations(spec: Spec) -> None:
    assert spec.given
    scheme = spec.loaded()
    (rule,) = scheme.evaluations.values()
    towns = {name: number for number, name in enumerate(sorted({row[1] for row in spec.given.rows}), start=2)}
    units = tuple(
        Unit(organisation=10 + at, code=f"{at:02}", name=name, above=(towns[town], COUNTY))
        for at, (name, town, _) in enumerate(spec.given.rows)
    )
    roll = {
        unit.code: tuple(map(str, range(int(size)))) for unit, (_, _, size) in zip(units, spec.given.rows, strict=True)
    }
    found = plan(scheme, rule, units, roll)
    assert tuple((one.title, str(one.electors)) for one in found.asked) == spec.expected.rows
