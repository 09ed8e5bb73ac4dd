"""A round of an evaluation that stands ready in a campaign that goes on: to be held on paper, or rehearsed online."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from xianfeng.evaluations import electors, freezing
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import powers, versions
from xianfeng.log.append import head

_FEWEST, _SPREAD = 24, 37


def freeze(name: str, *, now: dt.datetime) -> int:
    """Of each evaluation by a list, one round with electors that are made up; how many are new."""
    scheme, today = versions.current(name), timezone.localdate(now)
    by, new = replace(powers.office(scheme), at=now), 0
    for rule in scheme.evaluations.values():
        if rule.electorate != "list" or EvaluationRound.objects.filter(scheme=name, evaluation=rule.name).exists():
            continue
        units = electors.units(scheme, rule, as_of=head(), day=today)
        roll = {unit.code: _electors(unit.code) for unit in units}
        begun = freezing.begin(scheme=name, evaluation=rule.name, day=today, by=by)
        freezing.freeze(number=begun.id, roll=roll, by=by)
        new += 1
    return new


def ready() -> int | None:
    """The latest round that is frozen and goes no further by itself."""
    return EvaluationRound.objects.filter(stage=Stage.FROZEN).order_by("-id").values_list("id", flat=True).first()


def _electors(code: str) -> tuple[str, ...]:
    return tuple(f"{code}-{n:03}" for n in range(_FEWEST + sum(map(ord, code)) % _SPREAD))
