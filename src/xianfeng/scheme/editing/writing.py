"""Writing one value into a YAML text: replaced, added or taken out, with every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xianfeng.scheme.editing.spans import Path, Span, Step, spans

# Text that YAML reads as itself wherever it stands: begins with a letter, holds nothing that YAML gives a meaning.
_PLAIN = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off)$)[^\W\d_][\w·（）、。；，：“”《》—％]*(?: [\w（）“”《》]+)*", re.IGNORECASE
)
_NUMBERS = re.compile(r"-?[0-9][0-9.-]*")


@dataclass(frozen=True)
class Edit:
    """What stands at a path from now on: YAML as written; None: nothing. One behind a list's last adds an item."""

    path: Path
    yaml: str | None


def word(text: str) -> str:
    """A word, a number or a day as it is written without quotes; anything else in quotes, for the loader to refuse."""
    return text if _NUMBERS.fullmatch(text) else prose(text)


def prose(text: str, quote: str = "") -> str:
    """Text as YAML; `quote`: how it was written before, which is kept."""
    if quote == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def rewritten(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. What replaces a value is written at once; what adds or removes, one by one."""
    found, structural = spans(text), []
    slices: list[tuple[int, int, str]] = []
    for edit in edits:
        span = found.at(edit.path)
        if span is None or edit.yaml is None or span.start == span.end:
            structural.append(edit)
        else:
            slices.append((span.start, span.end, _fitting(span, edit.yaml)))
    for start, end, yaml in sorted(slices, reverse=True):
        text = text[:start] + yaml + text[end:]
    for edit in _backwards(structural):
        text = _removed(text, edit.path) if edit.yaml is None else _added(text, edit.path, edit.yaml)
    return text


def _backwards(edits: Sequence[Edit]) -> list[Edit]:
    """What goes from a list goes from its end, so that numbers stay true; what is added comes after."""
    gone = [edit for edit in edits if edit.yaml is None]
    gone.sort(key=lambda edit: [(isinstance(step, int), step if isinstance(step, int) else 0) for step in edit.path])
    return [*reversed(gone), *(edit for edit in edits if edit.yaml is not None)]


def _fitting(span: Span, yaml: str) -> str:
    """A folded or literal text ends with its line."""
    return f"{yaml}\n" if span.quote in ("|", ">") else yaml


def _added(text: str, path: Path, yaml: str) -> str:
    """Into the deepest table or list that is there; what is missing between stands in brackets."""
    node, depth = spans(text), 0
    while depth < len(path) and (inner := node.child(path[depth])) is not None and inner.start != inner.end:
        node, depth = inner, depth + 1
    if depth == len(path):
        raise ValueError(f"{path} is there already")
    if node.is_scalar:
        raise ValueError(f"{path[:depth]} holds a single value")
    for step in reversed(path[depth + 1 :]):
        yaml = f"[{yaml}]" if isinstance(step, int) else f"{{{_key(step)}: {yaml}}}"
    step = path[depth]
    if not isinstance(step, int) and (empty := node.child(step)) is not None:
        return f"{text[: empty.start]} {yaml}{text[empty.start :]}"
    return _into(text, node, yaml if node.is_list else f"{_key(step)}: {yaml}")


def _into(text: str, node: Span, written: str) -> str:
    last = _last(node)
    if node.flow:
        at = last.end if last else node.start + 1
        return f"{text[:at]}{', ' if last else ''}{written}{text[at:]}"
    dash = "- " if node.is_list else ""
    if last is None:  # an empty file
        return f"{text.rstrip()}\n{written}\n".lstrip()
    column = node.start - (text.rfind("\n", 0, node.start) + 1)
    at = last.end - 1 if text[last.end - 1] == "\n" else last.end
    line_end = text.find("\n", at)
    at = len(text) if line_end < 0 else line_end
    return f"{text[:at]}\n{' ' * column}{dash}{written}{text[at:]}"


def _last(node: Span) -> Span | None:
    if node.items is not None:
        return node.items[-1] if node.items else None
    pairs = list((node.pairs or {}).values())
    return pairs[-1][1] if pairs else None


def _removed(text: str, path: Path) -> str:
    """Without what stands there; a table or list that would be left empty goes with it."""
    root = spans(text)
    if root.at(path) is None:
        return text
    while len(path) > 1 and (above := root.at(path[:-1])) is not None and len(above.items or above.pairs or ()) == 1:
        path = path[:-1]
    parent = root.at(path[:-1])
    if parent is None:
        return text
    start, end = _whole(parent, path[-1])
    if parent.flow:
        return _without(text, start, end)
    line = text.rfind("\n", 0, start) + 1
    if parent.is_table and text[line:start].strip():  # behind the dash of an item: the next pair takes its place
        return text[:start] + text[list((parent.pairs or {}).values())[1][0].start :]
    line_end = text.find("\n", end - 1 if text[end - 1] == "\n" else end)
    return text[:line] + (text[line_end + 1 :] if line_end >= 0 else "")


def _whole(parent: Span, step: Step) -> tuple[int, int]:
    """A pair with its key, an item alone."""
    if isinstance(step, int):
        item = (parent.items or ())[step]
        return item.start, item.end
    key, value = (parent.pairs or {})[step]
    return key.start, max(key.end + 1, value.end)


def _without(text: str, start: int, end: int) -> str:
    """Out of brackets, with the comma behind it or else the one before it."""
    behind = re.compile(r"\s*,\s*").match(text, end)
    if behind:
        return text[:start] + text[behind.end() :]
    before = re.compile(r",\s*$").search(text[:start])
    return text[: before.start() if before else start] + text[end:]


def _key(step: Step) -> str:
    return prose(str(step))
