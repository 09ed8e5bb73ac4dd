"""The rules by which something is found, one a module: its name, what it finds in a register, what it says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from xianfeng.signals.filed import Found, Register
from xianfeng.signals.rules import all_alike, copied, impossible, rounded, same_file


class Rule(Protocol):
    NAME: str
    ASKED: tuple[str, ...]  # what it tells whose change makes another question of it

    def find(self, register: Register) -> Iterable[Found]: ...

    def sentence(self, told: Mapping[str, Any]) -> str:
        """One sentence; besides what was found, `told` has the record, the field's title and the other record."""
        ...


_ALL: tuple[Rule, ...] = (copied, same_file, impossible, rounded, all_alike)
RULES: Mapping[str, Rule] = {rule.NAME: rule for rule in _ALL}
