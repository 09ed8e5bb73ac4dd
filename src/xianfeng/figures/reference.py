"""The reference engine: every figure computed from the postings at the time of asking. Slow is allowed, wrong is not.

Whatever is faster must equal it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

from xianfeng.figures import spread
from xianfeng.figures.asking import Asking
from xianfeng.figures.each import Column
from xianfeng.figures.interface import Axis, Figure, Query, Row, Source, Trace
from xianfeng.figures.lake import Lake
from xianfeng.figures.questions import Compiler
from xianfeng.figures.store import Postings, Registry, Store
from xianfeng.figures.stretch import Page
from xianfeng.problems import Problem
from xianfeng.sentences import say


class Reference:
    """Implements `Figures` by DuckDB over the lake and the log's tail."""

    def __init__(
        self, source: Source, lake: Lake, compiler: Compiler | None = None, *, most: int = spread.MOST, threads: int = 0
    ) -> None:
        """`most`: of a question with more rows than these, everywhere and at all times, nothing is kept: it is asked
        for each place and period. `threads`: that answer one question, 0: as many as there are cores."""
        self._source = source
        self._store = Store(source, lake, most, threads)
        self._compiler = compiler or Compiler(source)
        self._moment: _Moment | None = None

    def moment(self) -> Reference:
        held = copy(self)
        held._moment = _Moment(self._store.postings())
        return held

    def figure(self, query: Query) -> Figure:
        return self.figures([query])[0]

    def figures(self, queries: Sequence[Query]) -> tuple[Figure, ...]:
        named = [query.as_of for query in queries if query.as_of is not None]
        moment = self._at(max(named) if named and len(named) == len(queries) else None)
        known = [_as_of(query, moment.postings.head) for query in queries]
        found: dict[int, Figure] = {}
        for as_of in dict.fromkeys(known):
            asking = self._asking(moment, as_of)
            for place, query in enumerate(queries):
                if known[place] == as_of:
                    found[place] = asking.cells(query, None, "").at((query.organisation, 0))
        return tuple(found[place] for place in range(len(queries)))

    def breakdown(self, query: Query, axis: Axis, *, field: str = "") -> tuple[Row, ...]:
        asking = self._asking_of(query)
        if axis == "children":
            return asking.children(query)
        if axis == "month":
            return asking.months(query)
        return asking.parts(query, axis, field)

    def each(self, query: Query, organisations: Sequence[int]) -> Column:
        if query.tree == "now":
            raise Problem("figures.each_now", "许多组织的数一次算出时，只能按当时的隶属关系")
        return self._asking_of(query).each(query, organisations)

    def trace(
        self,
        query: Query,
        *,
        after: int | None = None,
        limit: int = 50,
        among: Sequence[int] | None = None,
        whole: bool = False,
    ) -> Trace:
        return self._asking_of(query).trace(query, Page(after=after, limit=limit, among=among), whole=whole)

    def missing(self, query: Query, *, after: int | None = None, limit: int = 50) -> tuple[int, ...]:
        return self._asking_of(query).missing(query, after, limit)

    def _asking_of(self, query: Query) -> Asking:
        moment = self._at(query.as_of)
        return self._asking(moment, _as_of(query, moment.postings.head))

    def _at(self, as_of: int | None) -> _Moment:
        return self._moment or _Moment(self._store.postings(as_of))

    def _asking(self, moment: _Moment, as_of: int) -> Asking:
        if as_of not in moment.registries:
            moment.registries[as_of] = self._store.registry(as_of)
        session = self._store.session(moment.postings, moment.registries[as_of], as_of)
        return Asking(self._source, self._compiler, session, moment.roots)


@dataclass(frozen=True)
class _Moment:
    """One state of the books, and what was found out about it."""

    postings: Postings
    registries: dict[int, Registry] = field(default_factory=dict)  # by entry
    roots: dict[str, int] = field(default_factory=dict)  # by version


def _as_of(query: Query, head: int) -> int:
    if query.since is not None and query.since > query.until:
        raise Problem("figures.period", say("起始日 {since} 晚于截止日 {until}", since=query.since, until=query.until))
    if query.as_of is not None and not 0 <= query.as_of <= head:
        raise Problem(
            "figures.as_of", say("还没有第 {as_of} 条办理记录（现有 {head} 条）", as_of=query.as_of, head=head)
        )
    return head if query.as_of is None else query.as_of
