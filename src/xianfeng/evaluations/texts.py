"""What voters wrote on slips of paper, as far as whoever counted a batch typed it.

A text is kept with the box it lay in and nothing else: no slip, no batch, no hand.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from xianfeng.evaluations.models import Electorate, EvaluationRound, WrittenAnswer
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.sentences import say

LONGEST = 300  # characters
Written = Mapping[str, Sequence[str]]  # by question


def keep(electorate: Electorate, rule: Evaluation, written: Written, *, slips: int) -> None:
    """Those of a batch, in no order; within the caller's transaction.

    What lies there of the same box is written anew along with them: rows lie in the order in which they were written,
    which would tell what was typed together.
    """
    lines = [(name, text.strip()) for name, texts in written.items() for text in texts if text.strip()]
    for name, texts in written.items():
        _refuse(rule, name, [text for text in texts if text.strip()], slips)
    earlier = WrittenAnswer.objects.filter(electorate=electorate)
    lines += earlier.values_list("question", "text")
    earlier.delete()
    secrets.SystemRandom().shuffle(lines)
    WrittenAnswer.objects.bulk_create(
        WrittenAnswer(electorate=electorate, question=name, text=text) for name, text in lines
    )


def _refuse(rule: Evaluation, name: str, texts: Sequence[str], slips: int) -> None:
    question = rule.questions.get(name)
    if question is None or question.counted:
        raise Problem("evaluations.no_text", say("这一题没有文字意见。"), hint="刷新页面再录。", field=name)
    if len(texts) > slips:
        told = say("“{title}”录了{n}条，有效票只有{slips}张。", title=question.title, n=len(texts), slips=slips)
        raise Problem("evaluations.texts", told, hint="一张票一行。", field=name)
    if any(len(text) > LONGEST for text in texts):
        told = say("“{title}”有一条超过{most}字。", title=question.title, most=LONGEST)
        raise Problem("evaluations.texts", told, hint="录主要意思。", field=name)


def waiting(row: EvaluationRound) -> QuerySet[WrittenAnswer]:
    """What the office has not decided on, in no order that tells how it was typed."""
    held = WrittenAnswer.objects.filter(electorate__round=row, shown=False)
    return held.select_related("electorate").order_by("text")


def decided(row: EvaluationRound) -> list[bool]:
    """Of each text, whether it is shown."""
    return list(WrittenAnswer.objects.filter(electorate__round=row).values_list("shown", flat=True))


def shown(row: EvaluationRound, electorates: Iterable[int]) -> QuerySet[WrittenAnswer]:
    """What may be read of these, by what they answer to."""
    return (
        WrittenAnswer.objects.filter(electorate__round=row, electorate__number__in=list(electorates), shown=True)
        .select_related("electorate")
        .order_by("electorate__number", "text")
    )
