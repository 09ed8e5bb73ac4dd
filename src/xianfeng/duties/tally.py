"""How many duties stand how, by round, at each place with everything below it: added to by whoever writes duties.

A page that sets a town's villages side by side over years of rounds would otherwise read all their duties. What came to
be and what ceased is added in the transaction that wrote it, up to the root: a place's chain never changes (whoever
moves gets new places), so a sum holds whatever the registry does later. `check` counts everything anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection

from xianfeng.duties import moments, progress
from xianfeng.duties.models import Duty, State
from xianfeng.log.bulk import batched
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of

_DONE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # for what is done nobody asks when it was due
_ONE = """
INSERT INTO duties_tally (round, state, due, place, many) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (place, round, state, due) DO UPDATE SET many = duties_tally.many + excluded.many
"""
_MANY = """
INSERT INTO duties_tally (round, state, due, place, many)
SELECT %s, %s, %s::timestamptz, * FROM unnest(%s::bigint[], %s::bigint[])
ON CONFLICT (place, round, state, due) DO UPDATE SET many = duties_tally.many + excluded.many
"""
_NONE_LEFT = "DELETE FROM duties_tally WHERE round = %s AND state = %s AND due = %s AND place = %s AND many = 0"
_ANEW = """
WITH RECURSIVE up(place, above) AS (
    SELECT id, id FROM registry_place
    UNION ALL
    SELECT up.place, p.parent_id FROM up JOIN registry_place AS p ON p.id = up.above WHERE p.parent_id IS NOT NULL
), anew AS (
    SELECT up.above AS place, d.round, d.state, CASE WHEN d.state = 0 THEN d.due ELSE %s END AS due, count(*) AS many
    FROM duties_duty AS d JOIN up ON up.place = d.place WHERE d.round = %s AND d.state <> 3 GROUP BY 1, 2, 3, 4
), kept AS (
    SELECT place, round, state, due, many FROM duties_tally WHERE round = %s
)
SELECT count(*) FROM (
    SELECT place, state, due FROM (SELECT * FROM anew EXCEPT SELECT * FROM kept) AS missing
    UNION
    SELECT place, state, due FROM (SELECT * FROM kept EXCEPT SELECT * FROM anew) AS wrong
) AS differing
"""


class Sort(NamedTuple):
    """Duties that are counted as one wherever they stand. `due`: as the database holds it, of what is open."""

    round: int
    state: int
    due: dt.datetime | str


Changes = Counter[tuple[Sort, int]]  # by sort and place


def sort(round_: int, state: int, due: dt.datetime) -> Sort:
    return Sort(round_, state, moments.kept(due if state == State.OPEN else _DONE))


def of(duty: Duty) -> tuple[Sort, int]:
    return sort(duty.round, duty.state, duty.due), duty.place


def add(changes: Changes) -> None:
    """So many more of each sort at each place, or fewer, and at all places above it."""
    paths: dict[int, str] = {}
    for some in batched({place for _, place in changes}):
        paths.update(Place.objects.filter(id__in=some).values_list("id", "path"))
    sums: dict[Sort, Counter[int]] = {}
    for (one, place), many in changes.items():
        for above in places_of(paths[place]) if many else ():
            sums.setdefault(one, Counter())[above] += many
    for one, counts in sums.items():
        add_summed(one, counts)


def add_summed(one: Sort, counts: Mapping[int, int]) -> None:
    """The same, where every place above is among those counted. What nobody has to do any more is not counted.

    Held with the duties' progress until the transaction ends: everybody adds to the root, one after another.
    """
    counts = {place: many for place, many in counts.items() if many}
    if one.state == State.VOID or not counts:
        return
    progress.hold()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one statement: a tenth of the time of a statement for each row
            cursor.execute(_MANY, [one.round, one.state, one.due, list(counts), list(counts.values())])
        else:
            cursor.executemany(_ONE, [(*one, *count) for count in counts.items()])
        fewer = [(*one, place) for place, many in counts.items() if many < 0]
        if fewer:
            cursor.executemany(_NONE_LEFT, fewer)


def differing(round_: int) -> int:
    """How many of a round's counts are not what counting its duties anew gives."""
    with connection.cursor() as cursor:
        cursor.execute(_ANEW, [moments.kept(_DONE), round_, round_])
        return int(cursor.fetchone()[0])
