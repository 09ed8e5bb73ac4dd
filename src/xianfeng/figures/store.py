"""The tables that compiled questions name, in one DuckDB of the process.

Postings of a register are its segments of the lake and, as Arrow, what the log has beyond them: the tail, pulled by
sequence before every question, so that whatever any process has committed counts at once. The registry's tables are
made anew when it has changed, and what organisations are is made for the days that are asked about. Threads share the
database, each with a cursor of its own, and what any of them was answered.
"""

from __future__ import annotations

import datetime as dt
import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from xianfeng.figures import columns, tree
from xianfeng.figures.interface import Register, Source
from xianfeng.figures.lake import FOLD, Lake, Manifest, Segment, belongs
from xianfeng.figures.ranges import Ranges
from xianfeng.figures.session import Session
from xianfeng.remembered import Remembered
from xianfeng.scheme.expressions import columns as expression_columns

_REGISTRIES = 3  # states of the registry kept: now, the last closing's, and one asked for
_STRETCHES = 6  # of days, of each state
_ROWS = 200_000  # kept of answers
_MADE = 1_000_000  # kept of questions answered everywhere


def _rows(found: Sized | None) -> int:
    return 1 + (len(found) if found is not None else 0)


@dataclass(frozen=True, eq=False)
class Line:
    """What came of one another by nothing but committed entries after the last, over one state of the lake.

    Within a line a register's postings up to an entry never change, so what was answered from them stays true.
    """

    answers: Remembered[list[tuple[Any, ...]]] = field(default_factory=lambda: Remembered(_ROWS, _rows))
    made: Remembered[Any] = field(default_factory=lambda: Remembered(_MADE, _rows))


@dataclass(frozen=True, eq=False)
class Postings:
    """All postings up to entry `head`: the lake's, and the tail by register."""

    head: int = 0
    anchor: str = ""
    manifest: Manifest = field(default_factory=Manifest)
    tail: Mapping[str, pa.Table] = field(default_factory=dict)
    line: Line = field(default_factory=Line)

    def reach(self, register: Register, as_of: int) -> int:
        """The last entry of a register up to an entry, as closely as it has to be known to tell two states apart."""
        if as_of < self.manifest.head:
            complete = all(segment.last <= as_of for segment in self.manifest.of(register.key))
            return self.manifest.head if complete else as_of
        if register.key not in self.tail:
            return self.manifest.head
        numbers = self.tail[register.key].column("seq")  # ascending, as the log was read
        if numbers[-1].as_py() > as_of:
            numbers = numbers.filter(pc.less_equal(numbers, as_of))
        return int(numbers[-1].as_py()) if len(numbers) else self.manifest.head


@dataclass(frozen=True, eq=False)
class Registry:
    """One state of the registry: as the source gave it, and the tables made from that."""

    given: tuple[pa.Table, pa.Table, pa.Table]
    standing: pa.Table
    changes: tuple[dt.date, ...]  # on which organisations came to be called otherwise or to stand elsewhere
    organisations: dict[int, pa.Table] = field(default_factory=dict)  # as they were after so many changes
    ranges: dict[Hashable, Ranges] = field(default_factory=dict)
    key: object = field(default_factory=object)  # stands for it where it need not be kept itself

    @cached_property
    def ids(self) -> frozenset[int]:
        return frozenset(self.given[0].column("id").to_pylist())


