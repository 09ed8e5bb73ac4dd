"""A number is printed in a style that suits what it is."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.displays import SUITED, TITLES, WORDS, Quantity, of_constant, of_measure
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Display


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        quantity, path = of_measure(measure, draft.kinds), f"measures.{measure.name}"
        yield from _faults(draft, f"{path}.show", measure.show, quantity)
        if measure.target and measure.target.show:
            yield from _faults(draft, f"{path}.target.show", measure.target.show, quantity)
    for constant in draft.constants.values():
        yield from _faults(draft, f"constants.{constant.name}.show", constant.show, of_constant(constant))


def _faults(draft: Draft, path: str, show: Display, quantity: Quantity) -> Iterator[Fault]:
    if show.style not in SUITED[quantity]:
        what, what_en = TITLES[quantity]
        yield draft.at("show_unfit", path, style=show.style, what=what, what_en=what_en)
    if show.style != "lower_bound" and draft.reading.has(f"{path}.step"):
        yield draft.at_key("show_key_unused", f"{path}.step", key="step", style=show.style)
    if show.word and show.word not in WORDS.get(show.style, ()):
        yield draft.at_key("show_key_unused", f"{path}.word", key=f"word: {show.word}", style=show.style)
