"""What a round should hold against what it holds: found in DuckDB, so that of millions only a few are touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from xianfeng.duties import reasons
from xianfeng.duties.models import Round
from xianfeng.duties.periods import Period
from xianfeng.registry import columns
from xianfeng.scheme.obliging import Obligation

if TYPE_CHECKING:
    import duckdb

_BATCH = 10_000
_FINAL = """
CREATE OR REPLACE TEMP TABLE final AS
SELECT organisation, appointment, about, place,
    CASE WHEN joined AND {pro_rata} THEN
        ({least:d} * (DATE '{until}' - greatest(since, DATE '{since}') + 1) + {days:d} - 1) // {days:d}
        ELSE {least:d} END AS least,
    CASE WHEN NOT gone OR heir IS NOT NULL OR ({upwards} AND superior > 0) THEN ''
        WHEN appointment = 0 THEN '{left}' ELSE '{vacated}' END AS voided,
    heir AS answers,
    CASE WHEN gone AND heir IS NULL AND {upwards} AND superior > 0 THEN superior END AS holder, term, due, next_at
FROM wanted LEFT JOIN areas USING (place) JOIN told ON told.area = coalesce(areas.area, 0)
"""
ADDED = "FROM final ANTI JOIN known USING (organisation, appointment, about)"
_CHANGED = """
FROM final AS f JOIN known AS k USING (organisation, appointment, about)
WHERE (f.place, f.least, f.voided, coalesce(f.answers, 0), coalesce(f.holder, 0), f.term, {most:d})
    <> (k.place, k.least, k.voided, coalesce(k.answers, 0), coalesce(k.holder, 0), k.term, coalesce(k.most, 0))
"""
_GONE = "FROM known ANTI JOIN final USING (organisation, appointment, about) WHERE voided = ''"


class Row(NamedTuple):
    organisation: int
    appointment: int
    about: int
    place: int
    least: int
    voided: str
    answers: int | None
    holder: int | None
    term: int
    due: str
    next_at: str | None


class Told(NamedTuple):
    """Of an area: its term, when that falls due, and when its ladder begins; moments as the database holds them."""

    area: int
    term: int
    due: str
    next_at: str | None


class Changed(NamedTuple):
    """A duty that is there, and what it should be."""

    id: int
    row: Row


@dataclass(frozen=True)
class Difference:
    """Between what a round holds and what it should; rows are read as they are needed."""

    connection: duckdb.DuckDBPyConnection
    changes: str  # the statement of those that changed
    added: int
    changed: int
    gone: int
    standing: int
    digest: str

    def others(self) -> Iterator[Changed]:
        columns_ = (
            "k.id, organisation, appointment, about, f.place, f.least, f.voided, f.answers, f.holder, "
            "f.term, f.due, f.next_at"
        )
        yield from (Changed(row[0], Row(*row[1:])) for row in self._rows(f"SELECT {columns_} {self.changes}"))

    def vanished(self) -> Iterator[tuple[int, int]]:
        """Duties that nobody has to any more, and whose they were."""
        yield from ((row[0], row[1]) for row in self._rows(f"SELECT id, organisation {_GONE}"))

    def _rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """As they flow: a nation's duties never stand in memory at once."""
        found = self.connection.execute(statement)
        while some := found.fetchmany(_BATCH):
            yield from some


def differences(
    connection: duckdb.DuckDBPyConnection, row: Round | None, rule: Obligation, period: Period, told: Sequence[Told]
) -> Difference:
    """`connection` holds the table `wanted` of `binding`, and `areas`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE told(area BIGINT, term BIGINT, due VARCHAR, next_at VARCHAR)")
    connection.executemany("INSERT INTO told VALUES (?, ?, ?, ?)", told)
    connection.execute(_final(rule, period))
    connection.register("known_rows", _known(row.id if row else 0))
    connection.execute("CREATE OR REPLACE TEMP TABLE known AS SELECT * FROM known_rows")
    changes = _CHANGED.format(most=period.most or 0)

    def count(statement: str) -> int:
        return int(connection.execute(f"SELECT count(*) {statement}").fetchall()[0][0])

    ((standing, digest),) = connection.execute(
        "SELECT count(*) FILTER (voided = ''), "
        "coalesce(sum(md5_number_lower(concat_ws(':', organisation, appointment, about, least, voided))), 0) FROM final"
    ).fetchall()
    return Difference(
        connection, changes, count(ADDED), count(changes), count(_GONE), int(standing), f"{int(digest):x}"
    )


def _final(rule: Obligation, period: Period) -> str:
    by_role = rule.leaving == "" and rule.of not in ("organisations", "office")
    return _FINAL.format(
        pro_rata=str(rule.joining == "pro_rata").upper(),
        least=period.least,
        since=period.since,
        until=period.until,
        days=(period.until - period.since).days + 1,
        upwards=str(rule.leaving == "superior" or by_role).upper(),
        left=reasons.LEFT,
        vacated=reasons.VACATED,
    )


def _known(round_: int) -> object:
    names = ("id", "organisation", "appointment", "about", "place", "least", "most", "answers", "holder", "term")
    return columns.read(
        "duties_duty", whole={name: name for name in names}, text={"voided": "voided"}, where=f"round = {round_:d}"
    )
