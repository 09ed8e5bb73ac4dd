"""What waits in evaluations: samples and batches that one has typed and another is to check or read, and what two read
unlike."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import stages
from xianfeng.evaluations.batches import SECOND, THIRD, Count
from xianfeng.evaluations.models import CountingSheet, EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.log.models import Entry
from xianfeng.sentences import say

WORK = "evaluations"
_COUNTED = (Stage.CLOSED, Stage.PUBLISHED)
_TEXT = Cast("counts", TextField())
_WORDS = {SECOND: say("等第二个人录的计票单"), THIRD: say("两遍不同、等第三个人复核的计票单")}


def to_do(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OFFICE):
        yield from _draws(_rounds(waiter), waiter.person)
        yield from _readings(_rounds(waiter), waiter.person)


def under_way(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OVERLOOK):
        going = _rounds(waiter).exclude(stage__in=(Stage.PUBLISHED, Stage.ANNULLED)).count()
        words, said = say("还没有公布的评议"), say("{n} 轮", n=going)
        yield Wait(work=WORK, words=words, said=said, count=going, page=("evaluations",))


def _rounds(waiter: Waiter) -> QuerySet[EvaluationRound]:
    return EvaluationRound.objects.filter(scheme__in=[one.name for one in waiter.campaigns])


def _draws(rounds: QuerySet[EvaluationRound], person: int) -> Iterator[Wait]:
    """Samples drawn by hand that another has typed."""
    frozen = {row.id: row for row in rounds.filter(stage=Stage.FROZEN).order_by("id")}
    steps = Entry.objects.filter(stream=stages.STREAM, about__in=frozen, action__in=("type", "retype", "confirm"))
    last = {
        about: (action, body) for about, action, body in steps.order_by("seq").values_list("about", "action", "body")
    }
    for number, row in frozen.items():
        action, body = last.get(number, ("", "{}"))
        if action == "type" and json.loads(body)["person"] != person:
            yield Wait(
                work=WORK,
                words=say("等您核对的摇号结果"),
                about=stages.rule_of(row)[1].title,
                said=say("{n} 份", n=1),
                count=1,
                page=("evaluation_draw", number),
            )


def _readings(rounds: QuerySet[EvaluationRound], person: int) -> Iterator[Wait]:
    """By round, of batches that this person has not read himself."""
    found: defaultdict[tuple[int, int], list[CountingSheet]] = defaultdict(list)
    for sheet in _open(rounds, person).select_related("electorate__round").order_by("reading"):
        found[sheet.electorate_id, sheet.batch].append(sheet)
    left: Counter[tuple[int, int]] = Counter()  # by round and reading
    named: dict[int, EvaluationRound] = {}
    for sheets in found.values():
        row = sheets[0].electorate.round
        if not Count(sheets=tuple(sheets)).settled:
            left[row.id, len(sheets) + 1] += 1
            named[row.id] = row
    for (number, reading), n in sorted(left.items()):
        yield Wait(
            work=WORK,
            words=_WORDS[reading],
            about=stages.rule_of(named[number])[1].title,
            said=say("{n} 批", n=n),
            count=n,
            page=("evaluation_counting", number),
        )


def _open(rounds: QuerySet[EvaluationRound], person: int) -> QuerySet[CountingSheet]:
    """The sheets of each batch's last count where it may want another reading, being read once, or twice and not
    written down alike; and none of the batch is by this person."""
    ours = CountingSheet.objects.filter(electorate__round__in=rounds.filter(stage__in=_COUNTED)).annotate(text=_TEXT)
    batch = CountingSheet.objects.filter(electorate=OuterRef("electorate"), batch=OuterRef("batch"))
    same = batch.filter(count=OuterRef("count"))
    others = same.exclude(reading=OuterRef("reading")).annotate(text=_TEXT)
    alike = others.filter(text=OuterRef("text"), slips=OuterRef("slips"), invalid=OuterRef("invalid"))
    over = batch.filter(count__gt=OuterRef("count"))
    return ours.exclude(Exists(batch.filter(person=person)) | Exists(over) | Exists(alike) | Exists(same[SECOND:]))
