"""Whom a rule means on a day: the organisations at and below one, and who holds a role in them.

Computed over the whole registry at once, in DuckDB; of one organisation, asked of the registry's rows. What somebody is
called, and where he stands, is as it was on the day. Whoever binds, draws, asks or grades by a condition over
organisations asks here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from xianfeng.figures import tree
from xianfeng.registry import columns, places, snapshots
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Appointment
from xianfeng.remembered import Remembered
from xianfeng.scheme.expressions import Expression

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_STANDING = """
CREATE OR REPLACE TEMP TABLE {name} AS
WITH roots AS (SELECT lo, hi FROM places WHERE organisation = {root:d})
SELECT p.organisation, p.id AS place, coalesce(above.organisation, 0) AS superior,
    greatest(p.since, o.founded) AS since
FROM places AS p JOIN {called} AS o ON o.id = p.organisation LEFT JOIN places AS above ON above.id = p.parent
WHERE (p.since IS NULL OR p.since <= DATE '{day}') AND (p.until IS NULL OR p.until > DATE '{day}')
AND EXISTS (SELECT 1 FROM roots WHERE p.lo >= roots.lo AND p.lo < roots.hi)
"""
_ORGANISATIONS = """
SELECT s.organisation, 0::BIGINT AS appointment, s.place, s.superior, s.since
FROM {standing} AS s WHERE s.organisation IN ({chosen})
"""
_HOLDERS = """
SELECT s.organisation, a.id AS appointment, s.place, s.superior, greatest(s.since, a.since) AS since
FROM {standing} AS s JOIN appointments AS a ON a.organisation = s.organisation
WHERE s.organisation IN ({chosen}) AND a.role = '{role}'
AND (a.since IS NULL OR a.since <= DATE '{day}') AND (a.until IS NULL OR a.until > DATE '{day}')
"""
_DESCRIBED = """
SELECT s.organisation, s.place, o.code, o.name, o.type, o.level, o.tier, o.category
FROM {standing} AS s JOIN {called} AS o ON o.id = s.organisation WHERE s.organisation IN ({chosen})
ORDER BY s.organisation
"""
_WITHIN = """
SELECT s.organisation, arg_max(above.organisation, above.lo) AS above
FROM {standing} AS s JOIN places AS own ON own.id = s.place JOIN (
    SELECT s.organisation, p.lo, p.hi FROM {standing} AS s JOIN places AS p ON p.id = s.place
    JOIN {called} AS o ON o.id = s.organisation WHERE o.level = $level
) AS above ON own.lo >= above.lo AND own.lo < above.hi GROUP BY s.organisation
"""
_SPANS = """
SELECT s.organisation, o.level, p.lo, p.hi FROM {standing} AS s JOIN places AS p ON p.id = s.place
JOIN {called} AS o ON o.id = s.organisation WHERE s.organisation IN ({chosen}) ORDER BY p.lo
"""
_LISTED = """
SELECT c.id, s.place, c.code, c.name, c.type, c.level, c.tier, c.category
FROM {standing} AS s JOIN {called} AS c ON c.id = s.organisation WHERE c.id IN ({chosen}) ORDER BY c.code
"""
_described: Remembered[pa.Table] = Remembered(16)


class Listed(NamedTuple):
    """An organisation as it is called on the day, with the place where it stands."""

    organisation: int
    place: int
    code: str
    name: str
    type: str
    level: str
    tier: str | None
    category: str


class Population:
    """The registry as known at an entry. Answers are statements for `connection`, to be joined and counted there."""

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

    def organisations(self, root: int, day: dt.date, where: Expression | None = None, *, itself: bool = False) -> str:
        """Those at and below `root` that satisfy a condition, each at its place; `itself`: the root alone.

        Columns: organisation, appointment (0), place, superior (0: none), since (null: from the beginning).
        """
        chosen = self._chosen(where, root, day, itself=itself)
        return _ORGANISATIONS.format(standing=self._stand(root, day), chosen=chosen)

    def holders(self, role: str, root: int, day: dt.date, where: Expression | None = None) -> str:
        """Who holds a role in one of these, in the same columns."""
        chosen = self._chosen(where, root, day)
        return _HOLDERS.format(standing=self._stand(root, day), chosen=chosen, role=role, day=day)

    def listed(self, root: int, day: dt.date, where: Expression | None = None) -> tuple[Listed, ...]:
        """Those whom `organisations` means, by code."""
        chosen = self._chosen(where, root, day)
        asked = _LISTED.format(standing=self._stand(root, day), called=self._call(day), chosen=chosen)
        return tuple(Listed(*row) for row in self.connection.execute(asked).fetchall())

    def described(self, root: int, day: dt.date, where: Expression | None = None) -> pa.Table:
        """The same by organisation, with what each is called: organisation, place, code, name, type, level, tier,
        category."""
        chosen = self._chosen(where, root, day)
        asked = _DESCRIBED.format(standing=self._stand(root, day), called=self._call(day), chosen=chosen)
        return self.connection.sql(asked).to_arrow_table()

    def within(self, root: int, day: dt.date, level: str) -> dict[int, int]:
        """By organisation, the nearest of a level that it is or stands under, where there is one."""
        asked = _WITHIN.format(standing=self._stand(root, day), called=self._call(day))
        return dict(self.connection.execute(asked, {"level": level}).fetchall())

    def spans(self, root: int, day: dt.date, where: Expression | None = None) -> Mapping[str, Any]:
        """The same as columns, each with what stands at and below it as an interval: organisation, level, lo (by which
        they are ordered), hi."""
        chosen = self._chosen(where, root, day)
        asked = _SPANS.format(standing=self._stand(root, day), called=self._call(day), chosen=chosen)
        return self.connection.execute(asked).fetchnumpy()

    def _chosen(self, where: Expression | None, root: int, day: dt.date, *, itself: bool = False) -> str:
        called = self._call(day)
        own = f" WHERE id = {root:d}" if itself else ""
        if where is None:
            return f"SELECT id FROM {called}{own}"  # noqa: S608
        import ibis

        from xianfeng.figures.names import ORGANISATIONS
        from xianfeng.scheme.expressions import columns as formulas

        formulas.prepare(self.connection)
        table = ibis.table(ORGANISATIONS.schema(), name=called)
        chosen = table.filter(formulas.column(where, table, today=day)).select("id")
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


def means(
    organisation: int, root: int, day: dt.date, where: Expression | None = None, *, itself: bool = False, among: Lineage
) -> bool:
    """Whether `Population.organisations` answers with this one, of the registry as it is now."""
    place = among.place_if_any(organisation, day)
    if place is None or root not in among.above(place) or (itself and organisation != root):
        return False
    node = among.node(organisation, day)
    if where is None or node is None:
        return node is not None
    called = {name: getattr(node, name) for name in ("level", "type", "category", "code", "name")}
    return where.value({**called, "tier": among.tier(organisation, day)}, today=day) is True


def within_of(organisation: int, root: int, day: dt.date, level: str, *, among: Lineage) -> int | None:
    """What `Population.within` answers for this one, of the registry as it is now."""
    place = among.place_if_any(organisation, day)
    chain = () if place is None else among.above(place)
    if root not in chain:
        return None
    nodes = (among.node(held, day) for held in chain[: chain.index(root) + 1])
    return next((node.id for node in nodes if node is not None and node.level == level), None)


def holding(organisation: int, role: str, day: dt.date) -> tuple[int, ...]:
    """The appointments with which `Population.holders` answers for an organisation that is meant."""
    rows = Appointment.objects.filter(places.on(day), organisation=organisation, role=role).order_by("id")
    return tuple(rows.values_list("id", flat=True))


def _appointments(as_of: int) -> object:
    return columns.read(
        "registry_appointment",
        whole={"id": "id", "organisation": "organisation_id", "person": "person_id"},
        text={"role": "role"},
        days={"since": "since", "until": f"CASE WHEN ended_seq <= {as_of:d} THEN until END"},
        where=f"id <= {as_of:d}",
    )


def described(root: int, day: dt.date, where: Expression | None, *, as_of: int) -> pa.Table:
    """`Population.described`, found once for an edition of the registry."""
    whom = (snapshots.edition(as_of), root, day, where and where.text)
    return _described.of(whom, lambda: Population(as_of).described(root, day, where))
