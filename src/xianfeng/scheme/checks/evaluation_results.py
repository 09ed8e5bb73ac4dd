"""What evaluations have published is kept as records of a kind that can hold it."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.evaluating import NOTICE, NOTICES, RESULT, RESULTS
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.floors import ANSWER


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
    if not keeping and not draft.reading.incomplete:
        for rule in draft.evaluations.values():
            yield draft.at_key("results_nowhere", f"evaluations.{rule.name}")
