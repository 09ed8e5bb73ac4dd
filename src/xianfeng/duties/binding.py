"""Whom an obligation binds in a period: computed over the whole registry at once, in DuckDB.

Two days count: the first of the period, when whoever is bound owes it, and the last day that is known, when some have
come and some have gone. What somebody is called, and where he stands, is as it was on each of them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from xianfeng.figures import tree
from xianfeng.registry import columns, snapshots
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import binds_organisations

if TYPE_CHECKING:
    import duckdb

OFFICE = "office"
_STANDING = """
CREATE OR REPLACE TEMP TABLE {name} AS
WITH roots AS (SELECT lo, hi FROM places WHERE organisation = {root:d})
SELECT p.organisation, p.id AS place, coalesce(above.organisation, 0) AS superior,
    greatest(p.since, o.founded) AS since
FROM places AS p JOIN {called} AS o ON o.id = p.organisation LEFT JOIN places AS above ON above.id = p.parent
WHERE (p.since IS NULL OR p.since <= DATE '{day}') AND (p.until IS NULL OR p.until > DATE '{day}')
AND EXISTS (SELECT 1 FROM roots WHERE p.lo >= roots.lo AND p.lo < roots.hi)
"""
_BOUND = """
SELECT s.organisation, 0::BIGINT AS appointment, s.place, s.superior, s.since
FROM {standing} AS s WHERE s.organisation IN ({chosen})
"""
_HOLDING = """
SELECT s.organisation, a.id AS appointment, s.place, s.superior, greatest(s.since, a.since) AS since
FROM {standing} AS s JOIN appointments AS a ON a.organisation = s.organisation
WHERE s.organisation IN ({chosen}) AND a.role = '{role}'
AND (a.since IS NULL OR a.since <= DATE '{day}') AND (a.until IS NULL OR a.until > DATE '{day}')
"""
_ABOUT = """
SELECT b.organisation, b.appointment, c.organisation AS about, b.place, b.superior, greatest(b.since, c.since) AS since
FROM ({bound}) AS b JOIN places AS c ON c.parent = b.place
WHERE (c.since IS NULL OR c.since <= DATE '{day}') AND (c.until IS NULL OR c.until > DATE '{day}')
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


class Registry:
    """The registry as known at an entry, to be asked whom rules bind."""

    def __init__(self, as_of: int) -> None:
        import duckdb

        self.as_of = as_of
        self.connection: duckdb.DuckDBPyConnection = duckdb.connect()
        organisations, places, designations = snapshots.snapshot(as_of)
        self.connection.register("raw", organisations)
        self.connection.register("places", places)
        self.connection.register("designations", designations)
        self.connection.register("appointments", _appointments(as_of))
        self._changes: list[dt.date] = [day for (day,) in self.connection.execute(tree.CHANGES).fetchall()]
        self._called: set[int] = set()
        self._standing: dict[str, str] = {}

    def bind(self, rule: Obligation, root: int, first: dt.date, last: dt.date) -> duckdb.DuckDBPyConnection:
        """Make the table `wanted` of everybody who owes it: organisation, appointment (0: the organisation itself),
        about (0: nobody in particular), place, superior, joined and gone between the two days, since when, heir."""
        for name, day in (("bound_first", first), ("bound_last", last)):
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {self._bound(rule, root, day)}")
        joining = str(rule.joining != "next").upper()
        self.connection.execute(_WANTED.format(joining=joining))
        return self.connection

    def _bound(self, rule: Obligation, root: int, day: dt.date) -> str:
        given: Mapping[str, object] = {
            "standing": self._stand(root, day),
            "chosen": self._chosen(rule, root, day),
            "day": day,
            "role": rule.of,
        }
        by_role = not binds_organisations(rule) and rule.of != OFFICE
        bound = (_HOLDING if by_role else _BOUND).format(**given)
        if rule.about:
            return _ABOUT.format(bound=bound, day=day)
        return f"SELECT organisation, appointment, 0::BIGINT AS about, place, superior, since FROM ({bound})"  # noqa: S608

    def _chosen(self, rule: Obligation, root: int, day: dt.date) -> str:
        """The organisations that satisfy its condition, as SQL; the office of a campaign is its root's alone."""
        called = self._call(day)
        own = f" WHERE id = {root:d}" if rule.of == OFFICE else ""
        if rule.where is None:
            return f"SELECT id FROM {called}{own}"  # noqa: S608
        import ibis

        from xianfeng.figures.names import ORGANISATIONS
        from xianfeng.scheme.expressions import columns as formulas

        formulas.prepare(self.connection)
        table = ibis.table(ORGANISATIONS.schema(), name=called)
        chosen = table.filter(formulas.column(rule.where, table, today=day)).select("id")
        return f"SELECT id FROM ({ibis.to_sql(chosen, dialect='duckdb')}){own}"  # noqa: S608

    def _call(self, day: dt.date) -> str:
        """The table of organisations as they are called on a day: the same between two changes of the registry."""
        stretch = bisect_right(self._changes, day)
        name = f"called_{stretch}"
        if stretch not in self._called:
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {tree.ORGANISATIONS}", {"day": day})
            self._called.add(stretch)
        return name

    def _stand(self, root: int, day: dt.date) -> str:
        key = f"{root}_{bisect_right(self._changes, day)}_{day:%Y%m%d}"
        if key not in self._standing:
            name = self._standing[key] = f"standing_{key}"
            statement = _STANDING.format(name=name, root=root, called=self._call(day), day=day)
            self.connection.execute(statement)
        return self._standing[key]


def _appointments(as_of: int) -> object:
    return columns.read(
        "registry_appointment",
        whole={"id": "id", "organisation": "organisation_id", "person": "person_id"},
        text={"role": "role"},
        days={"since": "since", "until": f"CASE WHEN ended_seq <= {as_of:d} THEN until END"},
        where=f"id <= {as_of:d}",
    )
