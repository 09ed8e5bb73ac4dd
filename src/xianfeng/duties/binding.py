"""Whom an obligation binds in a period.

Two days count: the first of the period, when whoever is bound owes it, and the last day that is known, when some have
come and some have gone. Of what is owed after an event, the day of the event.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from xianfeng import population as meant
from xianfeng.population import Population
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import binds_organisations

if TYPE_CHECKING:
    import duckdb

OFFICE = "office"
# A division's own bodies are at one desk with it (`registry.desks`): they are no subordinates of its.
_ABOUT = """
SELECT b.organisation, b.appointment, c.organisation AS about, b.place, b.superior, greatest(b.since, c.since) AS since
FROM ({bound}) AS b JOIN places AS c ON c.parent = b.place
JOIN raw AS above ON above.id = b.organisation JOIN raw AS below ON below.id = c.organisation
WHERE (below.type <> 'body' OR above.type = 'body')
AND (c.since IS NULL OR c.since <= DATE '{day}') AND (c.until IS NULL OR c.until > DATE '{day}')
"""
_WANTED = """
CREATE OR REPLACE TEMP TABLE wanted AS
WITH heirs AS (
    SELECT gone.organisation, gone.appointment, gone.about, min(new.appointment) AS heir
    FROM bound_first AS gone ANTI JOIN bound_last AS still USING (organisation, appointment, about)
    JOIN bound_last AS new ON new.organisation = gone.organisation AND new.about = gone.about
        AND new.appointment > gone.appointment
    GROUP BY ALL
)
SELECT organisation, appointment, about, coalesce(l.place, f.place) AS place,
    coalesce(l.superior, f.superior) AS superior, f.place IS NULL AS joined, l.place IS NULL AS gone, l.since,
    heirs.heir
FROM bound_first AS f FULL JOIN bound_last AS l USING (organisation, appointment, about)
LEFT JOIN heirs USING (organisation, appointment, about)
WHERE (f.place IS NOT NULL OR {joining})
AND NOT (f.place IS NULL AND EXISTS (SELECT 1 FROM heirs AS h WHERE h.heir = appointment AND h.about = about))
"""


def bind(
    population: Population, rule: Obligation, root: int, first: dt.date, last: dt.date
) -> duckdb.DuckDBPyConnection:
    """Make the table `wanted` of everybody who owes it: organisation, appointment (0: the organisation itself),
    about (0: nobody in particular), place, superior, joined and gone between the two days, since when, heir."""
    connection = population.connection
    for name, day in (("bound_first", first), ("bound_last", last)):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_bound(population, rule, root, day)}")
    joining = str(rule.joining != "next").upper()
    connection.execute(_WANTED.format(joining=joining))
    return connection


def _bound(population: Population, rule: Obligation, root: int, day: dt.date) -> str:
    bound = _meant(population, rule, root, day)
    if rule.about:
        return _ABOUT.format(bound=bound, day=day)
    return f"SELECT organisation, appointment, 0::BIGINT AS about, place, superior, since FROM ({bound})"  # noqa: S608


def _meant(population: Population, rule: Obligation, root: int, day: dt.date) -> str:
    """The office of a campaign is its root's alone."""
    if binds_organisations(rule) or rule.of == OFFICE:
        return population.organisations(root, day, rule.where, itself=rule.of == OFFICE)
    return population.holders(rule.of, root, day, rule.where)


def bound(rule: Obligation, root: int, organisation: int, day: dt.date, among: Lineage) -> tuple[int, ...]:
    """Who of one organisation owes it on a day: appointments, 0 for the organisation itself, nobody."""
    if not meant.means(organisation, root, day, rule.where, itself=rule.of == OFFICE, among=among):
        return ()
    return (0,) if binds_organisations(rule) or rule.of == OFFICE else meant.holding(organisation, rule.of, day)
