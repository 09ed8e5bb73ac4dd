"""Which measures may count more than is known, where it was not told what some ballots say.

Of what nearly all agreed in, a result says at least how many, and without an answer how many other ballots there were:
each of these said some answer. A measure that asks for an answer leaves them out, and may be more than it says.
"""

from __future__ import annotations

import datetime as dt

from xianfeng.scheme.evaluating import RESULTS
from xianfeng.scheme.measuring import Flowing, Measure
from xianfeng.scheme.nodes import Scheme

ANSWER, NEARLY_ALL = "answer", "nearly_all"
_ANY_DAY = dt.date(2000, 1, 1)  # a result says nothing of days


def may_be(scheme: Scheme, measure: Measure) -> bool:
    """Whether a measure can be one, by itself or by what it is made of."""
    if isinstance(measure, Flowing):
        return bounded(scheme, measure)
    return any(may_be(scheme, scheme.measures[part]) for part in measure.parts)


def bounded(scheme: Scheme, measure: Flowing, field: str = "") -> bool:
    """Whether there can be ballots of which no answer was told that may belong to a measure, or to a part of it by
    `field`, and are not counted there."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return False
    where = measure.where
    if where is None:
        return field == ANSWER
    if where.names - {"evaluation", "question", ANSWER, NEARLY_ALL}:  # which the records themselves have to say
        return True
    for rule in scheme.evaluations.values():
        for question in rule.counted:
            row = {ANSWER: None, "evaluation": rule.name, "question": question.name, NEARLY_ALL: True}
            counted = field != ANSWER and where.value(row, today=_ANY_DAY) is True
            may = (where.value({**row, ANSWER: answer}, today=_ANY_DAY) is True for answer in question.choices)
            if not counted and any(may):
                return True
    return False
