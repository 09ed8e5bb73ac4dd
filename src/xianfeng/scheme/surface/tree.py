"""YAML as read: three shapes of node, each with its place, nothing resolved.

Whether `0123` is a number or a code is for the key it stands under to say, so scalars keep their text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    mark: Mark
    text: str
    plain: bool  # written without quotes

    @property
    def inner(self) -> Mark:
        """Where the text itself begins: behind the quotation mark, if there is one."""
        return self.mark if self.plain else Mark(self.mark.file, self.mark.line, self.mark.column + 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    mark: Mark  # of the key
    value: Node


@dataclass(frozen=True, slots=True)
class Table:
    mark: Mark
    pairs: Mapping[str, Pair]


@dataclass(frozen=True, slots=True)
class Refused:
    """A node that was refused when it was read; its fault is told, so nobody asks what it might have been."""

    mark: Mark


Node = Scalar | Sequence | Table | Refused
