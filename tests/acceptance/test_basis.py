"""What a sum rests on: records of work, or totals typed in a few pieces."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from tests.acceptance.systems import expectations, perturb
from tests.databases import Database, undone
from xianfeng.acceptance import books
from xianfeng.acceptance.basis import observed
from xianfeng.figures.interface import Query
from xianfeng.log.append import head


def people_on_sites() -> tuple[books.Books, Query]:
    """The books of no. 98, and its question for the members at work on sites."""
    from xianfeng.figures import engine

    closed = books.of(expectations("fuzhou-2010"), engine())
    query = next(source.query for source in closed.printed if source.name == "site_members")
    assert query is not None
    return closed, query


def typed(count: int, members: int) -> None:
    """The city's office types so many records with so many people each."""
    values = {"project": {"record": "projects_at_start"}, "members": members}
    item = {"kind": "site_service", "count": count, "at": "city_committee", "days": dt.date(2010, 8, 20)}
    perturb("fuzhou-2010", {"item": item | {"values": values}})


def test_a_total_typed_into_one_record_is_a_stated_one(demo_city: Database) -> None:
    """Where one organisation's people on sites are in one record, its figure is no sum over records."""
    from xianfeng.figures import engine
    from xianfeng.ledger.models import Record

    closed, query = people_on_sites()
    filers = Record.objects.filter(kind="site_service").values_list("organisation", flat=True)
    alone = next(organisation for organisation, records in Counter(filers).items() if records == 1)
    assert observed(engine(), closed.scheme, query) == "summed"
    assert observed(engine(), closed.scheme, replace(query, organisation=alone)) == "stated"


@pytest.mark.parametrize("pieces", [2, 4])
def test_a_total_split_over_a_few_typed_totals_is_stated_even_among_records_of_work(
    demo_city: Database, pieces: int
) -> None:
    from xianfeng.figures import engine

    closed, query = people_on_sites()
    with undone():
        typed(pieces, 100_000)
        assert observed(engine(), closed.scheme, replace(query, as_of=head())) == "stated"


@pytest.mark.parametrize(("records", "basis"), [(2, "stated"), (7, "stated"), (8, "summed")])
def test_a_sum_needs_records_of_which_none_weighs_much(demo_city: Database, records: int, basis: str) -> None:
    from xianfeng.figures import engine
    from xianfeng.ledger.models import Record

    office = Record.objects.filter(kind="leading_group").values_list("organisation", flat=True)[0]
    closed, query = people_on_sites()
    with undone():
        typed(records, 12)
        assert observed(engine(), closed.scheme, replace(query, organisation=office, as_of=head())) == basis
