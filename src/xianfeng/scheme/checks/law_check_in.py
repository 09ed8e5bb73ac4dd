"""The law: no check-ins (国办函〔2026〕12号)."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

WORDS = ("打卡", "签到")


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        titled = [(f"kinds.{kind.name}.title", kind.title)]
        titled += [(f"kinds.{kind.name}.fields.{field.name}.title", field.title) for field in kind.fields.values()]
        for path, title in titled:
            if any(word in title for word in WORDS):
                yield draft.at("law_check_in", path, title=title)
