"""The installation's log, registry and schemes as an engine's source: the one module of figures that knows Django."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connection

from xianfeng.figures.interface import Register
from xianfeng.ledger import powers, versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log import append
from xianfeng.log.models import Entry
from xianfeng.registry import changes, snapshots
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Field, Scheme

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 50_000
_POSTINGS = """
SELECT p.seq, p.sign, p.record, p.scheme, p.organisation, p.place, p.subject, CAST(p.day AS text), p.state, p.level,
    p.reviewer, p.register, {month}, p.entered, p.fields
FROM log_posting AS p JOIN log_entry AS e ON e.seq = p.seq WHERE p.seq > %s AND p.seq <= %s ORDER BY p.seq, p.id
"""
_CORE = """
xianfeng: 1
scheme: core
title: core
at: "000000"
include: [core]
runs: {from: 2000-01-01, to: 2000-12-31}
"""
_MONTH = {"sqlite": "substr(e.at, 1, 7)", "postgresql": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM')"}


class DatabaseSource:
    """Implements `Source` on the database of the process."""

    def __init__(self, *, batch: int = _BATCH) -> None:
        self._batch = batch

    def head(self) -> int:
        return append.head()

    def settled(self) -> bool:
        return not connection.in_atomic_block

    def anchor(self, seq: int) -> str:
        leaf = Entry.objects.filter(seq=seq).values_list("leaf", flat=True).first() if seq else None
        return "" if leaf is None else bytes(leaf).hex()

    def postings(self, after: int, until: int) -> Iterator[pa.Table]:
        with connection.cursor() as cursor:
            cursor.execute(_POSTINGS.format(month=_MONTH[connection.vendor]), [after, until])
            for rows in _whole(iter(lambda: cursor.fetchmany(self._batch), []), self._batch):
                yield _table(rows)

    def registry(self, as_of: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        return snapshots.snapshot(as_of)

    def scheme(self, version: str) -> Scheme:
        return versions.scheme(version)

    def root(self, scheme: Scheme) -> int:
        return powers.root_of(scheme)

    def registers(self, schemes: Iterable[str] | None = None) -> Mapping[str, Register]:
        adopted = SchemeVersion.objects.order_by("seq")
        if schemes is not None:
            adopted = adopted.filter(name__in=list(schemes))
        return _registers(tuple(adopted.values_list("hash", flat=True)))


def _whole(batches: Iterable[list[tuple[Any, ...]]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """The same rows, the postings of an entry (`seq` comes first) never in two batches. The last is of less than
    `size`, or comes alone."""
    held: list[tuple[Any, ...]] = []
    for batch in batches:
        rows = [*held, *batch]
        cut = len(rows) if len(batch) < size else bisect_left(rows, rows[-1][0], key=itemgetter(0))
        held = rows[cut:]
        if cut:
            yield rows[:cut]
    if held:
        yield held


def _table(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa

    from xianfeng.figures.columns import RAW

    columns: Iterator[Sequence[Any]] = zip(*rows, strict=True)
    return pa.table([_array(values, field.type) for values, field in zip(columns, RAW, strict=True)], schema=RAW)


def _array(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.string()).cast(type_) if pa.types.is_date(type_) else pa.array(values, type_)


@lru_cache(maxsize=64)
def _registers(adopted: tuple[str, ...]) -> Mapping[str, Register]:
    from xianfeng.figures.columns import merged

    declared: defaultdict[str, list[tuple[Mapping[str, Field], Iterable[str]]]] = defaultdict(list)
    schemes = [versions.scheme(version) for version in adopted]
    for scheme in schemes if any(changes.EVENT in scheme.kinds for scheme in schemes) else (*schemes, _core()):
        for name, kind in scheme.kinds.items():
            declared[scheme.key(name)].append((kind.figure_fields, kind.flow.states))
    names = tuple(dict.fromkeys(scheme.name for scheme in schemes))
    return {key: merged(key, names, each) for key, each in declared.items()}


@cache
def _core() -> Scheme:
    """The core library's kinds, which the registry posts to whether or not a campaign has them."""
    loaded = load_package(with_libraries({"scheme.yaml": _CORE}))
    if not isinstance(loaded, Scheme):
        raise TypeError(f"the core library does not load: {loaded}")
    return loaded
