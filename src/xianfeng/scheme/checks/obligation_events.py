"""What is owed after an event says after which; and nothing else begins with one."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        path = f"obligations.{each.name}"
        if each.every == "event" and each.after is None and not draft.reading.has(f"{path}.after"):
            yield draft.at("event_without_after", f"{path}.every")
        if each.after is not None and each.every != "event":
            yield draft.at_key("after_without_event", f"{path}.after")
