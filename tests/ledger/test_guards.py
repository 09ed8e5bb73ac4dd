"""What a page offers is what the door takes: moves whose conditions do not hold are not offered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ledger.factories import DAY, SCHEME, World, package
from xianfeng.ledger import actions
from xianfeng.ledger.guards import Guards
from xianfeng.ledger.models import Record
from xianfeng.ledger.versions import scheme

NOW = dt.datetime.combine(DAY, dt.time(12), dt.timezone(dt.timedelta(hours=8)))


def offered(record: Record, guards: Guards | None = None) -> set[str]:
    flow = scheme(record.scheme_id).kinds[record.kind].flow
    guards = guards or Guards()
    return {name for name, move in flow.moves.items() if guards.open(record, move, now=NOW)}


@pytest.mark.parametrize(("count", "named"), [(0, set()), (3, {"check"})])
def test_a_move_is_open_where_its_condition_holds(world: World, count: int, named: set[str]) -> None:
    assert offered(world.file(values={"count": count})) & {"check", "redo"} == {"redo", *named}


def test_what_lies_one_hop_away_is_looked_up_once_for_many(world: World) -> None:
    text = SCHEME.replace('when: "count > 0"', "when: \"count > 0 and host.level == 'township'\"")
    actions.adopt(package(text), by=world.importer)
    records = [world.file(values={"host": host}) for host in (world.town, world.other_town, world.county)]
    asked = []
    for some in (records[:1], records):
        guards = Guards()
        with CaptureQueriesContext(connection) as queries:
            guards.learn(some)
            found = ["check" in offered(record, guards) for record in some]
        asked.append(len(queries))
    assert found == [True, True, False]
    assert asked[0] == asked[1]
