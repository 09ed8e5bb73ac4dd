"""The published files of a poll, as a folder that anybody can take home.

    poll.json    the poll, as it was sealed
    list-a.txt   every ballot: the voter's own part of its message, and its signature; in the order of these texts
    list-b.json  what observers found in them: each question's answers as a column of its own, sorted, so that no row
                 tells what one voter answered to two questions; where nearly all answered alike, that answer alone
    counts.json  how many electors, codes, signatures, ballots, refusals; and the hashes of the others, so that sealing
                 this one file seals all

A line of list A leaves out what is the same in all messages of a poll. Files are written whole or not at all. What
issuer and box hand to the observers is never published and lies elsewhere: sealed.txt, the same beside answers and salt
under their key; box.json and the issuer's file, what each counted of which poll; texts.txt, what voters wrote.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from xianfeng import canonical, paths
from xianfeng.ballots.protocol import Poll
from xianfeng.problems import Problem
from xianfeng.sentences import say

POLL, LIST_A, LIST_B, COUNTS = "poll.json", "list-a.txt", "list-b.json", "counts.json"
SEALED, BOX, TEXTS = "sealed.txt", "box.json", "texts.txt"
_BLOCK = 1 << 20  # bytes
Columns = Mapping[str, tuple[str, ...]]
_T = TypeVar("_T", "Issued", "Taken", "Counts")


@dataclass(frozen=True)
class Answers:
    """List B. `bands`: by question the answer that nearly all gave, whose numbers are not told."""

    columns: Columns
    bands: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """A ballot: the voter's own part of its message, and in list A its signature, for observers what is sealed."""

    own: bytes
    beside: bytes

    @property
    def written(self) -> bytes:
        return b"%b %b\n" % (b64encode(self.own), b64encode(self.beside))

    @classmethod
    def read(cls, written: bytes) -> Line:
        """ValueError for what is none, or is spelt otherwise: one ballot has one text."""
        own, beside = written.split(b" ")
        line = cls(b64decode(own), b64decode(beside))
        if line.written != written:
            raise ValueError("not as a line is written")
        return line


@dataclass(frozen=True)
class Issued:
    """What the issuer counted of a poll, which is told by its fingerprint."""

    poll: str
    codes: int
    void: int
    signed: int
    refused: int
    disputed: int  # codes whose electors say that somebody else used them
    used: str  # the hash of what tells which codes were used, see `calls`


@dataclass(frozen=True)
class Taken:
    """What the box counted of it, and the hash of the list A that it wrote."""

    poll: str
    cast: int
    refused: int
    list_a: str


@dataclass(frozen=True)
class Counts:
    """What issuer and box counted."""

    electors: int
    codes: int
    void: int  # codes that a paper sheet was taken for
    signed: int
    refused: int  # requests and ballots that were not taken
    cast: int
    unreadable: int  # ballots that held something else than they are bound to
    poll: str  # its fingerprint
    list_a: str  # its SHA-256
    list_b: str  # the same; '' where it is not shown
    disputed: int  # as the issuer counted them, of those that were signed for
    used: str  # as the issuer told it
    refuted: int = 0  # of the disputed, whose electors said when they were called that they had voted

    @property
    def standing(self) -> int:
        """Disputed codes that count."""
        return self.disputed - self.refuted


def write_poll(folder: Path, poll: Poll) -> None:
    _write(folder / POLL, poll.text.encode())


def write_ballots(folder: Path, lines: Iterable[Line]) -> str:
    """List A; its hash."""
    return _write_lines(folder / LIST_A, lines)


def write_sealed(folder: Path, lines: Iterable[Line]) -> None:
    _write_lines(folder / SEALED, lines)


def write_answers(folder: Path, answers: Answers) -> str:
    """List B; its hash."""
    columns = {name: sorted(column) for name, column in answers.columns.items()}
    text = canonical.dumps({"columns": columns, "bands": dict(answers.bands)})
    _write(folder / LIST_B, text.encode())
    return _hash(text)


def write_texts(folder: Path, poll: Poll, texts: Iterable[tuple[str, str]]) -> None:
    """Question and text, for whoever may read them."""
    written = "\n".join(f"{poll.form.title(name)}\t{text}" for name, text in texts)
    paths.write_atomically(folder / TEXTS, written.encode(), mode=0o600)


