"""The whole registry as columns, as it was known at an entry: what figures are computed over.

Places are numbered in pre-order, so that everything under a place is one interval [lo, hi). Numbers are those of one
snapshot; ids stay. Reading 700 000 places takes seconds, so the last snapshots are kept for as long as no registry
entry has followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from xianfeng.log.append import head
from xianfeng.log.models import Entry
from xianfeng.registry import columns, preorder
from xianfeng.registry.changes import STREAM
from xianfeng.registry.models import Designation, Organisation, Place

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = 3


@dataclass
class _Known:
    """A snapshot, and up to which entry it is known to hold; `mark` tells one database's entry from another's."""

    first: int
    last: int
    mark: bytes
    tables: tuple[pa.Table, pa.Table, pa.Table]


_known: list[_Known] = []


def snapshot(as_of: int | None = None) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Organisations (id, code, name, type, level, category, founded, closed, successor), places (id, organisation,
    parent, since, until, lo, hi) and designations, which are what organisations were called before (organisation, code,
    name, level, category, since, until), in the order of ids, as known at entry `as_of` (None: the last)."""
    return _at(as_of).tables


def edition(as_of: int) -> tuple[int, bytes]:
    """Of a snapshot, the entry that changed the registry last, and its leaf: the same snapshot has the same."""
    known = _at(as_of)
    return known.first, _mark(known.first)


def _at(as_of: int | None) -> _Known:
    asked = head() if as_of is None else as_of
    for known in _known:
        if known.first <= asked and _still_holds(known, asked):
            return known
    fresh = _read(asked)
    if fresh.mark:  # as of an entry not yet written it is true now, and no longer
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
    return _Known(_last_change(asked), asked, _mark(asked), (organisations, places, _designations(asked)))


def _organisations(asked: int) -> pa.Table:
    then = f"CASE WHEN ended_seq <= {asked:d} THEN {{}} END"
    names = ("code", "name", "type", "level", "category")
    table = columns.read(
        "registry_organisation",
        whole={"id": "id", "successor": then.format("successor_id")},
        text={name: name for name in names},
        days={"founded": "founded", "closed": then.format("closed")},
        where=f"id <= {asked:d}",
    )
    return _as_called(table.select(["id", *names, "founded", "closed", "successor"]), asked)


def _as_called(table: pa.Table, asked: int) -> pa.Table:
    """With what those were called then that have been renamed since the entry."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = Designation.objects.filter(seq__gt=asked, organisation__lte=asked).order_by("-seq")
    called = {row.organisation_id: row for row in rows}
    if not called:
        return table
    mask = pa.array(np.isin(table["id"].to_numpy(), list(called)))
    for name in ("code", "name", "level", "category"):
        former = pa.array([getattr(called[number], name) for number in sorted(called)])
        changed = pc.replace_with_mask(table[name].combine_chunks(), mask, former)
        table = table.set_column(table.schema.get_field_index(name), name, changed)
    return table


def _places(asked: int) -> pa.Table:
    table = columns.read(
        "registry_place",
        whole={"id": "id", "organisation": "organisation_id", "parent": "parent_id"},
        days={"since": "since", "until": f"CASE WHEN ended_seq <= {asked:d} THEN until END"},
        where=f"seq <= {asked:d}",
    )
    return table.select(["id", "organisation", "parent", "since", "until"])


def _designations(asked: int) -> pa.Table:
    names = ("code", "name", "level", "category")
    table = columns.read(
        "registry_designation",
        whole={"id": "id", "organisation": "organisation_id"},
        text={name: name for name in names},
        days={"since": "since", "until": "until"},
        where=f"seq <= {asked:d}",
    )
    return table.select(["organisation", *names, "since", "until"])


def _last_change(asked: int) -> int:
    """The last entry up to `asked` that a snapshot shows."""
    made = Organisation.objects.filter(id__lte=asked).aggregate(Max("id"))["id__max"]
    closed = Organisation.objects.filter(ended_seq__lte=asked).aggregate(Max("ended_seq"))["ended_seq__max"]
    placed = Place.objects.filter(seq__lte=asked).aggregate(Max("seq"))["seq__max"]
    ended = Place.objects.filter(ended_seq__lte=asked).aggregate(Max("ended_seq"))["ended_seq__max"]
    renamed = Designation.objects.filter(seq__lte=asked).aggregate(Max("seq"))["seq__max"]
    return max(made or 0, closed or 0, placed or 0, ended or 0, renamed or 0)
