"""What reading a tree leaves behind: faults, and the place of every path ('measures.kept.where' → line 40)."""

from __future__ import annotations

from typing import Any

from xianfeng.scheme.faults import Fault, fault
from xianfeng.scheme.surface.tree import Mark, Node, Pair, Scalar

BAD = object()  # what reading gives for a node that was refused; its fault is told


class Reading:
    def __init__(self, start: Mark, foreign: frozenset[str] = frozenset(), incomplete: bool = False) -> None:
        self.start = start
        self.foreign = foreign  # files that the reader cannot mend: the libraries
        self.incomplete = incomplete  # a file is missing: what it would have said is not reported as missing
        self.faults: list[Fault] = []
        self.broken: set[str] = set()  # paths that hold something refused
        self._keys: dict[str, Mark] = {}
        self._values: dict[str, Mark] = {}
        self._insides: dict[str, Mark] = {}

    def mark(self, path: str, node: Node) -> None:
        self._values[path] = node.mark
        if isinstance(node, Scalar):
            self._insides[path] = node.inner

    def mark_pair(self, path: str, pair: Pair) -> None:
        self._keys[path] = pair.mark
        self.mark(path, pair.value)

    def stands_at(self, path: str, other: str) -> None:
        """For what another key defines: its place is that key's."""
        self._keys[path] = self._keys[other]

    def refuse(self, code: str, mark: Mark, path: str, **details: Any) -> Any:
        wanted = details.pop("wanted", None)
        if wanted:
            details |= {"wanted": wanted[0], "wanted_en": wanted[1]}
        self.faults.append(fault(code, mark, **details))
        self.broken.add(path)
        return BAD

    def at(self, path: str) -> Mark:
        """The place of a path's key, or of the nearest one above that is written somewhere."""
        return self._find(path, self._keys, self._values)

    def has(self, path: str) -> bool:
        """Whether this path is written, right or wrong."""
        return path in self._keys

    def of_value(self, path: str) -> Mark:
        return self._find(path, self._values, self._keys)

    def inside(self, path: str, offset: int) -> Mark:
        """The place of a character of a text on one line; of the text when it is folded over several."""
        start = self._insides.get(path)
        if start is None or start.file in self.foreign:
            return self.of_value(path)
        return Mark(start.file, start.line, start.column + offset)

    def is_broken(self, path: str) -> bool:
        """Whether anything was refused at this path or below it."""
        return any(each == path or each.startswith((f"{path}.", f"{path}[")) for each in self.broken)

    def lines(self) -> dict[str, tuple[str, int]]:
        return {path: (mark.file, mark.line) for path, mark in self._keys.items()}

    def _find(self, path: str, *marks: dict[str, Mark]) -> Mark:
        """The place of a path, or of what holds it; in a library only if nothing above is the scheme's own."""
        foreign: Mark | None = None
        while path:
            mark = next((each[path] for each in marks if path in each), None)
            if mark is not None and mark.file not in self.foreign:
                return mark
            foreign = foreign or mark
            path = path[: path.rfind("[")] if path.endswith("]") else path.rpartition(".")[0]
        return foreign or self.start
