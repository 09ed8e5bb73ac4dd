"""What is said of voting online is said where somebody can."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

_KEYS = ("annulled_above", "calls")


def check(draft: Draft) -> Iterator[Fault]:
    for rule in draft.evaluations.values():
        for key in _KEYS:
            place = f"evaluations.{rule.name}.{key}"
            if not rule.online and draft.reading.has(place):
                yield draft.at_key("online_of_visitors", place, key=key)
