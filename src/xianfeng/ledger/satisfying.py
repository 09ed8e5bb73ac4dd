"""Which records satisfy a condition of a scheme: what lies one hop away is looked up at once for all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence

from xianfeng.ledger import hops, projection
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.models import Record
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import Kind, Scheme


def satisfying(
    condition: Expression | None, scheme: Scheme, kind: Kind, records: Sequence[Record], *, today: dt.date | None = None
) -> Iterator[Record]:
    """Those of a kind's records of which it holds, in their order; all of them without a condition.

    `today`: the day that the condition calls so, and as of which organisations are read; None: each record's own.
    """
    if condition is None:
        yield from records
        return
    near, paths = Neighbours(Lineage()), [path for path in condition.names if "." in path]
    near.learn(kind, paths, ((row.organisation, json.loads(row.values)) for row in records))
    for record in records:
        day = today or record.day
        seen = hops.row(kind, paths, projection.image_of(record, scheme.name), day, near)
        if condition.value(seen, today=day) is True:
            yield record
