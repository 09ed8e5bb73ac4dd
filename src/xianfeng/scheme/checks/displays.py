"""A number is printed in a style that suits what it is."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Coverage, Growth, Ratio

OF_SHARES = {"plain", "percent", "all_or_percent"}
OF_NUMBERS = {"plain", "wan", "yi", "lower_bound", "words"}


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        share = isinstance(measure, (Ratio, Coverage, Growth))
        path = f"measures.{measure.name}.show"
        if measure.show.style not in (OF_SHARES if share else OF_NUMBERS):
            what = {"what": "比率", "what_en": "a share"} if share else {"what": "数量", "what_en": "a quantity"}
            yield draft.at("show_unfit", path, style=measure.show.style, **what)
        yield from _unused(draft, path, measure.show.style)
    for constant in draft.constants.values():
        yield from _unused(draft, f"constants.{constant.name}.show", constant.show.style)


def _unused(draft: Draft, path: str, style: str) -> Iterator[Fault]:
    for key in ("step", "word"):
        if style != "lower_bound" and draft.reading.has(f"{path}.{key}"):
            yield draft.at_key("show_key_unused", f"{path}.{key}", key=key, style=style)
