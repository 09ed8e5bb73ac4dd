"""The law: nothing is asked twice (国办函〔2026〕12号 on repeated form filling)."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    first: dict[tuple[str, ...], str] = {}
    for each in draft.obligations.values():
        where = each.where.text if each.where else ""
        matching = each.matching.text if each.matching else ""
        asked = (each.kind, each.of, where, matching, each.about)
        if asked in first:
            yield draft.at_key("law_asked_twice", f"obligations.{each.name}", first=first[asked], second=each.name)
        first.setdefault(asked, each.name)
