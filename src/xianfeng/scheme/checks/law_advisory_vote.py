"""The law: no votes as a basis of appraisal (国办函〔2026〕12号); not even as advice, but in historical schemes."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.commendations.values():
        if each.advisory:
            yield draft.at("law_advisory_vote", f"commendations.{each.name}.advisory", title=each.title)
