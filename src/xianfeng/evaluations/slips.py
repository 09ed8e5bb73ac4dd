"""Slips of paper go out and come back: how many, by electorate. What does not add up is refused, with where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db import transaction

from xianfeng.evaluations import drawing, merging, stages
from xianfeng.evaluations.models import Electorate, EvaluationRound, JudgedUnit
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import powers
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems
from xianfeng.registry import chains
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.sentences import say

Numbers = Mapping[int, int]  # slips by the number of an electorate


@transaction.atomic
def issue(*, number: int, issued: Numbers, by: Actor) -> EvaluationRound:
    """How many slips were handed out. Where there is a list, never more than stand on it."""
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=say("登记发放的评议票"))
    drawing.refuse_undrawn(row)
    _, rule = stages.rule_of(row)
    those = list(row.electorates.order_by("number"))
    listed = rule.electorate != "visitors"
    _refuse(those, issued, lambda one, slips: _overissued(one, slips) if listed else None)
    for one in those:
        one.issued = issued[one.number]
        one.electors = one.electors if listed else one.issued
    Electorate.objects.bulk_update(those, ["issued", "electors"])
    row.stage = Stage.ISSUED
    row.save()
    stages.note(row, "issue", by, body={"issued": [[one.number, one.issued] for one in those]})
    return row


@transaction.atomic
def close(*, number: int, returned: Numbers, by: Actor) -> EvaluationRound:
    """The boxes are opened: how many slips lay in each, and which boxes are counted together, being too few alone."""
    row = stages.opened(number, by, at=(Stage.ISSUED,), doing=say("截止收票"))
    scheme, rule = stages.rule_of(row)
    those = list(row.electorates.order_by("number"))
    _refuse(those, returned, _overreturned)
    for one in those:
        one.returned = returned[one.number]
    for at, leader in pools(those, rule, root=powers.root_of(scheme)).items():
        those[at].together = leader
    Electorate.objects.bulk_update(those, ["returned", "together"])
    row.stage = Stage.CLOSED
    row.save()
    told = [[one.number, one.returned, one.together] for one in those]
    stages.note(row, "close", by, body={"returned": told})
    return row


def pools(those: list[Electorate], rule: Evaluation, *, root: int) -> dict[int, int]:
    """By an electorate's position, the number of the first of those that it is counted with; 0: it is not counted."""
    judged = set(JudgedUnit.objects.filter(electorate__in=those).values_list("electorate", "organisation"))
    some = [
        merging.Some(at, f"{one.number:06}", one.returned, _above(one, judged, root) if rule.merged else ())
        for at, one in enumerate(those)
        if one.returned
    ]
    found = merging.merged(some, least=rule.batch, together=bool(rule.merged))
    led = {at: those[group[0]].number for group in found.groups for at in group}
    return {at: led.get(at, 0) for at in range(len(those))}


def _above(one: Electorate, judged: Collection[tuple[int, int]], root: int) -> tuple[int, ...]:
    """The superiors up to the campaign's root; of several units begins with the nearest above them all."""
    found = chains.upwards(one.organisation)
    return found[int((one.id, one.organisation) in judged) : found.index(root) + 1]


def _overissued(one: Electorate, slips: int) -> str | None:
    if slips <= one.electors:
        return None
    return say("发出{slips}张，名单上只有{electors}人。", slips=slips, electors=one.electors)


def _overreturned(one: Electorate, slips: int) -> str | None:
    if slips <= (one.issued or 0):
        return None
    return say("收回{slips}张，只发出{issued}张。", slips=slips, issued=one.issued or 0)


def _refuse(those: Iterable[Electorate], given: Numbers, wrong: Callable[[Electorate, int], str | None]) -> None:
    found = []
    for one in those:
        slips = given.get(one.number)
        told = say("没有填张数。") if slips is None or slips < 0 else wrong(one, slips)
        hint = say("核对后重填。") if slips else say("一张没有的填 0。")
        if told:
            found.append(Problem("evaluations.slips", told, hint=hint, field=str(one.number), place=one.title))
    if found:
        message = say("有{count}处对不上，没有登记。", count=len(found))
        raise Problems(found, code="evaluations.slips", message=message, hint="逐处核对后再登记。")
