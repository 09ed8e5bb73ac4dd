"""The draw of a round's sample: once, by the office, from the very lists that were sealed.

The house keeps nobody's name of a list: it is brought again, held against its hash, and whoever was drawn is told to
the office and bound by a hash. When the results are published the secret is too, so that whoever keeps the list can
repeat the draw.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from xianfeng import lots
from xianfeng.evaluations import electors, freezing, stages, witnessed
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sealed import same, sampled
from xianfeng.evaluations.stages import Stage
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
    sample = sampled(row)
    if sample.by_hand:
        raise Problem("evaluations.by_hand", "这一轮当众抽取，不用公布的数。", hint="当众抽出，再登记结果。")
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
    sample, done = sampled(row), drawn(row)
    if done is None:
        raise undrawn()
    if sample.by_hand:
        return witnessed.asked(row, same(row, roll), by)
    return _found(row, roll, done.body["value"], by)


def drawn(row: EvaluationRound) -> Step | None:
    """The step by which its sample was drawn, or what was drawn by hand confirmed; None before."""
    return next(iter(stages.steps(row, "draw", "confirm")), None)


def refuse_undrawn(row: EvaluationRound) -> None:
    if freezing.read(row).sample is not None and drawn(row) is None:
        raise undrawn()


def undrawn() -> Problem:
    return Problem("evaluations.undrawn", "参评人员还没有抽取。", hint="先抽取，再发放评议票。")


def reveal(row: EvaluationRound, by: Actor) -> None:
    """The secret of its draw, if it has one; within the caller's transaction."""
    sample = freezing.read(row).sample
    if sample is not None:
        said = {"numbers": witnessed.numbers(row, by)} if sample.by_hand else {"secret": _secret(row, by).hex()}
        stages.note(row, "reveal", by, body=said)


def _found(row: EvaluationRound, roll: Roll | None, value: str, by: Actor) -> Roll:
    frozen, sample = freezing.read(row), sampled(row)
    codes = [code for one in frozen.electorates for code in one.units]
    return sample.drawn(frozen.hash, codes, same(row, roll), secret=_secret(row, by), value=value)


def _secret(row: EvaluationRound, by: Actor) -> bytes:
    kept = vault.latest(field=freezing.SECRET, record=row.id)
    if kept is None:
        raise LookupError(f"round {row.id} is drawn by a secret and has none")
    return bytes.fromhex(vault.read(kept, by=by, purpose="抽取参评人员"))
