"""The law: no form every week (国办函〔2026〕12号 on frequent form filling)."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        if each.every == "week":
            yield draft.at("law_too_often", f"obligations.{each.name}.every", title=each.title)
