"""Organisations as a bulletin names them, each looked up once: a bulletin asks forty figures of two or three places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.sentences import say


class Names:
    def __init__(self) -> None:
        self._numbers: dict[tuple[str, dt.date], int] = {}
        self._nodes: dict[tuple[int, dt.date], Node | None] = {}

    def number(self, code: str, day: dt.date) -> int:
        """The organisation that bore the code on that day, else the one that bears it now or bore it last."""
        if (code, day) not in self._numbers:
            found = tree.by_code(code, day) or tree.by_any_code(code)
            if found is None:
                told = say("没有代码为“{code}”的组织。", code=code)
                raise Problem("bulletin.unknown_organisation", told, hint="at= 写组织代码，如 350121。")
            self._numbers[code, day] = found.id
        return self._numbers[code, day]

    def learn(self, organisations: Iterable[int], day: dt.date) -> None:
        """Look up many at once, for a table."""
        new = {number for number in organisations if (number, day) not in self._nodes}
        found = tree.named(new, day) if new else {}
        self._nodes.update({(number, day): found.get(number) for number in new})

    def node(self, organisation: int, day: dt.date) -> Node | None:
        """What an organisation was called on that day."""
        self.learn([organisation], day)
        return self._nodes[organisation, day]

    def name(self, organisation: int, day: dt.date) -> str:
        node = self.node(organisation, day)
        return node.name if node else ""
