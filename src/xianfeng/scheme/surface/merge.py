"""Include and adjust: one tree laid over another.

Tables merge key by key as far as the grammar knows them; lists, choices and single values replace. What an adjusted
core kind leaves unsaid stays as the library says it, with the library's place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xianfeng.scheme.faults import Fault, fault
from xianfeng.scheme.surface.shapes import Shape
from xianfeng.scheme.surface.tables import Either, Key, Keys, MapOf
from xianfeng.scheme.surface.tree import Mark, Node, Pair, Scalar, Table


@dataclass
class Overlay:
    """What laying trees over each other found: faults, and values that replaced others (path, before, after)."""

    faults: list[Fault] = field(default_factory=list)
    replaced: list[tuple[str, Scalar, Scalar]] = field(default_factory=list)

    def tables(self, over: Table, base: Table, shape: Keys | MapOf, path: str = "") -> Table:
        """A table with another laid over it, key by key."""
        pairs = dict(base.pairs)
        for name, pair in over.pairs.items():
            place = f"{path}.{name}" if path else name
            before = base.pairs.get(name)
            if _drops(pair.value):
                self._drop(pairs, name, pair)
                continue
            value = self._nodes(pair.value, before.value if before else None, _inner(shape, name), place)
            pairs[name] = Pair(pair.mark, value)
        return Table(over.mark, pairs)

    def _nodes(self, over: Node, base: Node | None, shape: Shape | None, path: str) -> Node:
        if isinstance(over, Table) and (isinstance(shape, Keys) or (isinstance(shape, MapOf) and not shape.whole)):
            return self.tables(over, base if isinstance(base, Table) else Table(over.mark, {}), shape, path)
        if isinstance(base, Scalar) and isinstance(over, Scalar) and base.text != over.text:
            self.replaced.append((path, base, over))
        return over

    def _drop(self, pairs: dict[str, Pair], name: str, pair: Pair) -> None:
        if name in pairs:
            del pairs[name]
        else:
            self.faults.append(fault("nothing_to_drop", pair.mark, name=name))


def _inner(shape: Shape | None, name: str) -> Shape | None:
    if isinstance(shape, MapOf):
        return shape.item
    key = shape.keys.get(name) if isinstance(shape, Keys) else None
    inner = key.shape if isinstance(key, Key) else None
    return inner.long if isinstance(inner, Either) else inner


def _drops(node: Node) -> bool:
    said = node.pairs.get("drop") if isinstance(node, Table) else None
    return said is not None and isinstance(said.value, Scalar) and said.value.plain and said.value.text == "true"


def empty(file: str) -> Table:
    return Table(Mark(file, 1, 1), {})
