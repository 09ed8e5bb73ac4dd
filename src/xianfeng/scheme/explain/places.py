"""A place of a scheme in words: 'obligations.commit.at_least' is 工作要求 公开承诺（党组织） 至少几次."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xianfeng.scheme.diff import Change
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.surface.grammar import PERIODS, SCHEME
from xianfeng.scheme.surface.shapes import Shape
from xianfeng.scheme.surface.tables import Either, Keys, ListOf, MapOf

_KEYS = {"since": "from", "until": "to", "origins": "from", "target": "to", "style": "as", "choice": "choices"}
_OTHERS = {
    "numerator": "分子",
    "denominator": "分母",
    "kind": "台账",
    "field": "字段",
    "population": "对象",
    "shared": "通用台账",
    "timezone": "时区",
}
_WORDS = {"True": "是", "False": "否", "organisations": "各组织", "each_subordinate": "对每个下级"}


def place(path: str, *schemes: Scheme) -> tuple[str, ...]:
    """From the section down; things are called as the first of these schemes that has them calls them."""
    return tuple(_words(path.split("."), schemes))


def said(change: Change) -> tuple[str, str]:
    """What stood there before and what stands there after, in words."""
    return _value(change.before), _value(change.after)


def _value(text: str) -> str:
    if text in PERIODS:
        return Words("zh")(text)
    return _WORDS.get(text, text)


def _words(steps: list[str], schemes: tuple[Scheme, ...]) -> Iterator[str]:
    shape: Shape | None = SCHEME
    things: list[object] = list(schemes)
    for step in steps:
        things = [inner for thing in things if (inner := _inside(thing, step)) is not None]
        if isinstance(shape, Keys):
            name = step if step in shape.keys else _KEYS.get(step, step)
            key = shape.keys.get(name) or (SCHEME.keys["runs"].shape.keys.get(name) if shape is SCHEME else None)  # type: ignore[attr-defined]
            yield key.zh.partition("：")[0].partition("（")[0] if key else _OTHERS.get(step, step)
            shape = _long(key.shape) if key else None
        elif isinstance(shape, MapOf | ListOf):
            yield next((title for thing in things if (title := _title(thing))), step)
            shape = shape.item
        else:
            return


def _long(shape: Shape) -> Shape:
    return shape.long if isinstance(shape, Either) else shape


def _inside(thing: object, step: str) -> object:
    return thing.get(step) if isinstance(thing, Mapping) else getattr(thing, step, None)


def _title(thing: object) -> str:
    return thing if isinstance(thing, str) else str(getattr(thing, "title", ""))
