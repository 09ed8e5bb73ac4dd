"""Where nothing has changed, a tick writes nothing and reads little, however many periods a campaign has had."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.duties.offices import Office, at, campaign, office
from xianfeng.duties import matching, tick

SCHEME = """
obligations:
  visits: {title: 走访群众, kind: visit, of: organisations, where: "category == 'village'", at_least: 1, every: month}
kinds:
  commitment: {flow: {moves: {review: {within: 3 workdays}}}}
"""
NOW = "2012-11-05 10:00"


@pytest.fixture
def settled(db: None) -> Office:
    """Ten months have begun, and a commitment waits for its review."""
    one = office(campaign(SCHEME))
    one.file(
        "commitment", "青口镇", "2012-11-01 10:00", {"promiser": "organisation", "text": "修路"}, state="submitted"
    )
    while tick.tick(now=at(NOW)).entries:
        pass
    return one


def statements(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries]


def test_a_tick_writes_nothing_and_reads_little(settled: Office) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = tick.tick(now=at("2012-11-05 10:10"))
    assert (told.entries, told.added, told.climbed) == (0, 0, 0)
    assert [one for one in statements(queries) if not one.startswith("SELECT")] == []
    assert len(queries) <= 12


def test_looking_at_an_unchanged_record_writes_nothing(settled: Office) -> None:
    record = settled.file("visit", "青口村", "2012-11-05 10:20", {"people": {"villagers": 3}})
    promise = settled.file(
        "commitment", "荆溪镇", "2012-11-05 10:20", {"promiser": "organisation", "text": "植树"}, state="submitted"
    )
    settled.catch_up("2012-11-05 10:30")
    with CaptureQueriesContext(connection) as queries:
        assert matching.touch([record.id, promise.id], now=at("2012-11-05 10:40")) == 0
    assert [one for one in statements(queries) if one.startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_what_was_settled_is_expanded_again_when_somebody_comes(settled: Office) -> None:
    settled.found("350121100202", "新村", "青口镇", "2012-11-05")
    told = tick.tick(now=at("2012-11-06 10:00"))
    assert told.added > 0
