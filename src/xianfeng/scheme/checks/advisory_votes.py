"""An advisory vote stands beside nominations and weighs nothing: no condition and no class looks at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.evaluating import RESULTS, Evaluation
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Coverage, Flowing, Measure

_ANY_DAY = dt.date(2000, 1, 1)  # a result says nothing of days


def check(draft: Draft) -> Iterator[Fault]:
    voted = {each.advisory for each in draft.commendations.values() if each.advisory}
    for each in draft.commendations.values():
        path = f"commendations.{each.name}.advisory"
        found = draft.unknown("unknown_evaluation", path, each.advisory, "evaluations", draft.evaluations)
        if each.advisory and found:
            yield found
        elif each.advisory and len(draft.evaluations[each.advisory].counted) != 1:
            yield draft.at("advisory_questions", path, title=draft.evaluations[each.advisory].title)
    votes = [draft.evaluations[name] for name in sorted(voted) if name in draft.evaluations]
    for path, measure in _weighed(draft) if votes else ():
        for vote in votes:
            if any(_counts(draft, draft.measures[name], vote) for name in _parts(draft, measure)):
                yield draft.at("advisory_weighed", path, measure=measure, title=vote.title)


def _weighed(draft: Draft) -> Iterator[tuple[str, str]]:
    """Each measure that decides something, with where it stands."""
    for each in draft.commendations.values():
        for one in each.eligible.values():
            yield from ((f"commendations.{each.name}.eligible.{one.name}.when", name) for name in one.measures)
    for grading in draft.gradings.values():
        for part in grading.parts.values():
            for indicator in part.indicators.values():
                at = f"gradings.{grading.name}.parts.{part.name}.indicators.{indicator.name}.measure"
                yield at, indicator.measure
        for bar in grading.bars.values():
            yield from ((f"gradings.{grading.name}.bars.{bar.name}.when", name) for name in bar.measures)


def _parts(draft: Draft, measure: str) -> set[str]:
    """A measure and everything that it is made of."""
    found, left = set[str](), [measure]
    while left:
        name = left.pop()
        if name in draft.measures and name not in found:
            found.add(name)
            left += draft.measures[name].parts
    return found


def _counts(draft: Draft, measure: Measure, vote: Evaluation) -> bool:
    """Whether a measure may read the results of a vote itself."""
    results = {kind.name for kind in draft.kinds.values() if kind.source == RESULTS}
    if not results.intersection(measure.kinds):
        return False
    if isinstance(measure, Flowing):
        return not _without(measure.where, vote)
    if isinstance(measure, Coverage) and measure.population not in results:
        return not _without(measure.matching, vote)
    return True


def _without(where: Expression | None, vote: Evaluation) -> bool:
    """Whether a condition surely holds for no result of the vote, whatever else its record says."""
    if where is None:
        return False
    rows = (
        {"evaluation": vote.name, "question": question.name, "answer": answer, "nearly_all": nearly_all}
        for question in vote.counted
        for answer, nearly_all in product((*question.choices, None), (True, False))
    )
    return all(where.value({**dict.fromkeys(where.names), **row}, today=_ANY_DAY) is False for row in rows)
