"""A number is printed in a style that suits what it is."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Coverage, Display, Growth, Ratio

OF_SHARES = {"plain", "percent", "all_or_percent"}
OF_NUMBERS = {"plain", "wan", "yi", "lower_bound", "words"}
WORDS = {"lower_bound": {"多", "余"}, "all_or_percent": {"所有", "各"}}


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        share = isinstance(measure, (Ratio, Coverage, Growth))
        path = f"measures.{measure.name}.show"
        if measure.show.style not in (OF_SHARES if share else OF_NUMBERS):
            what = {"what": "比率", "what_en": "a share"} if share else {"what": "数量", "what_en": "a quantity"}
            yield draft.at("show_unfit", path, style=measure.show.style, **what)
        yield from _unused(draft, path, measure.show)
    for constant in draft.constants.values():
        yield from _unused(draft, f"constants.{constant.name}.show", constant.show)


def _unused(draft: Draft, path: str, show: Display) -> Iterator[Fault]:
    if show.style != "lower_bound" and draft.reading.has(f"{path}.step"):
        yield draft.at_key("show_key_unused", f"{path}.step", key="step", style=show.style)
    if show.word and show.word not in WORDS.get(show.style, ()):
        yield draft.at_key("show_key_unused", f"{path}.word", key=f"word: {show.word}", style=show.style)
