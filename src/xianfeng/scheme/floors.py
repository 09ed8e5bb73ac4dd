"""Which measures are only lower bounds where it was not told what some ballots say.

Of what nearly all agreed in, a result says at least how many, and without an answer how many other ballots there were.
A measure that asks for an answer leaves those out, and may be more than it says; one that asks for none counts all.
"""

from __future__ import annotations

import datetime as dt

from xianfeng.scheme.evaluating import RESULTS
from xianfeng.scheme.measuring import Flowing, Measure, Ratio
from xianfeng.scheme.nodes import Scheme

NEARLY_ALL = "nearly_all"
_ANY_DAY = dt.date(2000, 1, 1)  # a result says nothing of days


def bounded(scheme: Scheme, measure: Measure) -> tuple[str, ...]:
    """The measures whose results may make this one a lower bound: itself, or both parts of a share of all ballots."""
    if isinstance(measure, Ratio):
        asked = bounded(scheme, scheme.measures[measure.numerator])
        return (*asked, measure.denominator) if asked else ()
    return (measure.name,) if isinstance(measure, Flowing) and _asks_for_an_answer(scheme, measure) else ()


def _asks_for_an_answer(scheme: Scheme, measure: Flowing) -> bool:
    where = measure.where
    if scheme.kinds[measure.kind].source != RESULTS or where is None:
        return False
    rows = (
        {"evaluation": rule.name, "question": question.name, NEARLY_ALL: True}
        for rule in scheme.evaluations.values()
        for question in rule.counted
    )
    return not any(where.value({**dict.fromkeys(where.names), **row}, today=_ANY_DAY) for row in rows)
