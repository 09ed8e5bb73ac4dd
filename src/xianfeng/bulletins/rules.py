"""Values out of the scheme's own data: what the campaign's paper states and no ledger counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from xianfeng.bulletins.numbers import finer, printed, rounds_to_zero
from xianfeng.problems import Problem
from xianfeng.scheme import titles
from xianfeng.scheme.displays import Quantity, of_number
from xianfeng.scheme.measuring import Display
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


def at(scheme: Scheme, path: str) -> Any:
    """The value at 'obligations.serve.windows.0.title': names of fields, keys of mappings, numbers of list items."""
    value: Any = scheme
    for step in path.split("."):
        value = _step(value, step, path)
    return value


def _step(value: Any, step: str, path: str) -> Any:
    if isinstance(value, Mapping) and step in value:
        return value[step]
    if isinstance(value, tuple) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    if is_dataclass(value) and step in {field.name for field in fields(value)}:
        return getattr(value, step)
    raise Problem(
        "bulletin.unknown_rule",
        say("活动方案里没有“{path}”：到“{step}”为止找不到。", path=path, step=step),
        hint=_offered(value),
    )


def _offered(value: Any) -> str:
    if isinstance(value, Mapping):
        names = list(value)
    elif isinstance(value, tuple):
        names = [str(number) for number in range(len(value))]
    elif is_dataclass(value):
        names = [field.name for field in fields(value)]
    else:
        return "再往下没有了。"
    return f"这里有：{'、'.join(names)}。"


def title_of(scheme: Scheme, path: str) -> str:
    """What a path leads to, in the scheme's own words: the last title on the way."""
    steps = path.split(".")
    if steps[0] == "bulletins" and steps[-1] in _IMPRINT:
        return _IMPRINT[steps[-1]]
    found = [getattr(at(scheme, ".".join(steps[:length])), "title", "") for length in range(1, len(steps) + 1)]
    return next((title for title in reversed(found) if isinstance(title, str) and title), path)


def refuse_own_words(path: str) -> None:
    """What an issue says of itself is no source but of its number, its day and how many were printed; its name is told
    for the masthead, where the numbers in it are looked for like those of the title."""
    steps = path.split(".")
    if steps[0] == "bulletins" and not (len(steps) == 3 and steps[2] in _IMPRINT):
        raise Problem(
            "bulletin.own_words",
            say("“{path}”是简报自己的文字，不能当作数据来源。", path=path),
            hint=say("简报自己可以引用的：{named}。", named="、".join(_IMPRINT)),
        )


_IMPRINT = {"number": "期号", "total": "总期号", "issued": "印发日期", "special": "专刊名", "copies": "印数"}


def quantity(value: Any) -> Quantity:
    """What `show` may make of it: a number of the scheme, or how many things there are. Its shares are targets."""
    return of_number(value) if isinstance(value, Decimal) else "whole"


def text_of(value: Any, path: str, show: Display) -> str:
    """A value as a bulletin prints it. Several things (a standard's items) print as how many they are."""
    match value:
        case str() if value:
            return value
        case bool():
            pass
        case int() | Decimal() if rounds_to_zero(value, show):
            told = say("“{path}”是{value}，印出来却是零。", path=path, value=value)
            raise Problem("bulletin.rounded_to_zero", told, hint=say("写 show='{finer}'。", finer=finer(value, show)))
        case int() | Decimal():
            return printed(value, show)
        case dt.date():
            return titles.day(value)
        case tuple() | Mapping():
            return printed(len(value), show)
    raise Problem(
        "bulletin.unprintable_rule",
        say("“{path}”不是一个可印出的值。", path=path),
        hint="路径要到文字、数字、日期或清单为止。",
    )
