"""What an office changes in a scheme on a page: days, quotas, choices, questions, targets, and what things are called.

The keys are the grammar's own, with its words and shapes; here is only said which of them. Flows, formulas, types and
what a measure counts are left to whoever writes the file: a wrong word there changes what figures mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from xianfeng.scheme.editing.spans import Path
from xianfeng.scheme.surface import grammar
from xianfeng.scheme.surface.files import Gathering, in_memory
from xianfeng.scheme.surface.shapes import Day, Flag, MonthDay, Number, Shape, Whole, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf
from xianfeng.scheme.surface.tree import Node, Scalar, Sequence, Table

Look = Literal["text", "long", "day", "month_day", "number", "word", "flag", "choices"]

_LONG = ("help", "local")
_WINDOW = {"title": None, "from": None, "to": None}
_Offered = Mapping[str, "_Offered | None"]  # the keys below a section; '*' stands for each name or number
_FIELD: _Offered = dict.fromkeys(("title", "help", "required", "choices", "groups", "retired"))
_KIND: _Offered = {
    "title": None,
    "help": None,
    "fields": {"*": _FIELD},
    "flow": {"moves": {"*": {"title": None, "within": None}}},
}
_OFFERED: Mapping[str, _Offered] = {
    "campaign": {"title": None, "runs": {"from": None, "to": None}, "phases": {"*": _WINDOW}},
    "constants": {"constants": {"*": dict.fromkeys(("title", "value", "unit", "local"))}},
    "obligations": {
        "obligations": {
            "*": {
                **dict.fromkeys(("title", "exactly", "at_least", "at_most", "every", "local")),
                "windows": {"*": _WINDOW},
            }
        }
    },
    "measures": {
        "measures": {
            "*": {**dict.fromkeys(("title", "section", "help")), "target": dict.fromkeys(("value", "due", "local"))}
        }
    },
}


@dataclass(frozen=True)
class Term:
    """One thing that can be changed. `now`: as it is read, '' when nothing is said. `own`: it stands in `file`."""

    path: Path
    label: str
    label_en: str
    look: Look
    now: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # of a choice or a tally: value and title
    words: tuple[str, ...] = ()  # of which one is meant
    required: bool = False
    own: bool = False
    file: str = ""

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path))


@dataclass(frozen=True)
class Group:
    """A thing of the scheme with its terms: an obligation, a question, a measure."""

    path: Path
    title: str
    terms: tuple[Term, ...]

    @property
    def name(self) -> str:
        return ".".join(map(str, self.path))


def tree_of(files: Mapping[str, str]) -> Table:
    """The scheme as written, included files laid under it; what cannot be read is left out."""
    return Gathering(in_memory(files)).tree()


def groups(tree: Table, part: str) -> tuple[Group, ...]:
    """What can be changed in a part: campaign, constants, obligations, measures, or kinds.<name>."""
    kind = part.removeprefix("kinds.")
    offered = {"kinds": {kind: _KIND}} if part.startswith("kinds.") else _OFFERED.get(part, {})
    by_group: dict[Path, list[Term]] = {}
    for term in _terms(tree, grammar.SCHEME, offered, ()):
        by_group.setdefault(_group_of(term.path), []).append(term)
    return tuple(Group(path, title_at(tree, path), tuple(terms)) for path, terms in by_group.items())


def parts(tree: Table) -> tuple[str, ...]:
    """The parts that have anything to change; of the kinds all that there are."""
    kinds = node_at(tree, ("kinds",))
    named = (f"kinds.{name}" for name in kinds.pairs) if isinstance(kinds, Table) else ()
    return tuple(part for part in _OFFERED if part == "campaign" or node_at(tree, (part,)) is not None) + tuple(named)


def node_at(tree: Node, path: Path) -> Node | None:
    node: Node | None = tree
    for step in path:
        if isinstance(node, Table):
            pair = node.pairs.get(str(step))
            node = pair.value if pair else None
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def title_at(tree: Node, path: Path) -> str:
    """What the thing at a path is called; its name where it has no title."""
    said = node_at(tree, (*path, "title"))
    return said.text if isinstance(said, Scalar) else str(path[-1]) if path else ""


def _group_of(path: Path) -> Path:
    """Questions and steps stand by themselves; a window belongs to its obligation, a target to its measure."""
    match path:
        case ("kinds", kind, "fields", name, *_):
            return ("kinds", kind, "fields", name)
        case ("kinds", kind, "flow", "moves", name, *_):
            return ("kinds", kind, "flow", "moves", name)
        case ("phases", number, *_):
            return ("phases", number)
        case ("title",) | ("runs", *_):
            return ()
        case _:
            return path[:2]


def _terms(node: Node | None, shape: Shape, offered: _Offered | None, path: Path) -> Iterator[Term]:
    """The terms below a node, in the order in which the grammar has its keys."""
    if isinstance(shape, Either):
        shape = shape.long if isinstance(node, Table) else shape.short
    if offered is None or (isinstance(node, Scalar) and path[-1] != "target"):
        return
    if isinstance(node, Scalar):
        yield from _short(node, path)
    elif isinstance(shape, ListOf) and isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _terms(item, shape.item, offered.get("*"), (*path, number))
    elif isinstance(shape, MapOf) and isinstance(node, Table):
        for name, pair in node.pairs.items():
            yield from _terms(pair.value, shape.item, offered.get(name, offered.get("*")), (*path, name))
    elif isinstance(shape, Keys) and isinstance(node, Table):
        for name in offered:
            inner = node_at(node, (name,))
            if offered[name] is not None:
                yield from _terms(inner, shape.keys[name].shape, offered[name], (*path, name))
            elif _asked(node, name):
                yield _term(inner, shape.keys[name], (*path, name))


def _asked(node: Table, name: str) -> bool:
    """Choices where there are choices; every other key wherever it may stand."""
    return name not in ("choices", "groups") or name in node.pairs


def _short(node: Scalar, path: Path) -> Iterator[Term]:
    """A target that is a number; one that is a field or a constant is changed there."""
    if node.text.replace(".", "", 1).isdecimal():
        yield Term(path, "目标值", "target", "number", node.text, required=True, own=_own(node), file=node.mark.file)


def _term(node: Node | None, key: Key, path: Path) -> Term:
    return Term(
        path=path,
        label=key.zh,
        label_en=key.en,
        look=_look(key.shape, str(path[-1])),
        now=node.text if isinstance(node, Scalar) else "",
        choices=tuple(_choices(node)),
        words=key.shape.words if isinstance(key.shape, Word) else (),
        required=key.required,
        own=node is not None and _own(node),
        file=node.mark.file if node is not None else "",
    )


_LOOKS: Mapping[type[Shape], Look] = {
    Either: "choices",
    Day: "day",
    MonthDay: "month_day",
    Number: "number",
    Whole: "number",
    Word: "word",
    Flag: "flag",
}


def _look(shape: Shape, name: str) -> Look:
    return _LOOKS.get(type(shape), "long" if name in _LONG else "text")


def _choices(node: Node | None) -> Iterator[tuple[str, str]]:
    if isinstance(node, Sequence):
        yield from ((item.text, item.text) for item in node.items if isinstance(item, Scalar))
    if isinstance(node, Table):
        yield from ((name, pair.value.text) for name, pair in node.pairs.items() if isinstance(pair.value, Scalar))


def _own(node: Node) -> bool:
    return not node.mark.file.startswith("library/")
