"""What the reference says of evaluations holds for the rounds that are held."""

from __future__ import annotations

import pytest

from tests.scheme.spec import evaluations
from tests.scheme.spec.format import Spec
from xianfeng.ballots import blind, calls, opening
from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations.electors import Unit
from xianfeng.evaluations.freezing import form_of, plan

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


def test_above_the_rate_a_poll_is_annulled() -> None:
    spec = evaluations.ONLINE
    assert spec.given
    (rule,) = spec.loaded().evaluations.values()
    poll = Poll(
        title=rule.title,
        round=bytes(32),
        electorate=bytes(32),
        electors=240,
        form=form_of(rule),
        key=blind.fresh()[1],
        observers=opening.fresh()[0],
        least_electors=rule.least_electors,
        least_cast=rule.least_cast,
        annulled_above=rule.annulled_above,
        calls=rule.calls,
    )
    found = []
    for name, used, unused, disputed in spec.given.rows:
        told = "作废" if poll.annuls(used=int(used), disputed=int(disputed)) else "公布"
        found.append((name, told, "{} + {}".format(*calls.due(poll, used=int(used), unused=int(unused)))))
    assert tuple(found) == spec.expected.rows
