"""A sample is drawn from a list, and is large enough for something to be shown of it."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for rule in draft.evaluations.values():
        place = f"evaluations.{rule.name}.sample"
        if rule.sample and rule.electorate == "visitors":
            yield draft.at_key("sample_of_visitors", place)
        elif rule.sample and rule.sample < rule.least_electors:
            yield draft.at_key("sample_small", place, sample=rule.sample, least=rule.least_electors)
