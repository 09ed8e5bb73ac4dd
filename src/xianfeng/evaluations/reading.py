"""The office reads what voters wrote, once the result is published, and shows it beside that or drops it.

Only where a result is told is a text: the others would tell of those that are too few. Numbers that lead to a person
are masked, and names as well unless the office lets them stand.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from xianfeng.evaluations import published, stages
from xianfeng.evaluations.models import EvaluationRound, WrittenAnswer
from xianfeng.evaluations.stages import Stage
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import details


@transaction.atomic
def show(*, number: int, text: int, standing: Collection[str] = (), hidden: Collection[str] = (), by: Actor) -> None:
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
def drop(*, number: int, text: int, by: Actor) -> None:
    """It was read, and goes; also what had been shown."""
    row, held = _held(number, text, by)
    held.delete()
    stages.note(row, "drop", by, body={"shown": int(held.shown)})


def told(row: EvaluationRound) -> set[int]:
    """The pools of slips of which a result is told."""
    found = published.read(row)
    return {number for part in found.shown for number in part.pools} if found else set()


def _held(number: int, text: int, by: Actor) -> tuple[EvaluationRound, WrittenAnswer]:
    row = stages.opened(number, by, at=(Stage.PUBLISHED,), doing=say("处理文字意见"))
    held = WrittenAnswer.objects.filter(id=text, electorate__round=row).select_related("electorate").first()
    if held is None:
        raise Problem("evaluations.text_gone", "这条意见已经处理过。", hint="回到列表看最新情况。")
    return row, held
