"""What the reference says of strata holds for the room that draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from tests.scheme.spec.format import Spec, Table
from tests.scheme.spec.inspections import SPECS
from xianfeng.inspections.frame import Unit
from xianfeng.inspections.strata import sizes, stratum_of

TODAY = dt.date(2012, 6, 1)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_strata(spec: Spec) -> None:
    (rule,) = spec.loaded().inspections.values()
    assert spec.given
    rows = [dict(zip(spec.given.columns, row, strict=True)) for row in spec.given.rows]
    found = [(row["单位"], stratum_of(rule, _numbered(row), today=TODAY)) for row in rows]
    units = [Unit(code=name, title=name, stratum=stratum) for name, stratum in found if stratum]
    drawn = sizes(rule, units, since=TODAY)
    told = tuple(
        (one.name, "、".join(name for name, stratum in found if stratum == one.name), str(one.size)) for one in drawn
    )
    assert Table(spec.expected.columns, told) == spec.expected


def _numbered(row: Mapping[str, str]) -> Mapping[str, object]:
    return {**row, **{name: int(row[name]) if row[name] else None for name in ("value", "signals") if name in row}}