class Store:
    def __init__(self, source: Source, lake: Lake, most: int, threads: int) -> None:
        """`most`: rows of a question that is answered at every place and time."""
        self.source = source
        self.lake = lake
        self.most = most
        limits: dict[str, str | bool | int | float | list[str]] = {"threads": threads} if threads else {}
        self._database = duckdb.connect(config={"autoinstall_known_extensions": False, **limits})
        self._local = threading.local()
        self._changing = threading.Lock()
        self._postings = Postings()
        self._registries: list[Registry] = []

    def session(self, postings: Postings, registry: Registry, as_of: int) -> Session:
        """This thread's session, set to a state of the postings and to what was known at an entry."""
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            cursor = self._database.cursor()
            cursor.execute("SET parquet_metadata_cache = true")
            expression_columns.prepare(cursor)
            session = self._local.session = Session(self, cursor)
        session.begin(postings, registry, as_of)
        return session

    def postings(self, as_of: int | None = None) -> Postings:
        """Everything that is committed now; where an entry is named, what is known already if it reaches that far."""
        with self._changing:
            return self._postings if self._reaches(as_of) else self._current()

    def mended(self) -> Postings:
        """The same, after damaged segments of the lake have been made again."""
        with self._changing:
            self.lake.repair(self.source)
            self._postings = Postings()
            return self._current()

    def segments(self, register: Register, manifest: Manifest) -> list[str]:
        """What reads a register's segments: a text for each set of columns they were written with."""
        alike: defaultdict[tuple[str, ...], list[Segment]] = defaultdict(list)
        for segment in manifest.of(register.key):
            alike[self.lake.columns(segment)].append(segment)
        return [
            f"SELECT {columns.projection(register, held)} FROM read_parquet([{self._paths(group)}])"  # noqa: S608
            for held, group in alike.items()
        ]

    def _paths(self, segments: Iterable[Segment]) -> str:
        return ", ".join("'" + str(self.lake.path(each)).replace("'", "''") + "'" for each in segments)

    def _current(self) -> Postings:
        settled, head = self.source.settled(), self.source.head()
        known = self._known(head)
        if settled and head - known.manifest.head >= FOLD:
            manifest = self.lake.extend(self.source)
            if manifest != known.manifest:
                known = Postings(manifest.head, manifest.anchor, manifest)
        fresh = known if known.head == head else self._caught_up(known, head)
        if settled:
            self._postings = fresh
        elif fresh is not known:
            return replace(fresh, line=Line())  # what is not committed may yet be undone and its numbers reused
        return fresh

    def _reaches(self, as_of: int | None) -> bool:
        kept = self._postings
        if as_of is None or as_of > kept.head or self.lake.manifest() != kept.manifest:
            return False
        return self.source.anchor(kept.head) == kept.anchor

    def _known(self, head: int) -> Postings:
        """What is kept, unless the lake has moved on, or the log is another (restored from a copy)."""
        manifest, kept = self.lake.manifest(), self._postings
        if not belongs(manifest, self.source):
            manifest = Manifest()
        if manifest == kept.manifest and kept.head <= head and self.source.anchor(kept.head) == kept.anchor:
            return kept
        return Postings(manifest.head, manifest.anchor, manifest)

    def _caught_up(self, known: Postings, head: int) -> Postings:
        tail = dict(known.tail)
        for raw in self.source.postings(known.head, head):
            for register, _, rows in columns.parted(self.source, raw):
                held = [tail[register.key]] if register.key in tail else []
                tail[register.key] = pa.concat_tables([*held, rows], promote_options="default")
        return Postings(head, self.source.anchor(head), known.manifest, tail, known.line)

    def registry(self, as_of: int) -> Registry:
        """The registry as known at an entry."""
        given = self.source.registry(as_of)
        with self._changing:
            for known in self._registries:
                if all(kept is new for kept, new in zip(known.given, given, strict=True)):
                    return known
            self._registries = [self._made(given), *self._registries[: _REGISTRIES - 1]]
            return self._registries[0]

    def organisations(self, registry: Registry, day: dt.date) -> pa.Table:
        """What the organisations of a state of the registry were on a day."""
        stretch = bisect_right(registry.changes, day)
        with self._changing:
            kept = registry.organisations
            if stretch not in kept:
                if len(kept) >= _STRETCHES:
                    del kept[next(iter(kept))]
                with self._over(registry.given) as cursor:
                    kept[stretch] = cursor.sql(tree.ORGANISATIONS, params={"day": day}).to_arrow_table()
            return kept[stretch]

    def _made(self, given: tuple[pa.Table, pa.Table, pa.Table]) -> Registry:
        with self._over(given) as cursor:
            standing = cursor.sql(tree.STANDING).to_arrow_table()
            changes = tuple(day for (day,) in cursor.sql(tree.CHANGES).fetchall())
        return Registry(given, standing, changes)

    @contextmanager
    def _over(self, given: tuple[pa.Table, pa.Table, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees the registry as the source gave it."""
        with self._database.cursor() as cursor:
            for name, table in zip(("raw", "places", "designations"), given, strict=True):
                cursor.register(name, table)
            yield cursor
