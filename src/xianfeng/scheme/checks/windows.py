"""Windows lie within one year, apart from one another, and no more of them than what is owed."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.obliging import Obligation, Window


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        path = f"obligations.{each.name}"
        if each.windows and each.every != "year":
            yield draft.at_key("windows_not_yearly", f"{path}.windows")
        most = each.exactly if each.exactly is not None else each.at_most
        if most is not None and len(each.windows) > most:
            yield draft.at_key("windows_too_many", f"{path}.windows", windows=len(each.windows), most=most)
        yield from _apart(draft, each, f"{path}.windows")


def _apart(draft: Draft, obligation: Obligation, path: str) -> Iterator[Fault]:
    seen: list[Window] = []
    for number, window in enumerate(obligation.windows):
        if window.since > window.until:
            yield draft.at("window_backwards", f"{path}[{number}].from")
            continue
        for other in seen:
            if window.since <= other.until and other.since <= window.until:
                place = f"{path}[{number}].from"
                yield draft.at("windows_overlap", place, first=other.title, second=window.title)
        seen.append(window)