def write_counts(folder: Path, counts: Counts) -> None:
    _write(folder / COUNTS, canonical.dumps(asdict(counts)).encode())


def write_issued(path: Path, issued: Issued) -> None:
    _write(path, canonical.dumps(asdict(issued)).encode())


def write_taken(folder: Path, taken: Taken) -> None:
    _write(folder / BOX, canonical.dumps(asdict(taken)).encode())


def poll(folder: Path) -> Poll:
    return poll_file(folder / POLL)


def poll_file(path: Path) -> Poll:
    return Poll.read(_read(path))


def ballots(folder: Path) -> Iterator[bytes]:
    """The lines of list A one by one; `Line.read` takes one apart."""
    return chain.from_iterable(blocks(folder))


def blocks(folder: Path) -> Iterator[list[bytes]]:
    """The same, some thousand at once, for a nation's do not fit into memory."""
    return _blocks(folder / LIST_A)


def sealed(folder: Path) -> Iterator[Line]:
    for row, written in enumerate(chain.from_iterable(_blocks(folder / SEALED)), start=1):
        try:
            yield Line.read(written)
        except ValueError as fault:
            raise unreadable(SEALED, row) from fault


def unreadable(file: str, row: int) -> Problem:
    told = say("{file}第{row}行读不出来。", file=file, row=row)
    return Problem("ballots.line", told, hint="请重新下载公布的文件。", row=row)


def _blocks(path: Path) -> Iterator[list[bytes]]:
    try:
        with path.open("rb") as file:
            while block := file.readlines(_BLOCK):
                yield block
    except OSError as fault:
        raise _missing(path) from fault


def answers(folder: Path) -> Answers | None:
    """None where none are published, for too few answered."""
    path = folder / LIST_B
    if not path.exists():
        return None
    try:
        found = _parsed(path)
        columns = {str(name): tuple(map(str, column)) for name, column in found["columns"].items()}
        return Answers(columns, {str(name): str(answer) for name, answer in found["bands"].items()})
    except (KeyError, TypeError, AttributeError) as fault:
        raise _missing(path) from fault


def hash_of(folder: Path, name: str) -> str:
    """Of a published file as it lies there; '' where it does not."""
    return _hash(_read(folder / name)) if (folder / name).exists() else ""


def counts(folder: Path) -> Counts:
    return _told(Counts, folder / COUNTS)


def issued(path: Path, poll: Poll) -> Issued:
    return _of_poll(poll, _told(Issued, path), path)


def taken(folder: Path, poll: Poll) -> Taken:
    return _of_poll(poll, _told(Taken, folder / BOX), folder / BOX)


def _told(kind: type[_T], path: Path) -> _T:
    """What was counted: each number one that can be, each text a text, and nothing else."""
    found, kinds = _parsed(path), get_type_hints(kind)
    required = {field.name for field in fields(kind) if field.default is MISSING}  # others came later
    if not required <= found.keys() <= kinds.keys() or any(type(found[name]) is not kinds[name] for name in found):
        raise _missing(path)
    if any(value < 0 for value in found.values() if type(value) is int):
        raise _missing(path)
    return kind(**found)


_Handed = TypeVar("_Handed", Issued, Taken)


def _of_poll(poll: Poll, handed: _Handed, path: Path) -> _Handed:
    if handed.poll != poll.fingerprint:
        told = say("{file}是另一场测评的。", file=path.name)
        raise Problem("ballots.handed_other", told, hint="请核对领票处和票箱移交的文件。", place=str(path))
    return handed


def _write_lines(path: Path, lines: Iterable[Line]) -> str:
    written = b"".join(sorted(line.written for line in lines))
    _write(path, written)
    return hashlib.sha256(written).hexdigest()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, written: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    paths.write_atomically(path, written)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as fault:
        raise _missing(path) from fault


def _parsed(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_read(path))
    except ValueError as fault:
        raise _missing(path) from fault
    if not isinstance(found, dict):
        raise _missing(path)
    return found


def _missing(path: Path) -> Problem:
    told = say("缺少{file}，或者读不出来。", file=path.name)
    return Problem("ballots.file", told, hint="请重新下载公布的全部文件，放在同一个文件夹里。", place=str(path))
