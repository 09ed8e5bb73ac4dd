"""A growth compares with a day, and a target ends on one, that the scheme has reached or will."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Growth


def check(draft: Draft) -> Iterator[Fault]:
    runs = draft.heading.get("runs", {})
    if not {"from", "to"} <= runs.keys():
        return
    for measure in draft.measures.values():
        path = f"measures.{measure.name}"
        if isinstance(measure, Growth) and measure.since > runs["to"]:
            short = f"measures.{measure.of}.growth_from"
            written = f"{path}.growth.since" if draft.reading.has(path) else short
            yield draft.at("growth_outside", written, since=measure.since)
        due = measure.target.due if measure.target else None
        if due is not None and due < runs["from"]:
            yield draft.at("target_outside", f"{path}.target.due", due=due)
