"""By what the results of evaluations fall into parts: the answers that a measure's own condition lets in.

A kind of results knows every question of its campaign's evaluations, and every answer to any of them. A measure asks
one or a few; of the others there is nothing to show, not even 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from xianfeng.scheme.evaluating import CHOSEN, RESULTS
from xianfeng.scheme.floors import NEARLY_ALL
from xianfeng.scheme.measuring import Flowing
from xianfeng.scheme.nodes import Scheme

_ANY_DAY = dt.date(2000, 1, 1)  # a result says nothing of days


def let_in(scheme: Scheme, measure: Flowing) -> Mapping[str, frozenset[str]]:
    """By field the values that its results may have; empty where it is of no results, or its condition asks for more
    than evaluation, question and answer."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return {}
    rows = [
        {"evaluation": rule.name, "question": question.name, "answer": answer}
        for rule in scheme.evaluations.values()
        for question in rule.counted
        for answer in question.choices
    ]
    if measure.where is not None:
        where = measure.where
        rows = [
            row
            for row in rows
            if any(where.value({**row, NEARLY_ALL: nearly}, today=_ANY_DAY) for nearly in (True, False))
        ]
    return {name: frozenset(row[name] for row in rows) for name in CHOSEN} if rows else {}


def divides(scheme: Scheme, measure: Flowing, field: str) -> bool:
    """Whether a field tells parts of it apart: not how a result was published, nor what is asked for alike of all."""
    if scheme.kinds[measure.kind].source != RESULTS:
        return True
    return field != NEARLY_ALL and len(let_in(scheme, measure).get(field, ("", ""))) > 1
