"""The sealed lists of a round whose electors are a sample: brought again and held against their hashes."""

from __future__ import annotations

from django.utils import timezone

from xianfeng.evaluations import electors, freezing, stages
from xianfeng.evaluations.electors import Roll, Unit
from xianfeng.evaluations.models import EvaluationRound, JudgedUnit
from xianfeng.evaluations.sample import Sample
from xianfeng.ledger import powers
from xianfeng.problems import Problem
from xianfeng.sentences import say


def sampled(row: EvaluationRound) -> Sample:
    sample = freezing.read(row).sample
    if sample is None:
        raise Problem("evaluations.no_sample", "这项评议不抽样，名单上的人都评。", hint="直接发放评议票。")
    return sample


def same(row: EvaluationRound, roll: Roll | None) -> Roll:
    """The lists as they were frozen, or a Problem that says whose are others."""
    taken = _members(row) if stages.rule_of(row)[1].electorate == "members" else roll
    if taken is None:
        hint = say("上传封存时用的那一份名单。")
        raise Problem("evaluations.no_list", "还没有参评人员名单。", hint=hint, field="list")
    salts = {one.number: bytes(one.salt) for one in row.electorates.all()}
    for one in freezing.read(row).electorates:
        if electors.sealed(one.units, taken, salts[one.number]) != one.hash:
            told = say("“{title}”的名单与封存时的不同。", title=one.title)
            raise Problem("evaluations.other_list", told, hint="用封存时的那一份，不要改动；没有了的，作废这一轮。")
    return taken


def _members(row: EvaluationRound) -> Roll:
    top = (powers.root_of(stages.rule_of(row)[0]),)
    judged = JudgedUnit.objects.filter(electorate__round=row)
    units = [Unit(organisation=one.organisation, code=one.code, name=one.name, above=top) for one in judged]
    root = powers.root_of(stages.rule_of(row)[0])
    return electors.members(root, units, timezone.localdate(stages.last(row, "freeze").at))
