"""A scale and a choice say their answers; stars, yes or no have their own, and a text has none to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.evaluating import GIVEN, TEXT
from xianfeng.scheme.faults import Fault

FEWEST = 2


def check(draft: Draft) -> Iterator[Fault]:
    for rule in draft.evaluations.values():
        for question in rule.questions.values():
            path = f"evaluations.{rule.name}.questions.{question.name}"
            own, said = question.ask in (*GIVEN, TEXT), draft.reading.has(f"{path}.choices")
            if own and said:
                yield draft.at_key("answers_given", f"{path}.choices", ask=question.ask)
            elif not own and len(question.choices) < FEWEST and f"{path}.choices" not in draft.reading.broken:
                yield draft.at_key("answers_missing", path, ask=question.ask)
