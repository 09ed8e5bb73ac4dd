"""The office reads what voters wrote, once the result is published: it shows it there, drops it, or takes it back.

Only where a result is told is a text: the others would tell of those that are too few. Numbers that lead to a person
are masked, and names as well unless the office lets them stand.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from xianfeng.evaluations import published, stages
from xianfeng.evaluations.models import EvaluationRound, WrittenAnswer
from xianfeng.evaluations.stages import Stage
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import details


@transaction.atomic
def show(*, number: int, text: UUID, standing: Collection[str] = (), hidden: Collection[str] = (), by: Actor) -> None:
    """`standing`: details besides numbers that may be read; `hidden`: words to be masked as well."""
    row, held = _held(number, text, by)
    if held.electorate.number not in told(row):
        message = say("这个评议对象没有公布结果，它的意见也不公布。")
        raise Problem("evaluations.text_untold", message, hint="看过以后删去。")
    others = {one.text for one in details.found(held.text) if not one.masked and one.text not in standing}
    usual = details.masked(held.text)
    for word in hidden:
        seen = word in usual or word not in held.text
        if seen and details.masked(held.text, {word}) == usual:
            message = say("没有遮住“{word}”，没有公布。", word=word)
            hint = say("照原文写全，至少两个字；遮不住的，把这条删去。")
            raise Problem("evaluations.not_hidden", message, hint=hint, field="hidden")
    held.text = details.masked(held.text, others | set(hidden))
    held.shown = True
    held.save()
    stages.note(row, "show", by, body={"shown": 1})


@transaction.atomic
def drop(*, number: int, text: UUID, by: Actor) -> None:
    """It was read, and goes. What everybody could read is taken back first, with a reason."""
    row, held = _held(number, text, by)
    if held.shown:
        raise Problem("evaluations.text_shown", say("这条意见已经公布。"), hint="先写明理由撤下，再删去。")
    held.delete()
    stages.note(row, "drop", by, body={"shown": 0})


@transaction.atomic
def take_back(*, number: int, text: UUID, reason: str, by: Actor) -> None:
    """Nobody reads any more what had been shown; that something was taken back, and why, is public. The office decides
    on it again: with more masked, or drops it."""
    row, held = _held(number, text, by)
    if not held.shown:
        raise Problem("evaluations.text_unshown", say("这条意见没有公布。"), hint="回到列表看最新情况。")
    if not reason.strip():
        hint = say("写明为什么撤下；理由公开，不要写出要隐去的字。")
        raise Problem("evaluations.no_reason", "撤下要写明理由。", hint=hint, field="reason")
    held.shown = False
    held.save()
    stages.note(row, "take_back", by, body={"reason": reason.strip()})


def told(row: EvaluationRound) -> set[int]:
    """The pools of slips of which a result is told."""
    found = published.read(row)
    return {number for part in found.shown for number in part.pools} if found else set()


def _held(number: int, text: UUID, by: Actor) -> tuple[EvaluationRound, WrittenAnswer]:
    row = stages.opened(number, by, at=(Stage.PUBLISHED,), doing=say("处理文字意见"))
    held = WrittenAnswer.objects.filter(id=text, electorate__round=row).select_related("electorate").first()
    if held is None:
        raise Problem("evaluations.text_gone", "这条意见已经处理过。", hint="回到列表看最新情况。")
    return row, held
