"""An obligation's counts can be met, and demand something."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        path = f"obligations.{each.name}"
        if each.exactly is not None and (each.at_least is not None or each.at_most is not None):
            yield draft.at_key("quota_twice", f"{path}.exactly")
        elif each.at_least is not None and each.at_most is not None and each.at_least > each.at_most:
            yield draft.at("quota_contradictory", f"{path}.at_least", least=each.at_least, most=each.at_most)
        for key, count in (("at_least", each.at_least), ("exactly", each.exactly), ("at_most", each.at_most)):
            if count == 0:
                yield draft.at("quota_empty", f"{path}.{key}")
