"""Windows and quiet stretches lie within one year, apart from one another; no more windows than what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.obliging import Window


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        path = f"obligations.{each.name}"
        if each.windows and each.every != "year":
            yield draft.at_key("windows_not_yearly", f"{path}.windows")
        most = each.exactly if each.exactly is not None else each.at_most
        if most is not None and len(each.windows) > most:
            yield draft.at_key("windows_too_many", f"{path}.windows", windows=len(each.windows), most=most)
        yield from _apart(draft, {f"{path}.windows[{number}]": window for number, window in enumerate(each.windows)})
    yield from _apart(draft, {f"quiet.{name}": window for name, window in draft.quiet.items()})


def _apart(draft: Draft, windows: Mapping[str, Window]) -> Iterator[Fault]:
    """`windows`: by path."""
    seen: list[Window] = []
    for path, window in windows.items():
        if window.since > window.until:
            yield draft.at("window_backwards", f"{path}.from")
            continue
        for other in seen:
            if window.since <= other.until and other.since <= window.until:
                yield draft.at("windows_overlap", f"{path}.from", first=other.title, second=window.title)
        seen.append(window)
