"""The rules of a scheme, one a file: each looks at a draft and yields faults. A new rule is a file, listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

Rule = Callable[[Draft], Iterable[Fault]]
RULES: tuple[Rule, ...] = ()


def run(draft: Draft) -> Iterator[Fault]:
    for rule in RULES:
        yield from rule(draft)
