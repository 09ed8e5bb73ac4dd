"""A thread's way into the store's DuckDB: what is asked, in which state of the books, and what is known already."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from xianfeng.figures import columns, ranges, tree
from xianfeng.figures.debts import Bound, Debts
from xianfeng.figures.each import Members
from xianfeng.figures.interface import Register, Tree
from xianfeng.figures.lake import Damaged
from xianfeng.figures.names import view_name
from xianfeng.figures.questions import Owing, Sums, Text
from xianfeng.figures.ranges import Ranges
from xianfeng.figures.spread import Spread
from xianfeng.problems import Problem

if TYPE_CHECKING:
    from xianfeng.figures.store import Postings, Registry, Store

_RANGES = 1_000
# A change posts minus the image before and plus the image after, under one sequence number: of a record's images the
# one in force is what its last entry posted with a plus, if it did. The other signs cancel out.
_IN_FORCE = """
CREATE OR REPLACE TEMP VIEW "{view}" AS
WITH posted AS ({posted}), known AS (SELECT * FROM posted WHERE seq <= getvariable('as_of'))
SELECT * FROM known JOIN (SELECT record, max(seq) AS seq FROM known GROUP BY record) USING (record, seq) WHERE sign > 0
"""
Answer = TypeVar("Answer")
Made = TypeVar("Made", bound="Spread | Bound | Debts | None")
Cursor = duckdb.DuckDBPyConnection
Values = Mapping[str, Any]
Variable = int | dt.date
Place = tuple[int, Tree, bool]  # whose subtree, as of when, and whether by children


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
        self.as_of = 0
        self._registry: Registry
        self._day = dt.date.max
        self._stretch = 0
        self._inside: Place = (0, "then", False)
        self._members: tuple[tuple[object, bytes], Members] | None = None
        self.postings: Postings
        self.since, self.until = dt.date.min, dt.date.max

    def begin(self, postings: Postings, registry: Registry, as_of: int) -> None:
        self.postings = postings
        self._registry = registry
        self._reaches = {}
        self.as_of = as_of
        self.called(self._day)

    def during(self, since: dt.date, until: dt.date, *, root: int) -> None:
        """Ask for a period, within the organisation that a scheme binds to."""
        self.since, self.until = since, until
        self._variables = {"since": since, "until": until, "root": root}

    def place(self, organisation: int, tree_: Tree, *, children: bool) -> None:
        """Ask of the places of an organisation's subtree."""
        self._inside = (organisation, tree_, children)

    def called(self, day: dt.date) -> None:
        """Let `organisations` be what they were on a day."""
        self._day, self._stretch = day, bisect_right(self._registry.changes, day)

    def rows(self, text: Text, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a question.

        The figures of a page ask much alike (who owes this, the parts of a ratio), and an entry changes one register:
        what was answered in the same state of its registers and of the registry is not asked again, by no thread. A
        damaged segment of the lake is made again on the way.
        """
        asked = (*self._asked(text), *_frozen(values))
        return self.postings.line.answers.of(asked, lambda: self._answered(text, values, _fetched))

    def spread(self, sums: Sums) -> Spread | None:
        """The answer at every place and time, known thereafter as `rows` are; None: it is too large for that."""
        most, asked = self._store.most, self._asked(sums.kept)
        return self._made(asked, lambda: Spread.of(self._columns(sums.kept), most=most))

    def everywhere(self, sums: Sums) -> Spread:
        """The same however large it is, kept or not."""
        found = self.spread(sums)
        if found is None:
            found = Spread.of(self._columns(sums.everywhere), most=None)
        if found is None:
            raise Problem("figures.too_large", "这一指标的数太大，不能一次算出许多组织的值", hint="请逐个查看。")
        return found

    def debts(self, owing: Owing) -> Debts:
        """Who owes it at every place and time, known as long."""
        bound, reported = self._asked(owing.bound), self._asked(owing.reported)
        return self._made(
            (bound, reported),
            lambda: Debts.of(
                self._made(bound, lambda: Bound.of(self._columns(owing.bound))), self._columns(owing.reported)
            ),
        )

    def _made(self, asked: Hashable, make: Callable[[], Made]) -> Made:
        made: Made = self.postings.line.made.of(asked, make)
        return made

    def _columns(self, text: Text) -> pa.Table:
        return self._answered(text, {}, _as_columns)

    def _asked(self, text: Text) -> tuple[Hashable, ...]:
        return (
            text.sql,
            tuple(self._variables[name] for name in text.variables),
            tuple(map(self._reached, text.kinds)),
            self._registry.key,
            self._stretch if text.of_a_day else None,
            self._inside if text.of_places else None,
        )

    def ranges(self) -> Ranges:
        """The places asked for."""
        known, asked = self._registry.ranges, self._inside
        if asked not in known:
            if len(known) >= _RANGES:
                known.clear()
            known[asked] = self._ranges(*asked)
        return known[asked]

    def _ranges(self, organisation: int, tree_: Tree, children: bool) -> Ranges:
        if tree_ == "then":
            return ranges.then(self._registry.given[1], organisation, children=children)
        text = Text(tree.NOW_CHILDREN if children else tree.NOW)
        lo, keys = (each.to_numpy() for each in self._answered(text, {"node": organisation}, _as_columns).columns)
        return Ranges.of(lo, lo + 1, keys)

    def members(self, organisations: Sequence[int]) -> Members:
        """Their subtrees; those that were asked for last are kept, for several measures are asked of the same."""
        asked = self._registry.key, np.asarray(organisations, np.int64).tobytes()
        if self._members is None or self._members[0] != asked:
            self._members = asked, Members.of(self._registry.given[1], organisations)
        return self._members[1]

    def known(self, organisation: int) -> bool:
        return organisation in self._registry.ids

    def _reached(self, register: Register) -> int:
        if register.key not in self._reaches:
            self._reaches[register.key] = self.postings.reach(register, self.as_of)
        return self._reaches[register.key]

    def _answered(self, text: Text, values: Values, taken: Callable[[Cursor, str, Values], Answer]) -> Answer:
        try:
            return self._run(text, values, taken)
        except (Damaged, duckdb.IOException, duckdb.InvalidInputException):
            self.postings, self._reaches = self._store.mended(), {}
            return self._run(text, values, taken)

    def _run(self, text: Text, values: Values, taken: Callable[[Cursor, str, Values], Answer]) -> Answer:
        self._bring(text)
        for register in text.kinds:
            self._bind(view_name(register), self._state(register), partial(self._view, register))
        return taken(self._cursor, text.sql, values)

    def _bring(self, text: Text) -> None:
        """The cursor to where the question is to be asked, by what is not there yet."""
        registry, inside = self._registry, self._inside
        self._bind("places", registry.key, lambda: self._places(registry))
        if text.of_a_day:
            self._bind("organisations", (registry.key, self._stretch), lambda: self._organisations(registry))
        asked = {name: self._variables[name] for name in text.variables}
        for name, value in {**asked, "as_of": self.as_of}.items():
            self._bind(f"variable {name}", value, partial(self._variable, name, value))
        if text.of_places:
            self._bind("inside", (registry.key, inside), lambda: self._make_inside(registry))

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

    def _make_inside(self, registry: Registry) -> None:
        self._cursor.register("inside", self.ranges().inside(registry.given[1]))

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


def _fetched(cursor: Cursor, sql: str, values: Values) -> list[tuple[Any, ...]]:
    return cursor.execute(sql, values or None).fetchall()


def _as_columns(cursor: Cursor, sql: str, values: Values) -> pa.Table:
    """By way of NumPy: asked as a relation, which would give Arrow at once, a question is planned twice."""
    found = cursor.execute(sql, values or None).fetchnumpy()
    return pa.table(
        {name: pa.array(np.ma.getdata(each), mask=np.ma.getmaskarray(each)) for name, each in found.items()}
    )


def _frozen(values: Values) -> list[object]:
    return [tuple(value) if isinstance(value, list) else value for value in values.values()]
