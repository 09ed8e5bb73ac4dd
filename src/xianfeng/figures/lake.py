"""The lake: postings as Parquet, by register and month of entry, in commit order.

It is a copy: whatever is lost or damaged is made again from the log. A segment is written whole or not at all, and
counts only once the manifest names it; the manifest is replaced in one step. So a crash or a full disk leaves the lake
as it was, and the next run continues from there. One process writes at a time; readers need no lock.

A copy proves nothing: whoever can write the folder can make a lake that agrees with itself. What is published is
computed without it (`figures.from_log`).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from xianfeng.figures import columns
from xianfeng.figures.interface import Register, Source
from xianfeng.paths import write_atomically

FOLD = 5_000  # entries: a shorter tail is cheaper to hand over at each question than to write
_FORMAT = 3
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A file of postings of one register, entered in one month: those of the entries first..last."""

    register: str
    month: str
    first: int
    last: int
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"{self.register}/{self.month}/{self.first}-{self.last}.parquet"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """All postings up to entry `head` are in `segments`; `anchor` tells which log that was."""

    head: int = 0
    anchor: str = ""
    segments: tuple[Segment, ...] = ()

    def of(self, register: str) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if segment.register == register)


class Damaged(Exception):
    """A segment is not the file that the manifest names."""


class Lake:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: tuple[_Stamp, Manifest] | None = None
        self._opened: dict[Segment, tuple[tuple[str, ...], _Stamp | None]] = {}

    def manifest(self) -> Manifest:
        """What the lake holds now, whoever wrote it; an unreadable manifest counts as an empty lake."""
        stamp = _stamp(self._manifest)
        if stamp is None:
            return Manifest()
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _parse(self._manifest.read_bytes()))
        return self._read[1]

    def path(self, segment: Segment) -> Path:
        return self.folder / segment.path

    def columns(self, segment: Segment) -> tuple[str, ...]:
        """The columns in a segment, by the file itself, which is held against the manifest whenever it is another."""
        path = self.path(segment)
        stamp = _stamp(path)
        if stamp is None or self._opened.get(segment, ((), None))[1] != stamp:
            self._opened[segment] = _open(path, segment), stamp
        return self._opened[segment][0]

    def extend(self, source: Source, *, least: int = FOLD) -> Manifest:
        """Write what the log has and the lake has not, if that is at least so many entries.

        A lake of another log (a database restored to an earlier day) is begun again. When another process is writing,
        its work is left to it.
        """
        with self._writing(wait=False) as mine:
            manifest = self._of_this_log(source)
            head = source.head()
            if not mine or not source.settled() or head - manifest.head < max(least, 1):
                return manifest
            segments = tuple(self._write_all(source, after=manifest.head, until=head))
            self._put(Manifest(head=head, anchor=source.anchor(head), segments=manifest.segments + segments))
            return self.manifest()

    def rebuild(self, source: Source) -> Manifest:
        """Make the whole lake again from the log."""
        with self._writing(wait=True):
            self._put(Manifest())
        return self.extend(source, least=1)

    def repair(self, source: Source) -> tuple[Segment, ...]:
        """Make damaged or missing segments again, each from its own entries; those that needed it."""
        with self._writing(wait=True):
            manifest = self.manifest()
            bad = self.damaged(manifest)
            if bad:
                sound = tuple(segment for segment in manifest.segments if segment not in bad)
                again = tuple(self._again(source, bad))
                self._put(replace(manifest, segments=tuple(sorted(sound + again, key=lambda s: (s.first, s.path)))))
            return bad

    def damaged(self, manifest: Manifest) -> tuple[Segment, ...]:
        return tuple(segment for segment in manifest.segments if not self._is_sound(segment))

    def _is_sound(self, segment: Segment) -> bool:
        try:
            _open(self.path(segment), segment)
        except Damaged:
            return False
        return True

    def _again(self, source: Source, bad: Iterable[Segment]) -> Iterator[Segment]:
        for segment in bad:
            raw = pa.concat_tables(list(source.postings(segment.first - 1, segment.last)))
            for register, month, rows in columns.parted(source, raw):
                if (register.key, month) == (segment.register, segment.month):
                    yield self._write(register, month, rows)

    def _of_this_log(self, source: Source) -> Manifest:
        manifest = self.manifest()
        return manifest if belongs(manifest, source) else Manifest()

    def _write_all(self, source: Source, *, after: int, until: int) -> Iterator[Segment]:
        for raw in source.postings(after, until):
            for register, month, rows in columns.parted(source, raw):
                yield self._write(register, month, rows)

    def _write(self, register: Register, month: str, table: pa.Table) -> Segment:
        first, last = _ends(table.column("seq"))
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        content = buffer.getvalue()
        segment = Segment(
            register=register.key,
            month=month,
            first=first,
            last=last,
            rows=table.num_rows,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        path = self.path(segment)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
        return segment

    @property
    def _manifest(self) -> Path:
        return self.folder / "manifest.json"

    def _put(self, manifest: Manifest) -> None:
        text = json.dumps({"format": _FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        write_atomically(self._manifest, text.encode())
        self._sweep(manifest)

    def _sweep(self, manifest: Manifest) -> None:
        """Remove what no manifest names: the leavings of a run that did not end, or of a lake begun again."""
        named = {self.path(segment) for segment in manifest.segments}
        for path in self.folder.glob("*/*/*"):
            if path not in named:
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _writing(self, *, wait: bool) -> Iterator[bool]:
        """Hold the writer's lock; yields False when it is another's and we do not wait."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


class NoLake(Lake):
    """A lake that stays empty, so that every posting comes from the log."""

    def __init__(self) -> None:
        super().__init__(Path())

    def manifest(self) -> Manifest:
        return Manifest()

    def extend(self, source: Source, *, least: int = FOLD) -> Manifest:
        return Manifest()

    def repair(self, source: Source) -> tuple[Segment, ...]:
        return ()


def belongs(manifest: Manifest, source: Source) -> bool:
    """Whether the lake was written from this log."""
    return manifest.head == 0 or source.anchor(manifest.head) == manifest.anchor


def _parse(content: bytes) -> Manifest:
    try:
        data = json.loads(content)
        if data.pop("format") != _FORMAT:
            return Manifest()
        segments = tuple(Segment(**each) for each in data.pop("segments"))
        return Manifest(segments=segments, **data)
    except (ValueError, KeyError, TypeError):
        return Manifest()


def _stamp(path: Path) -> _Stamp | None:
    """Changes when the file becomes another; None: there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


def _open(path: Path, segment: Segment) -> tuple[str, ...]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Damaged(segment.path) from error
    if hashlib.sha256(content).hexdigest() != segment.sha256:
        raise Damaged(segment.path)
    file = pq.ParquetFile(io.BytesIO(content))
    entries = file.read(columns=["seq"]).column("seq")
    if (file.metadata.num_rows, *_ends(entries)) != (segment.rows, segment.first, segment.last):
        raise Damaged(segment.path)
    return tuple(file.schema_arrow.names)


def _ends(entries: pa.ChunkedArray) -> tuple[int, int]:
    return pc.min(entries).as_py(), pc.max(entries).as_py()
