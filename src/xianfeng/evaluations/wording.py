"""What a published round comes to in words, for each organisation judged: nothing but what is told of its part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from xianfeng.evaluations.models import EvaluationRound, JudgedUnit
from xianfeng.evaluations.notices import ResultNotice
from xianfeng.evaluations.publishing import Part, Told
from xianfeng.scheme.evaluating import Evaluation, Question
from xianfeng.sentences import say


def notices(
    row: EvaluationRound, rule: Evaluation, parts: Iterable[Part], *, annulled: Collection[int]
) -> dict[int, ResultNotice]:
    """By organisation; none for those of whom nothing is told, being too few."""
    pooled = dict(row.electorates.values_list("number", "together"))
    units = list(JudgedUnit.objects.filter(electorate__round=row).select_related("electorate").order_by("code"))
    found = {unit.organisation: _annulled(row, rule) for unit in units if unit.electorate.number in annulled}
    several: dict[int, list[ResultNotice]] = {}
    for part in parts:
        asked = part.asked_in(pooled)
        judged = [unit for unit in units if unit.electorate.number in asked]
        for unit in judged:
            one = ResultNotice(told=_told(rule, part), grounds=_grounds(rule, part, judged))
            several.setdefault(unit.organisation, []).append(one)
    for organisation, those in several.items():  # on paper, and online
        told, grounds = (
            "\n".join(dict.fromkeys(each)) for each in zip(*((n.told, n.grounds) for n in those), strict=True)
        )
        found[organisation] = ResultNotice(told=told, grounds=grounds)
    return found


def untold() -> ResultNotice:
    """Of whom something was told that is told no longer."""
    return ResultNotice(
        told=str(say("更正以后不再公布。")), grounds=str(say("更正以后票数不足，或者会看出谁投了什么。"))
    )


def _told(rule: Evaluation, part: Part) -> str:
    return "\n".join(
        _answers(question, part.told[question.name]) for question in rule.counted if question.name in part.told
    )


def _answers(question: Question, told: Told) -> str:
    given = str(say("、")).join(_numbers(question, told))
    return str(say("{question}：{given}。", question=question.title, given=given))


def _numbers(question: Question, told: Told) -> Iterator[str]:
    for answer, title in question.choices.items():
        if told.nearly_all is None:
            yield str(say("{title}{n}票", title=title, n=told.at_least[answer]))
        elif told.nearly_all == answer:
            yield str(say("几乎一致，{title}至少{n}票", title=title, n=told.at_least[answer]))


def _grounds(rule: Evaluation, part: Part, judged: Collection[JudgedUnit]) -> str:
    counted = say("参评人员{electors}人，有效票{cast}张。", electors=part.electors, cast=part.cast)
    if len(judged) < 2:
        return str(counted)
    names = str(say("、")).join(unit.name for unit in judged)
    return str(counted) + str(say("人数或票数不够单独公布，合在一起评议、计票：{names}。", names=names))


def _annulled(row: EvaluationRound, rule: Evaluation) -> ResultNotice:
    told = say("这一轮作废，不公布结果。")
    percent = rule.annulled_above
    grounds = say(
        "反映“票码被别人用了”的超过用过票码的{percent}%，或者与这样的票合在一起计票，分不开。", percent=percent
    )
    return ResultNotice(told=str(told), grounds=str(grounds))
