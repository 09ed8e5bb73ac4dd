"""From what was typed to the files of a new version, and from a fault of the loader back to what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xianfeng.scheme.editing.spans import Path, Span, spans
from xianfeng.scheme.editing.terms import Term, node_at, tree_of
from xianfeng.scheme.editing.writing import Edit, prose, rewritten, word
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.surface import yaml
from xianfeng.scheme.surface.files import LIBRARY, MAIN
from xianfeng.scheme.surface.tree import Sequence as ListNode


@dataclass(frozen=True)
class Typed:
    """What was typed for a term; of choices the titles by value, with those left out gone, and the new ones."""

    text: str = ""
    titles: Mapping[str, str] | None = None
    added: tuple[str, ...] = ()


def changed(files: Mapping[str, str], typed: Iterable[tuple[Term, Typed]]) -> dict[str, str]:
    """The files with what was typed in them. What equals what stands there is not touched."""
    edits: dict[str, list[Edit]] = {}
    for term, said in typed:
        for edit in _edits(files, term, said):
            edits.setdefault(home(files, edit.path, term.file if term.own else ""), []).append(edit)
    return {**files, **{file: rewritten(files[file], made) for file, made in edits.items()}}


def added(files: Mapping[str, str], path: Path, written: str) -> dict[str, str]:
    """The files with something more at a path, or in place of what stands there, given as YAML."""
    file = home(files, path)
    return {**files, file: rewritten(files[file], [Edit(path, written)])}


def removed(files: Mapping[str, str], path: Path) -> dict[str, str]:
    file = home(files, path)
    return {**files, file: rewritten(files[file], [Edit(path, None)])}


def home(files: Mapping[str, str], path: Path, known: str = "") -> str:
    """The file in which a path is written: where it stands, else where most of what leads to it does."""
    if known:
        return known
    return max(own(files), key=lambda file: (_depth(spans(files[file]), path), file == MAIN))


def own(files: Mapping[str, str]) -> tuple[str, ...]:
    """The scheme's own YAML files, the main one first."""
    found = [name for name in files if name.endswith((".yaml", ".yml")) and not name.startswith(LIBRARY)]
    return tuple(sorted(found, key=lambda name: (name != MAIN, name)))


def readable(files: Mapping[str, str]) -> bool:
    """Whether the scheme's own files can be taken apart: a fault of YAML itself is mended in the text."""
    return all(
        not any(fault.code.startswith("yaml_") for fault in yaml.read(files[file], file)[1]) for file in own(files)
    )


def fault_path(files: Mapping[str, str], fault: Fault) -> Path:
    """What a fault stands at; () when it is at nothing in particular or its file cannot be taken apart."""
    text = files.get(fault.file)
    if text is None or fault.code.startswith("yaml_"):
        return ()
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: fault.line - 1]) + fault.column - 1
    return _innermost(spans(text), at)


def _innermost(node: Span, at: int) -> Path:
    for number, item in enumerate(node.items or ()):
        if item.start <= at < max(item.end, item.start + 1):
            return (number, *_innermost(item, at))
    for name, (key, value) in (node.pairs or {}).items():
        if key.start <= at < max(value.end, key.end + 1, value.start + 1):
            return (name, *_innermost(value, at))
    return ()


def _depth(root: Span, path: Path) -> int:
    depth, node = 0, root
    while depth < len(path) and (inner := node.child(path[depth])) is not None:
        node, depth = inner, depth + 1
    return depth


def _edits(files: Mapping[str, str], term: Term, said: Typed) -> Sequence[Edit]:
    if term.look == "choices":
        return _of_choices(files, term, said)
    if said.text == (term.now or ("false" if term.look == "flag" else "")):
        return ()
    if not said.text and term.own and not term.required:
        return (Edit(term.path, None),)
    if term.look in ("text", "long"):
        quote = _quote(files, term)
        return (Edit(term.path, prose(said.text, quote)),)
    return (Edit(term.path, said.text if term.look == "flag" else word(said.text)),)


def _quote(files: Mapping[str, str], term: Term) -> str:
    found = spans(files[term.file]).at(term.path) if term.own else None
    return found.quote if found is not None else ""


def _of_choices(files: Mapping[str, str], term: Term, said: Typed) -> Sequence[Edit]:
    kept = said.titles or {}
    before = dict(term.choices)
    titles = {value: kept[value] for value, _ in term.choices if value in kept}
    new = [title for title in said.added if title not in before]
    if titles == before and not new:
        return ()
    listed = isinstance(node_at(tree_of(files), term.path), ListNode)
    renamed = [value for value in titles if titles[value] != before[value]]
    if not term.own or (listed and renamed) or not titles:
        return (Edit(term.path, _whole({**titles, **dict.fromkeys(new)})),)
    gone = [(number, value) for number, value in enumerate(before) if value not in titles]
    edits = [Edit((*term.path, number if listed else value), None) for number, value in gone]
    edits += [Edit((*term.path, value), prose(titles[value])) for value in renamed]
    for number, title in enumerate(new):
        edits.append(Edit((*term.path, len(titles) + number if listed else title), prose(title)))
    return edits


def _whole(choices: Mapping[str, str | None]) -> str:
    """All choices anew: a list while every value is its own title."""
    if all(title in (None, value) for value, title in choices.items()):
        return f"[{', '.join(map(prose, choices))}]"
    return f"{{{', '.join(f'{prose(value)}: {prose(title or value)}' for value, title in choices.items())}}}"
