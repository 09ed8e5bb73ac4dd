"""What nobody can do yet of what waits, as an award while its public notice runs: from when on, record by record.

It stands apart from what can be done today, and counts nowhere as waiting. What else may be made of it, such as turning
it down, its page offers all the time.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Set

from xianfeng.ledger import clocks, projection, versions
from xianfeng.ledger.models import Record


def later(*, now: dt.datetime) -> Mapping[int, dt.datetime]:
    """The records of which all that is awaited where they stand has to wait, each with the instant until which."""
    kept = {hash_: _kept(hash_) for adopted in versions.hashes().values() for hash_ in adopted}
    registers = {versions.scheme(hash_).key(kind) for hash_, places in kept.items() for kind, _state in places}
    if not registers:
        return {}
    states = {state for places in kept.values() for _kind, state in places}
    rows = Record.objects.filter(register__in=registers, state__in=states).only("scheme", "kind", "state", "clocks")
    found = ((row.id, _since(row)) for row in rows if (row.kind, row.state) in kept.get(row.scheme_id, ()))
    return {number: since for number, since in found if since is not None and now < since}


@functools.cache  # a few names for each version: small, and none ever changes
def _kept(version: str) -> Set[tuple[str, str]]:
    """The kinds and states of a version in which whatever is awaited has to wait for its time."""
    found = set()
    for kind in versions.scheme(version).kinds.values():
        for state in kind.flow.states:
            awaited = [kind.flow.clocks.get(move.name) for move in kind.flow.awaited(state)]
            if awaited and all(one is not None and one.not_before and state in one.starts for one in awaited):
                found.add((kind.name, state))
    return frozenset(found)


def _since(row: Record) -> dt.datetime | None:
    """When the first of it can be done; None of a record that came there before it had clocks."""
    flow, running = versions.scheme(row.scheme_id).kinds[row.kind].flow, clocks.running(projection.clocks_of(row))
    awaited = [running.get(move.name) for move in flow.awaited(row.state)]
    if any(one is None or one.opens is None for one in awaited):
        return None
    return min((one.opens.due for one in awaited if one and one.opens), default=None)
