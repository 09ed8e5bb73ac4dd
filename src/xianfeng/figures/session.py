"""A thread's way into the store's DuckDB: what is asked, in which state of the books, and what is known already."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb

from xianfeng.figures import columns, tree
from xianfeng.figures.interface import Register, Tree
from xianfeng.figures.lake import Damaged
from xianfeng.figures.names import view_name
from xianfeng.figures.spread import Spread
from xianfeng.figures.tree import EVERYWHERE

if TYPE_CHECKING:
    from xianfeng.figures.store import Postings, Registry, Store

_ANSWERS = 10_000  # kept, of at most so many rows
_LONG = 500
_SPREAD = 400_000  # rows kept of questions answered everywhere
# A change posts minus the image before and plus the image after, under one sequence number: of a record's images the
# one in force is what its last entry posted with a plus, if it did. The other signs cancel out.
_IN_FORCE = """
CREATE OR REPLACE TEMP VIEW "{view}" AS
WITH posted AS ({posted}), known AS (SELECT * FROM posted WHERE seq <= getvariable('as_of'))
SELECT * FROM known JOIN (SELECT record, max(seq) AS seq FROM known GROUP BY record) USING (record, seq) WHERE sign > 0
"""
Variable = int | dt.date


class Session:
    """A thread's cursor, and the state of postings and registry, the period and the place that it is to be asked for.

    The cursor is brought there only when a question has to be run: what is known already costs the database nothing.
    """

    def __init__(self, store: Store, cursor: duckdb.DuckDBPyConnection) -> None:
        self._store = store
        self._cursor = cursor
        self._bound: dict[str, Hashable] = {}  # what the cursor is at
        self._variables: dict[str, Variable] = {}
        self._reaches: dict[str, int] = {}
        self._as_of = 0
        self._registry: Registry
        self._day = dt.date.max
        self._stretch = 0
        self._inside: tuple[int, Tree, bool] | str | None = None
        self.postings: Postings

    def begin(self, postings: Postings, registry: Registry, as_of: int) -> None:
        self.postings = postings
        self._registry = registry
        self._reaches = {}
        self._as_of = as_of
        self.called(self._day)

    def set(self, **variables: Variable) -> None:
        """Give the open variables of the next question their values."""
        self._variables.update(variables)

    def place(self, organisation: int, tree_: Tree, *, children: bool) -> None:
        """Let `inside` be the places of an organisation's subtree."""
        self._inside = (organisation, tree_, children)

    def called(self, day: dt.date) -> None:
        """Let `organisations` be what they were on a day."""
        self._day, self._stretch = day, bisect_right(self._registry.changes, day)

    def rows(self, sql: str, registers: Iterable[Register] = (), **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question over these registers.

        The figures of a page ask much alike (who owes this, the parts of a ratio), and an entry changes one register:
        what was answered in the same state of its registers and of the registry is not asked again, by no thread. A
        damaged segment of the lake is made again on the way.
        """
        registers = tuple(registers)
        asked = self._asked(sql, registers, values)
        known = self.postings.line.answers.get(asked)
        return self._keep(asked, self._answered(sql, registers, values)) if known is None else known

    def named(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question about the registry alone: neither the period nor the place changes them."""
        asked = (sql, *_frozen(values), self._registry.key, self._stretch)
        known = self.postings.line.answers.get(asked)
        return self._keep(asked, self._answered(sql, (), values)) if known is None else known

    def spread(self, sql: str, registers: tuple[Register, ...]) -> Spread:
        """The answer at every place, known thereafter as `rows` are."""
        here, self._inside = self._inside, EVERYWHERE
        try:
            asked = self._asked(sql, registers, {})
            line = self.postings.line
            known = line.spreads.get(asked)
            if known is None:
                known = Spread.of(self._answered(sql, registers, {}))
                if sum(each.size for each in list(line.spreads.values())) > _SPREAD:
                    line.spreads.clear()
                line.spreads[asked] = known
            return known
        finally:
            self._inside = here

    def _asked(self, sql: str, registers: tuple[Register, ...], values: Mapping[str, Any]) -> Hashable:
        return (
            sql,
            *_frozen(values),
            *sorted(self._variables.items()),
            tuple(map(self._reached, registers)),
            self._registry.key,
            self._stretch,
            self._inside,
        )

    def _keep(self, asked: Hashable, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        answers = self.postings.line.answers
        if len(answers) >= _ANSWERS:
            answers.clear()
        if len(rows) <= _LONG:
            answers[asked] = rows
        return rows

    def _reached(self, register: Register) -> int:
        if register.key not in self._reaches:
            self._reaches[register.key] = self.postings.reach(register, self._as_of)
        return self._reaches[register.key]

    def _answered(self, sql: str, registers: tuple[Register, ...], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        try:
            return self._run(sql, registers, values)
        except (Damaged, duckdb.IOException, duckdb.InvalidInputException):
            self.postings, self._reaches = self._store.mended(), {}
            return self._run(sql, registers, values)

    def _run(self, sql: str, registers: tuple[Register, ...], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        self._bring()
        for register in registers:
            self._bind(view_name(register), self._state(register), partial(self._view, register))
        return self._cursor.execute(sql, values or None).fetchall()

    def _bring(self) -> None:
        """The cursor to where it is to be asked, by what is not there yet."""
        registry, inside = self._registry, self._inside
        self._bind("places", registry.key, lambda: self._places(registry))
        self._bind("organisations", (registry.key, self._stretch), lambda: self._organisations(registry))
        for name, value in {**self._variables, "as_of": self._as_of}.items():
            self._bind(f"variable {name}", value, partial(self._variable, name, value))
        if inside is not None:
            self._bind("inside", (registry.key, inside), lambda: self._make_inside(inside))

    def _bind(self, name: str, state: Hashable, bind: Callable[[], None]) -> None:
        if self._bound.get(name) != state:
            self._bound.pop(name, None)  # nobody knows where it is, should this not come to its end
            bind()
            self._bound[name] = state

    def _places(self, registry: Registry) -> None:
        self._cursor.register("places", registry.given[1])
        self._cursor.register("standing", registry.standing)

    def _organisations(self, registry: Registry) -> None:
        self._cursor.register("organisations", self._store.organisations(registry, self._day))

    def _variable(self, name: str, value: Variable) -> None:
        literal = f"DATE '{value.isoformat()}'" if isinstance(value, dt.date) else f"{value:d}::BIGINT"
        self._cursor.execute(f"SET VARIABLE {name} = {literal}")

    def _make_inside(self, inside: tuple[int, Tree, bool] | str) -> None:
        if isinstance(inside, str):
            self._cursor.execute(inside)
            return
        organisation, tree_, children = inside
        self._cursor.execute(tree.inside(tree_, children=children), {"node": organisation})

    def _state(self, register: Register) -> Hashable:
        """What a register's view shows: the same for every entry that posted to other registers only."""
        return self.postings.line, self.postings.reach(register, self.postings.head), register

    def _view(self, register: Register) -> None:
        view = view_name(register)
        parts = self._store.segments(register, self.postings.manifest)
        tail = self.postings.tail.get(register.key)
        if tail is None and not parts:
            tail = columns.schema(register).empty_table()
        if tail is not None:
            self._cursor.register(f"tail:{view}", tail)
            parts.append(f'SELECT {columns.projection(register, tail.column_names)} FROM "tail:{view}"')  # noqa: S608
        self._cursor.execute(_IN_FORCE.format(view=view, posted=" UNION ALL ".join(parts)))


def _frozen(values: Mapping[str, Any]) -> list[object]:
    return [tuple(value) if isinstance(value, list) else value for value in values.values()]
