"""The files of a scheme: where they are read from, what they include, and nothing outside their folder.

Texts and paths are brought to Unicode NFC as they are read, so that what is checked, hashed and kept is one text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePosixPath
from unicodedata import is_normalized, normalize

from xianfeng.scheme.faults import Fault, fault, nearest
from xianfeng.scheme.surface import yaml
from xianfeng.scheme.surface.grammar import FILE, PART, SCHEME
from xianfeng.scheme.surface.merge import Overlay, empty
from xianfeng.scheme.surface.tree import Mark, Scalar, Sequence, Table

MAIN = "scheme.yaml"
LIBRARY = "library:"  # in front of a library's file in a package: no file of a folder can be called so
MOST_FILES = 50


class Unreadable(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Package:
    """A scheme's files by their path within its folder: on disk, or as a stored version's texts."""

    text: Callable[[str], str]  # raises Unreadable
    exists: Callable[[str], bool]
    shown: Callable[[str], str]  # how a path is named to people
    siblings: Callable[[str], Iterator[str]]  # the files of a folder


def on_disk(folder: Path, main: str) -> Package:
    root = folder.resolve()

    def inside(path: str) -> Path:
        found = (root / (main if path == MAIN else path)).resolve()
        if not found.is_relative_to(root):  # a symbolic link may lead out of the folder
            raise Unreadable("outside_folder")
        return found

    def text(path: str) -> str:
        if path.startswith(LIBRARY):
            return library(path.removeprefix(LIBRARY))
        try:
            return normalize("NFC", inside(path).read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise Unreadable("not_utf8") from None
        except OSError:
            raise Unreadable("file_missing") from None

    def exists(path: str) -> bool:
        try:
            return inside(path).is_file()
        except Unreadable:
            return False

    def siblings(path: str) -> Iterator[str]:
        for found in sorted(inside(path).iterdir()):
            if found.is_file() and not found.name.startswith(".") and is_normalized("NFC", found.name):
                yield f"{path}/{found.name}"

    def shown(path: str) -> str:
        return _library_shown(path) or str(folder / (main if path == MAIN else path))

    return Package(text, exists, shown, siblings)


def in_memory(given: Mapping[str, str]) -> Package:
    files = {normalize("NFC", path): normalize("NFC", text) for path, text in given.items()}

    def text(path: str) -> str:
        if path not in files:
            raise Unreadable("file_missing")
        return files[path]

    def siblings(path: str) -> Iterator[str]:
        return (each for each in sorted(files) if posixpath.dirname(each) == path)

    return Package(text, files.__contains__, lambda path: _library_shown(path) or path, siblings)


def _library_shown(path: str) -> str:
    return f"library/{path.removeprefix(LIBRARY)}" if path.startswith(LIBRARY) else ""


def libraries() -> tuple[str, ...]:
    folder = resources.files("xianfeng.scheme") / "library"
    return tuple(sorted(PurePosixPath(f.name).stem for f in folder.iterdir() if f.name.endswith(".yaml")))


def library(file: str) -> str:
    if PurePosixPath(file).stem not in libraries():
        raise Unreadable("unknown_library")
    return (resources.files("xianfeng.scheme") / "library" / file).read_text(encoding="utf-8")


@dataclass
class Gathering:
    """The main file with everything it includes, laid over one another."""

    package: Package
    overlay: Overlay = field(default_factory=Overlay)
    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)  # kinds that a library defines
    unreadable: bool = False  # something is missing from the tree: what it lacks must not be reported as unknown
    _done: dict[str, Table] = field(default_factory=dict)

    @property
    def foreign(self) -> frozenset[str]:
        """The libraries among the files, as they are shown."""
        return frozenset(self.package.shown(path) for path in self.texts if path.startswith(LIBRARY))

    def tree(self) -> Table:
        start = Mark(self.package.shown(MAIN), 1, 1)
        tree = self._file(MAIN, start, ())
        return tree if tree is not None else empty(start.file)

    def _file(self, path: str, asked_at: Mark, above: tuple[str, ...]) -> Table | None:
        if path in above:
            chain = " → ".join(self.package.shown(each) for each in (*above[above.index(path) :], path))
            self._refuse("include_cycle", asked_at, chain=chain)
            return None
        if path in self._done:
            return self._done[path]
        if len(self.texts) >= MOST_FILES:
            self._refuse("too_many_files", asked_at, limit=MOST_FILES)
            return None
        try:
            text = self.package.text(path)
        except Unreadable as reason:
            near, known = nearest(_named(path), libraries()), "、".join(libraries())
            named = self.package.shown(path) if path == MAIN else _named(path)  # the main file by what was asked for
            self._refuse(reason.code, asked_at, path=named, near=near, known=known)
            return None
        self.texts[path] = text
        own, faults = yaml.read(text, self.package.shown(path))
        self.faults += faults
        self.unreadable |= not own.pairs
        base: Table = empty(self.package.shown(path))
        for included, mark in self._includes(own, path):
            part = self._file(included, mark, (*above, path))
            if part is not None:
                base = self._lay(_sections(part), base)
        if path.startswith(LIBRARY):
            kinds = own.pairs.get("kinds")
            self.shared |= set(kinds.value.pairs) if kinds and isinstance(kinds.value, Table) else set()
        self._check_part(own, path)
        self._done[path] = self._lay(own, base)
        return self._done[path]

    def _lay(self, over: Table, base: Table) -> Table:
        return self.overlay.tables(over, base, SCHEME)

    def _includes(self, tree: Table, path: str) -> Iterator[tuple[str, Mark]]:
        said = tree.pairs.get("include")
        if said is None:
            return
        items = said.value.items if isinstance(said.value, Sequence) else (said.value,)
        for item in items:
            if not isinstance(item, Scalar) or not re.fullmatch(FILE.form, item.text):
                continue  # refused when the section is read
            if "/" not in item.text and not item.text.endswith((".yaml", ".yml")):
                yield f"{LIBRARY}{item.text}.yaml", item.mark
                continue
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), item.text))
            if found.startswith(("..", "/", LIBRARY)):
                self._refuse("outside_folder", item.mark, path=item.text, near="", known="")
            else:
                yield found, item.mark

    def _check_part(self, tree: Table, path: str) -> None:
        if path == MAIN:
            return
        for name, pair in tree.pairs.items():
            if name in SCHEME.keys and name not in PART.keys:
                self.faults.append(fault("only_in_scheme", pair.mark, key=name))

    def _refuse(self, code: str, mark: Mark, **details: object) -> None:
        self.unreadable = True
        self.faults.append(fault(code, mark, **details))


def _named(path: str) -> str:
    return path.removeprefix(LIBRARY).removesuffix(".yaml") if path.startswith(LIBRARY) else path


_OF_THE_FILE = frozenset(PART.keys) - {"include", "library", "title", "xianfeng"}


def _sections(part: Table) -> Table:
    """What a part gives to the file that includes it: its sections, not its own heading."""
    kept = {
        name: pair for name, pair in part.pairs.items() if name in _OF_THE_FILE or name not in SCHEME.keys | PART.keys
    }
    return Table(part.mark, kept)
