"""Rounds of evaluations in a campaign that goes on: the last stretch's published, this one's ready to be held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from xianfeng.evaluations import electors, freezing, results, sheets, slips
from xianfeng.evaluations.batches import BLANK, Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Pool
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import powers, versions
from xianfeng.log.actors import Actor
from xianfeng.log.append import head
from xianfeng.scheme import stretches
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme

_FEWEST, _SPREAD = 24, 37
_HANDS = (-1, -2)  # two who count; no person of the registry is either


def hold(name: str, *, now: dt.datetime) -> int:
    """Of each evaluation by a list, the last stretch's round from its list to its results; how many are new."""
    return sum(_held(*each, now) for each in _listed(name) if _last(*each, now) is not None)


def freeze(name: str, *, now: dt.datetime) -> int:
    """Of each evaluation by a list, this stretch's round with electors that are made up; how many are new."""
    return sum(_frozen(*each, timezone.localdate(now), now) is not None for each in _listed(name))


def ready() -> int | None:
    """The latest round that is frozen and goes no further by itself."""
    return EvaluationRound.objects.filter(stage=Stage.FROZEN).order_by("-id").values_list("id", flat=True).first()


def _listed(name: str) -> Iterator[tuple[Scheme, Evaluation]]:
    scheme = versions.current(name)
    rules = scheme.evaluations.values()
    return ((scheme, rule) for rule in rules if rule.electorate == "list" and not rule.sample)


def _last(scheme: Scheme, rule: Evaluation, now: dt.datetime) -> dt.date | None:
    """The last day of the stretch before this one."""
    ended = [one.until for one in stretches.through(rule, scheme) if one.until < timezone.localdate(now)]
    return max(ended, default=None)


def _frozen(scheme: Scheme, rule: Evaluation, day: dt.date, now: dt.datetime) -> int | None:
    """The round of that day's stretch; None where there is one."""
    there = EvaluationRound.objects.filter(scheme=scheme.name, evaluation=rule.name, since__lte=day, until__gte=day)
    if there.exists():
        return None
    by = _office(scheme, now)
    units = electors.units(scheme, rule, as_of=head(), day=timezone.localdate(now))
    row = freezing.begin(scheme=scheme.name, evaluation=rule.name, day=day, by=by)
    freezing.freeze(number=row.id, roll={unit.code: _electors(unit.code) for unit in units}, by=by)
    return row.id


@transaction.atomic
def _held(scheme: Scheme, rule: Evaluation, now: dt.datetime) -> int:
    last, by = _last(scheme, rule, now), _office(scheme, now)
    number = _frozen(scheme, rule, last, now) if last else None
    if number is None:
        return 0
    issued = dict(EvaluationRound.objects.get(id=number).electorates.values_list("number", "electors"))
    slips.issue(number=number, issued=issued, by=by)
    row = slips.close(number=number, returned={one: n - one % 4 for one, n in issued.items()}, by=by)
    for pool in sheets.pools(row):
        for person in _HANDS:
            counted = _counted(rule, pool)
            sheets.enter(number=number, pool=pool.number, batch=1, counted=counted, by=replace(by, person=person))
    results.publish(number=number, by=by)
    return 1


def _counted(rule: Evaluation, pool: Pool) -> Counted:
    """Most give the best answer, here more and there fewer; a slip is left blank."""
    valid = pool.returned - 1
    counts = {}
    for at, question in enumerate(rule.counted):
        best, *others = question.choices
        worse = 2 + (pool.number * 3 + at) % (valid // 2)
        shares = {answer: worse // len(others) for answer in others}
        counts[question.name] = {best: valid - 1 - sum(shares.values()), **shares, BLANK: 1}
    return Counted(slips=pool.returned, invalid=1, counts=counts)


def _office(scheme: Scheme, now: dt.datetime) -> Actor:
    return replace(powers.office(scheme), at=now)


def _electors(code: str) -> tuple[str, ...]:
    return tuple(f"{code}-{n:03}" for n in range(_FEWEST + sum(map(ord, code)) % _SPREAD))
