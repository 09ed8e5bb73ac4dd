"""The whole registry as columns, as it was known at an entry: what figures are computed over.

Places are numbered in pre-order, so that everything under a place is one interval [lo, hi). Numbers are those of one
snapshot; ids stay. Reading 700 000 places takes seconds, so the last snapshots are kept for as long as no registry
entry has followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max

from xianfeng.log.append import head
from xianfeng.log.models import Entry
from xianfeng.registry import preorder
from xianfeng.registry.changes import STREAM
from xianfeng.registry.models import Designation, Organisation, Place

if TYPE_CHECKING:
    import pyarrow as pa

    from xianfeng.registry.preorder import Integers

_KEPT = 3
_ROWS = 50_000


@dataclass
class _Known:
    """A snapshot, and up to which entry it is known to hold; `mark` tells one database's entry from another's."""

    first: int
    last: int
    mark: bytes
    organisations: pa.Table
    places: pa.Table
    heirs: tuple[Integers, Integers, Integers] | None = None


_known: list[_Known] = []


def snapshot(as_of: int | None = None) -> tuple[pa.Table, pa.Table]:
    """Organisations (id, code, name, type, level, category, founded, closed, successor) and places (id, organisation,
    parent, since, until, lo, hi), in the order of ids, as known at entry `as_of` (None: the last)."""
    known = _at(as_of)
    return known.organisations, known.places


def now(organisation: int, as_of: int | None = None) -> Integers:
    """Ids of all places, of any time, of the organisations that belong under one now, itself included.

    Who was merged belongs to its successor; who was closed without one stays where it last was: no value is dropped and
    none counts twice.
    """
    import numpy as np

    known = _at(as_of)
    if known.heirs is None:
        known.heirs = _heirs(known)
    ids, lo, hi = known.heirs
    index = int(np.searchsorted(ids, organisation))
    if index == len(ids) or ids[index] != organisation:
        return np.empty(0, np.int64)
    within = (lo >= lo[index]) & (lo < hi[index])
    held = known.places["organisation"].to_numpy()
    chosen: Integers = known.places["id"].to_numpy()[within[np.searchsorted(ids, held)]]
    return chosen


def _at(as_of: int | None) -> _Known:
    asked = head() if as_of is None else as_of
    for known in _known:
        if known.first <= asked and _still_holds(known, asked):
            return known
    fresh = _read(asked)
    _known.insert(0, fresh)
    del _known[_KEPT:]
    return fresh


def _still_holds(known: _Known, asked: int) -> bool:
    if _mark(known.last) != known.mark:
        return False
    if asked <= known.last:
        return True
    if Entry.objects.filter(stream=STREAM, seq__gt=known.last, seq__lte=asked).exists():
        return False
    known.last, known.mark = asked, _mark(asked)
    return True


def _mark(seq: int) -> bytes:
    leaf = Entry.objects.filter(seq=seq).values_list("leaf", flat=True).first()
    return b"" if leaf is None else bytes(leaf)


def _read(asked: int) -> _Known:
    import pyarrow as pa

    organisations, places = _organisations(asked), _places(asked)
    parents = places["parent"].fill_null(-1).to_numpy()
    lo, hi = preorder.number(places["id"].to_numpy(), parents)
    places = places.append_column("lo", pa.array(lo)).append_column("hi", pa.array(hi))
    return _Known(_last_change(asked), asked, _mark(asked), organisations, places)


def _organisations(asked: int) -> pa.Table:
    import pyarrow as pa

    whole, text, day = pa.int64(), pa.string(), pa.date32()
    schema = pa.schema(
        {"id": whole, "code": text, "name": text, "type": text, "level": text, "category": text}
        | {"founded": day, "closed": day, "successor": whole}
    )
    statement = f"""
        SELECT id, code, name, type, level, category, {_days("founded")},
            CASE WHEN ended_seq <= {asked:d} THEN {_days("closed")} END,
            CASE WHEN ended_seq <= {asked:d} THEN successor_id END
        FROM registry_organisation WHERE id <= {asked:d} ORDER BY id"""  # noqa: S608
    return _table(statement, schema, _called_then(asked))


def _called_then(asked: int) -> dict[int, tuple[str, str, str, str]]:
    """What those were called that have been renamed since the entry."""
    rows = Designation.objects.filter(seq__gt=asked).order_by("-seq")
    return {row.organisation_id: (row.code, row.name, row.level, row.category) for row in rows}


def _places(asked: int) -> pa.Table:
    import pyarrow as pa

    whole, day = pa.int64(), pa.date32()
    schema = pa.schema({"id": whole, "organisation": whole, "parent": whole, "since": day, "until": day})
    statement = f"""
        SELECT id, organisation_id, parent_id, {_days("since")},
            CASE WHEN ended_seq <= {asked:d} THEN {_days("until")} END
        FROM registry_place WHERE seq <= {asked:d} ORDER BY id"""  # noqa: S608
    return _table(statement, schema, {})


def _days(column: str) -> str:
    """A day as its number since 1970: the drivers would build a date object for every cell."""
    if connection.vendor == "postgresql":
        return f"{column} - DATE '1970-01-01'"
    return f"CAST(julianday({column}) - 2440587.5 AS INTEGER)"


def _table(statement: str, schema: pa.Schema, called: dict[int, tuple[str, str, str, str]]) -> pa.Table:
    import pyarrow as pa

    batches = []
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_ROWS):
            if called:
                rows = [_renamed(row, called) for row in rows]
            columns = [
                pa.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            batches.append(pa.record_batch(columns, schema=schema))
    return pa.Table.from_batches(batches, schema=schema).combine_chunks()


def _renamed(row: tuple[Any, ...], called: dict[int, tuple[str, str, str, str]]) -> tuple[Any, ...]:
    if row[0] not in called:
        return row
    code, name, level, category = called[row[0]]
    return (row[0], code, name, row[3], level, category, *row[6:])


def _last_change(asked: int) -> int:
    """The last entry up to `asked` that a snapshot shows."""
    made = Organisation.objects.filter(id__lte=asked).aggregate(Max("id"))["id__max"]
    closed = Organisation.objects.filter(ended_seq__lte=asked).aggregate(Max("ended_seq"))["ended_seq__max"]
    placed = Place.objects.filter(seq__lte=asked).aggregate(Max("seq"))["seq__max"]
    ended = Place.objects.filter(ended_seq__lte=asked).aggregate(Max("ended_seq"))["ended_seq__max"]
    renamed = Designation.objects.filter(seq__lte=asked).aggregate(Max("seq"))["seq__max"]
    return max(made or 0, closed or 0, placed or 0, ended or 0, renamed or 0)


def _heirs(known: _Known) -> tuple[Integers, Integers, Integers]:
    """The tree of organisations as it is now, numbered: who was closed stands under its successor."""
    import numpy as np

    ids = known.organisations["id"].to_numpy()
    place_ids = known.places["id"].to_numpy()
    holders = np.searchsorted(ids, known.places["organisation"].to_numpy())
    last = np.full(len(ids), -1)
    np.maximum.at(last, holders, np.arange(len(place_ids)))
    parents = known.places["parent"].fill_null(-1).to_numpy()[last]
    above = np.where(parents < 0, -1, ids[holders[np.searchsorted(place_ids, parents)]])
    successors = known.organisations["successor"].fill_null(-1).to_numpy()
    lo, hi = preorder.number(ids, np.where(successors >= 0, successors, above))
    return ids, lo, hi
