"""What evaluations have published is kept by a kind that can hold it, and no share is of what they leave out.

Of what nearly all agreed in, a result does not say every answer: who has one with an answer is not known, not even at
least how many of whom, unlike the numbers that are counted and added up (`results`).
"""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.evaluating import NOTICE, NOTICES, RESULT, RESULTS
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Coverage
from xianfeng.scheme.results import ANSWER


def check(draft: Draft) -> Iterator[Fault]:
    keeping = [kind for kind in draft.kinds.values() if kind.source == RESULTS]
    for kind in (kind for kind in draft.kinds.values() if kind.of_evaluations):
        for name, type_ in (NOTICE if kind.source == NOTICES else RESULT).items():
            field = kind.fields.get(name)
            if field is None or field.type is not type_:
                yield draft.at("result_field", f"kinds.{kind.name}.source", name=name, type=type_)
    for kind in keeping:
        if (answer := kind.fields.get(ANSWER)) is not None and answer.required:
            yield draft.at("result_answer", f"kinds.{kind.name}.fields.{ANSWER}")
    for measure in draft.measures.values():
        if isinstance(measure, Coverage) and any(ANSWER in one.names for one in _asked(draft, measure)):
            yield draft.at("coverage_of_answers", f"measures.{measure.name}.coverage")
    if not keeping and not draft.reading.incomplete:
        for rule in draft.evaluations.values():
            yield draft.at_key("results_nowhere", f"evaluations.{rule.name}")


def _asked(draft: Draft, measure: Coverage) -> Iterator[Expression]:
    """What a coverage asks of results."""
    of_population, of_kind = (measure.where, measure.having), (measure.matching,)
    for name, asked in ((measure.population, of_population), (measure.kind, of_kind)):
        kind = draft.kinds.get(name)
        if kind is not None and kind.source == RESULTS:
            yield from filter(None, asked)
