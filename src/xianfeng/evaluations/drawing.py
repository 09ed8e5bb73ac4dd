"""The draw of a round's sample: once, by the office, from the very lists that were sealed.

The house keeps nobody's name of a list: it is brought again, held against its hash, and whoever was drawn is told to
the office and bound by a hash. When the results are published the secret is too, so that whoever keeps the list can
repeat the draw.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from xianfeng import lots
from xianfeng.evaluations import electors, freezing, stages
from xianfeng.evaluations.electors import Roll, Unit
from xianfeng.evaluations.freezing import Frozen
from xianfeng.evaluations.models import EvaluationRound, JudgedUnit
from xianfeng.evaluations.sample import Sample
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import powers
from xianfeng.log.actors import Actor
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values as vault

_SINCE_FROZEN = (Stage.FROZEN, Stage.ISSUED, Stage.CLOSED, Stage.PUBLISHED)


@transaction.atomic
def draw(*, number: int, value: str, roll: Roll | None, by: Actor) -> Roll:
    """By the public value, on the day it becomes known or later. `roll`: the sealed list again; of members None."""
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=say("抽取参评人员"))
    sample = _sample(row)
    if drawn(row) is not None:
        raise Problem("evaluations.drawn", "这一轮已经抽过，只抽一次。", hint="直接取抽中的名单。")
    lots.refuse_early(sample.known, today=timezone.localdate(by.moment))
    found = _found(row, roll, value, by)
    hash_ = electors.sealed(sorted(found), found, _secret(row, by)).hex()
    stages.note(row, "draw", by, body={"value": value.strip(), "drawn": hash_})
    return found


@transaction.atomic
def listed(*, number: int, roll: Roll | None, by: Actor) -> Roll:
    """Who was drawn, told again."""
    row = stages.opened(number, by, at=_SINCE_FROZEN, doing=say("取抽中的名单"))
    _sample(row)
    done = drawn(row)
    if done is None:
        raise undrawn()
    return _found(row, roll, done.body["value"], by)


def drawn(row: EvaluationRound) -> Step | None:
    """The step by which its sample was drawn; None before."""
    return next((step for step in stages.steps(row) if step.move == "draw"), None)


def refuse_undrawn(row: EvaluationRound) -> None:
    if freezing.read(row).sample is not None and drawn(row) is None:
        raise undrawn()


def undrawn() -> Problem:
    return Problem("evaluations.undrawn", "参评人员还没有抽取。", hint="先抽取，再发放评议票。")


def reveal(row: EvaluationRound, by: Actor) -> None:
    """The secret of its draw, if it has one; within the caller's transaction."""
    if freezing.read(row).sample is not None:
        stages.note(row, "reveal", by, body={"secret": _secret(row, by).hex()})


def _sample(row: EvaluationRound) -> Sample:
    sample = freezing.read(row).sample
    if sample is None:
        raise Problem("evaluations.no_sample", "这项评议不抽样，名单上的人都评。", hint="直接发放评议票。")
    return sample


def _found(row: EvaluationRound, roll: Roll | None, value: str, by: Actor) -> Roll:
    frozen, sample = freezing.read(row), _sample(row)
    codes = [code for one in frozen.electorates for code in one.units]
    return sample.drawn(frozen.hash, codes, _same(row, frozen, roll), secret=_secret(row, by), value=value)


def _same(row: EvaluationRound, frozen: Frozen, roll: Roll | None) -> Roll:
    """The lists as they were frozen, or a Problem that says whose are others."""
    taken = _members(row) if stages.rule_of(row)[1].electorate == "members" else roll
    if taken is None:
        hint = "上传封存时用的那一份名单。"
        raise Problem("evaluations.no_list", "还没有参评人员名单。", hint=hint, field="list")
    salts = {one.number: bytes(one.salt) for one in row.electorates.all()}
    for one in frozen.electorates:
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


def _secret(row: EvaluationRound, by: Actor) -> bytes:
    kept = vault.latest(field=freezing.SECRET, record=row.id)
    if kept is None:
        raise LookupError(f"round {row.id} is drawn by a secret and has none")
    return bytes.fromhex(vault.read(kept, by=by, purpose="抽取参评人员"))
