"""Where everything stands in a YAML text, from its first character to its last.

The tree that schemes are built from knows where a node begins. Writing in place needs its end as well, and how it is
written, so that one value can be replaced and everything around it, comments and layout, left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import MappingEndEvent as TableEnd
from ruamel.yaml.events import MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True)
class Span:
    """`text[start:end]` is a node as it is written. `quote` of a scalar: '' (plain), ', ", | or >."""

    start: int
    end: int
    quote: str = ""
    flow: bool = False  # in brackets
    text: str = ""  # of a scalar, as it is read
    items: tuple[Span, ...] | None = None
    pairs: Mapping[str, tuple[Span, Span]] | None = None  # key and value

    @property
    def is_table(self) -> bool:
        return self.pairs is not None

    @property
    def is_list(self) -> bool:
        return self.items is not None

    @property
    def is_scalar(self) -> bool:
        return not self.is_table and not self.is_list

    def child(self, step: Step) -> Span | None:
        if isinstance(step, int):
            return self.items[step] if self.items is not None and 0 <= step < len(self.items) else None
        return self.pairs[step][1] if self.pairs is not None and step in self.pairs else None

    def at(self, path: Path) -> Span | None:
        found: Span | None = self
        for step in path:
            found = found.child(step) if found is not None else None
        return found


@dataclass
class _Reader:
    events: Iterator[Any]
    current: Any = field(init=False)

    def node(self, event: Any) -> Span:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            return Span(start, end, event.style or "", text=event.value)
        flow = bool(event.flow_style)
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(following := next(self.events), SequenceEndEvent):
                items.append(self.node(following))
            last = items[-1].end if items else start
            return Span(start, following.end_mark.index if flow else last, flow=flow, items=tuple(items))
        return self._table(start, flow)

    def _table(self, start: int, flow: bool) -> Span:
        pairs: dict[str, tuple[Span, Span]] = {}
        last = start
        while not isinstance(following := next(self.events), TableEnd):
            key = self.node(following)
            value = self.node(next(self.events))
            if value.is_scalar and not value.quote and not value.text:  # the parser places nothing behind what follows
                value = Span(key.end + 1, key.end + 1)
            pairs[key.text] = (key, value)
            last = value.end
        return Span(start, following.end_mark.index if flow else last, flow=flow, pairs=MappingProxyType(pairs))


def spans(text: str) -> Span:
    """The top-level node of a text that the loader reads without a syntax fault; an empty table for an empty text."""
    events = iter(YAML(typ="safe", pure=True).parse(text))
    reader = _Reader(events)
    for event in events:
        if isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent):
            return reader.node(event)
    return Span(0, 0, pairs=MappingProxyType({}))


def under(root: Span, path: Path = ()) -> Iterator[tuple[Path, Span]]:
    """Every node with its path, a node before what it holds."""
    yield path, root
    for number, item in enumerate(root.items or ()):
        yield from under(item, (*path, number))
    for name, (_, value) in (root.pairs or {}).items():
        yield from under(value, (*path, name))
