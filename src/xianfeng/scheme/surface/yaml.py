"""YAML text → a tree with places, or faults.

Events are read instead of loading: `load` would turn 0123 into 123, lose the place of every value, follow aliases and
stop at a date that does not exist. Anchors, aliases, tags and merges are refused: a scheme is read by officials, and a
line must mean what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from xianfeng import characters
from xianfeng.scheme.faults import Fault, fault
from xianfeng.scheme.surface.tree import Mark, Node, Pair, Refused, Scalar, Sequence, Table

LARGEST = 400_000  # characters in a file
DEEPEST = 30

_PROBLEMS = {  # what the parser says most often, in words that name the usual cause
    "mapping values are not allowed here": "一行里有两个“: ”，文字里有冒号时要加引号",
    "could not find expected ':'": "键的后面缺少“: ”",
    "found unexpected end of stream": "引号或括号没有关上",
    "did not find expected <document start>": "缩进不对，或引号后面还有文字",
    "did not find expected key": "缩进不对，或缺少“: ”",
    "expected ',' or '}', but got ':'": "花括号里的文字有冒号时要加引号",
    "expected ',' or '}', but got '<stream end>'": "花括号没有关上",
    "expected ',' or ']', but got '<stream end>'": "方括号没有关上",
}


@lru_cache(maxsize=16)
def read(text: str, file: str) -> tuple[Table, tuple[Fault, ...]]:
    """The file's top-level table and its faults; of syntax faults the first, since what follows cannot be trusted.

    Cached: the core library is the same text for every scheme.
    """
    if len(text) > LARGEST:
        return _nothing(file), (fault("yaml_too_large", Mark(file, 1, 1), limit=LARGEST),)
    reader = _Reader(file)
    try:
        root = reader.document(iter(YAML(typ="safe", pure=True).parse(text)))
    except _TooDeep:
        return _nothing(file), tuple(reader.faults)
    except MarkedYAMLError as error:
        return _nothing(file), (*reader.faults, _syntax(error, file))
    except YAMLError as error:  # a character that YAML does not allow
        return _nothing(file), (fault("yaml_character", _of_character(text, error, file)),)
    return root, tuple(reader.faults)


def _nothing(file: str) -> Table:
    return Table(Mark(file, 1, 1), {})


def _syntax(error: MarkedYAMLError, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    place = Mark(file, mark.line + 1, mark.column + 1) if mark else Mark(file, 1, 1)
    problem = error.problem or str(error)
    if "\\t" in problem:
        return fault("yaml_tab", place)
    return fault("yaml_syntax", place, problem=_PROBLEMS.get(problem, problem), original=problem)


def _of_character(text: str, error: YAMLError, file: str) -> Mark:
    before = text[: getattr(error, "position", 0)]
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


class _TooDeep(Exception):
    """The parser's work grows with the square of the depth: a bomb of brackets is not read to its end."""


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def document(self, events: Iterator[Event]) -> Table:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.faults.append(fault("yaml_several_documents", self._mark(event)))
                    break
            elif isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)):
                root = self._node(event, events, 0)
        if isinstance(root, Table):
            return root
        if not self.faults:
            code = "yaml_empty" if root is None else "yaml_no_table"
            self.faults.append(fault(code, root.mark if root else Mark(self.file, 1, 1)))
        return _nothing(self.file)

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        mark = self._mark(event)
        refused = self._refusal(event, depth)
        if refused:
            self.faults.append(fault(refused, mark))
        if isinstance(event, AliasEvent):
            return Refused(mark)
        if depth == DEEPEST:
            raise _TooDeep
        node = self._content(event, events, depth, mark)
        return Refused(mark) if refused else node

    def _content(self, event: Event, events: Iterator[Event], depth: int, mark: Mark) -> Node:
        if isinstance(event, ScalarEvent):
            text = normalize("NFC", event.value)  # an escape may write what its file does not hold
            if characters.misleading(text, allowed="\t\n"):
                self.faults.append(fault("yaml_misleading", mark))
            return Scalar(mark, text, event.style is None)
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(following := next(events), SequenceEndEvent):
                items.append(self._node(following, events, depth + 1))
            return Sequence(mark, tuple(items))
        return Table(mark, self._pairs(events, depth))

    def _pairs(self, events: Iterator[Event], depth: int) -> dict[str, Pair]:
        pairs: dict[str, Pair] = {}
        while not isinstance(following := next(events), MappingEndEvent):
            key = self._node(following, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(value, Scalar) and value.plain and not value.text:
                value = Scalar(key.mark, "", plain=True)  # the parser places nothing where the next thing begins
            if not isinstance(key, Scalar):
                if not isinstance(key, Refused):
                    self.faults.append(fault("yaml_key", key.mark))
            elif key.text == "<<" and key.plain:
                self.faults.append(fault("yaml_merge", key.mark))
            elif key.text in pairs:
                first = pairs[key.text].mark.line
                self.faults.append(fault("yaml_duplicate_key", key.mark, key=key.text, first=first))
            else:
                pairs[key.text] = Pair(key.mark, value)
        return pairs

    def _refusal(self, event: Any, depth: int) -> str:
        if isinstance(event, AliasEvent) or event.anchor:
            return "yaml_alias"
        if event.ctag is not None:
            return "yaml_tag"
        return "yaml_too_deep" if depth == DEEPEST else ""

    def _mark(self, event: Event) -> Mark:
        start = event.start_mark
        return Mark(self.file, start.line + 1, start.column + 1)
