"""What the results of evaluations can say, what a measure's condition lets in of that, and what it can miss.

A kind of results knows every question of its campaign's evaluations, and every answer to any of them. A measure asks
one or a few; of the others there is nothing to show, not even 0. Of what nearly all agreed in, a result says at least
how many, and without an answer how many other ballots there were: each of these said some answer. A measure that asks
for an answer leaves them out, and may be more than it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from xianfeng.scheme.evaluating import CHOSEN, RESULTS
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.measuring import Flowing, Measure
from xianfeng.scheme.nodes import Scheme

EVALUATION, QUESTION, ANSWER, NEARLY_ALL = "evaluation", "question", "answer", "nearly_all"
_ANY_DAY = dt.date(2000, 1, 1)  # a result says nothing of days
_Said = Mapping[str, str]


def let_in(scheme: Scheme, measure: Flowing) -> Mapping[str, frozenset[str]]:
    """By field the values that its results may have; empty where it is of no results, or its condition asks for more
    than evaluation, question and answer."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return {}
    said = [each for _, answered in _said(scheme) for each in answered]
    rows = [each for each in said if _holds(measure.where, each) or _holds(measure.where, each, nearly_all=True)]
    return {name: frozenset(row[name] for row in rows) for name in CHOSEN} if rows else {}


def divides(scheme: Scheme, measure: Flowing, field: str) -> bool:
    """Whether a field tells parts of it apart: not how a result was published, nor what is asked for alike of all."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return True
    return field != NEARLY_ALL and len(let_in(scheme, measure).get(field, ("", ""))) > 1


def may_miss(scheme: Scheme, measure: Measure) -> bool:
    """Whether a measure may be more than it says, by itself or by what it is made of."""
    if isinstance(measure, Flowing):
        return misses(scheme, measure)
    return any(may_miss(scheme, scheme.measures[part]) for part in measure.parts)


def misses(scheme: Scheme, measure: Flowing, field: str = "") -> bool:
    """Whether there can be ballots of which no answer was told that may belong to a measure, or to a part of it by
    `field`, and are not counted there."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return False
    where = measure.where
    if where is None:
        return field == ANSWER
    if where.names - {EVALUATION, QUESTION, ANSWER, NEARLY_ALL}:  # which the records themselves have to say
        return True
    for untold, answered in _said(scheme):
        counted = field != ANSWER and _holds(where, untold, nearly_all=True)
        if not counted and any(_holds(where, each, nearly_all=True) for each in answered):
            return True
    return False


def _said(scheme: Scheme) -> Iterator[tuple[_Said, list[_Said]]]:
    """Of each question what a result says without an answer, and with each of its answers."""
    for rule in scheme.evaluations.values():
        for question in rule.counted:
            asked = {EVALUATION: rule.name, QUESTION: question.name}
            yield asked, [{**asked, ANSWER: answer} for answer in question.choices]


def _holds(where: Expression | None, said: _Said, *, nearly_all: bool = False) -> bool:
    row = {ANSWER: None, **said, NEARLY_ALL: nearly_all}
    return where is None or where.value(row, today=_ANY_DAY) is True
