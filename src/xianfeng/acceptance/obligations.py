"""The terms of an obligation against those that the document states.

A row names the terms that its document gives, and no others: kind, of, where (as the scheme writes it), about,
at_least, at_most, exactly, every, windows (in the scheme's form, each with the keys that the document gives). What the
office chose itself the document cannot confirm; such a row says `local: true`, and its obligation must be so marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xianfeng.scheme.obliging import Obligation, Window
from xianfeng.sentences import say

_PLAIN = ("kind", "of", "about", "at_least", "at_most", "exactly", "every")


def faults(obligation: Obligation, terms: Mapping[str, Any]) -> Iterator[str]:
    """In words, each term that is other than stated."""
    if bool(obligation.local) != bool(terms.get("local")):
        marked = say("方案标明了本地设定：{local}", local=obligation.local)
        yield marked if obligation.local else say("方案没有标明哪里是本地设定")
    for name, said in terms.items():
        if name in _PLAIN and getattr(obligation, name) != said:
            yield say("{name} 是 {value}", name=name, value=getattr(obligation, name))
        elif name == "where" and _where(obligation) != " ".join(said.split()):
            yield say("{name} 是 {value}", name=name, value=_where(obligation) or say("全部"))
        elif name == "windows":
            yield from _windows(obligation.windows, said)
        elif name not in (*_PLAIN, "where", "windows", "local"):
            yield say("没有这种规定：{name}", name=name)


def _where(obligation: Obligation) -> str:
    return " ".join(obligation.where.text.split()) if obligation.where else ""


def _windows(windows: tuple[Window, ...], said: list[Mapping[str, str]]) -> Iterator[str]:
    if len(windows) != len(said):
        yield say("时段有{n}个", n=len(windows))
        return
    for window, stated in zip(windows, said, strict=True):
        found = {"title": window.title, "from": _day(window.since), "to": _day(window.until)}
        other = {name: found.get(name) for name, value in stated.items() if found.get(name) != value}
        if other:
            yield say(
                "时段是 {title}：{since} 至 {until}", title=found["title"], since=found["from"], until=found["to"]
            )


def _day(month_day: tuple[int, int]) -> str:
    return "{:02d}-{:02d}".format(*month_day)
