"""The reference engine: every figure computed from the postings at the time of asking. Slow is allowed, wrong is not.

Whatever is faster must equal it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from xianfeng.figures import periods, spread, tree
from xianfeng.figures.axes import named_parts
from xianfeng.figures.cells import At, Cells, Owed, Plain, Share, Totals, number
from xianfeng.figures.interface import Axis, Contribution, Figure, Query, Row, Source, Trace
from xianfeng.figures.lake import Lake
from xianfeng.figures.questions import Compiler, Questions, Sums, Text
from xianfeng.figures.session import Session
from xianfeng.figures.store import Postings, Registry, Store
from xianfeng.figures.stretch import Page
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Coverage, Evidenced, Growth, Latest, Measure, Ratio, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.owing import owing
from xianfeng.sentences import say

_CHILDREN, _CHILDREN_NOW, _IN_ORDER = Text(tree.CHILDREN), Text(tree.CHILDREN_NOW), Text(tree.IN_ORDER)


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

    def _asking_of(self, query: Query) -> _Asking:
        moment = self._at(query.as_of)
        return self._asking(moment, _as_of(query, moment.postings.head))

    def _at(self, as_of: int | None) -> _Moment:
        return self._moment or _Moment(self._store.postings(as_of))

    def _asking(self, moment: _Moment, as_of: int) -> _Asking:
        if as_of not in moment.registries:
            moment.registries[as_of] = self._store.registry(as_of)
        session = self._store.session(moment.postings, moment.registries[as_of], as_of)
        return _Asking(self._source, self._compiler, session, moment.roots)


@dataclass(frozen=True)
class _Moment:
    """One state of the books, and what was found out about it."""

    postings: Postings
    registries: dict[int, Registry] = field(default_factory=dict)  # by entry
    roots: dict[str, int] = field(default_factory=dict)  # by version


class _Asking:
    """One question, as of one entry, on one thread."""

    def __init__(self, source: Source, compiler: Compiler, session: Session, roots: dict[str, int]) -> None:
        self._source = source
        self._compiler = compiler
        self._session = session
        self._roots = roots

    # rows

    def children(self, query: Query) -> tuple[Row, ...]:
        cells = self.cells(query, "children", "")
        self._called(query)  # the parts of a growth are of two days
        statement = _CHILDREN_NOW if query.tree == "now" else _CHILDREN
        values: dict[str, Any] = {"node": query.organisation} | ({} if query.tree == "now" else {"until": query.until})
        keys = [key for (key,) in self._session.rows(statement, **values)]
        something = {key for key, _ in cells.rows()}
        others = sorted(something - {*keys, query.organisation})
        if others:
            keys = [key for (key,) in self._session.rows(_IN_ORDER, ids=[*keys, *others])]
        if query.organisation in something:
            keys.append(query.organisation)
        return tuple(Row(key=key, figure=cells.at((key, 0))) for key in keys)

    def months(self, query: Query) -> tuple[Row, ...]:
        scheme, measure = self._measure(query)
        if not periods.flows(scheme, measure):
            begun = periods.months(scheme, query.since, query.until)
            return tuple(Row(key=first, figure=self._at_the_end(query, first)) for first in begun)
        cells = self.cells(query, "month", "")
        found = {month for _, month in cells.rows()}
        if not found and query.since is None:
            return ()
        begun = periods.months(scheme, query.since or min(found), query.until)
        return tuple(Row(key=first, figure=cells.at((query.organisation, first))) for first in sorted({*begun, *found}))

    def parts(self, query: Query, axis: Axis, field: str) -> tuple[Row, ...]:
        scheme, measure = self._measure(query)
        cells = self.cells(query, axis, field)
        found = [part for _, part in cells.rows()]
        ordered = named_parts(scheme, measure, axis, field, found)
        return tuple(Row(key=part, figure=cells.at((query.organisation, part))) for part in ordered)

    def _at_the_end(self, query: Query, first: dt.date) -> Figure:
        month = replace(query, since=None, until=min(periods.last_day(first), query.until))
        return self.cells(month, None, "").at((query.organisation, 0))

    # cells

    def cells(self, query: Query, axis: Axis | None, field: str) -> Cells:
        """Every row of a breakdown (`axis` None: the figure alone)."""
        scheme, measure = self._measure(query)
        match measure:
            case Ratio():
                same = periods.shared(query, scheme, measure)
                return Share(
                    query=_asked(query, axis),
                    numerator=self.cells(replace(same, measure=measure.numerator), axis, field),
                    denominator=self.cells(replace(same, measure=measure.denominator), axis, field),
                )
            case Growth():
                later = replace(query, measure=measure.of, since=None)
                return Share(
                    query=_asked(query, axis),
                    numerator=self.cells(later, axis, field),
                    denominator=self.cells(replace(later, until=measure.since), axis, field),
                    grown=True,
                )
            case Coverage():
                return self._coverage(query, measure, axis, field)
        questions = self._questions(query, axis, field)
        return Plain(
            query=_asked(query, axis),
            as_of=self._as_of(query),
            totals=self._totals(questions.totals, axis),
            owed=self._owed(questions, axis),
            places=_places(scheme, measure),
            stock=isinstance(measure, Latest),
        )

    def _coverage(self, query: Query, measure: Coverage, axis: Axis | None, field: str) -> Cells:
        """Owed are the records that cover, or, where what a member has covers it, the members."""
        if axis in ("level", "reviewer"):
            raise Problem("figures.axis", "覆盖率不能按审核级别或审核单位细分", hint="可以按下级组织、类别或月份细分。")
        questions = self._questions(query, axis, field)
        asked, as_of = _asked(query, axis), self._as_of(query)
        owed = self._owed(questions, axis)
        return Share(
            query=asked,
            numerator=Plain(
                query=asked,
                as_of=as_of,
                totals=self._totals(questions.totals, axis),
                owed=owed if measure.kind else None,
            ),
            denominator=Plain(
                query=asked,
                as_of=as_of,
                totals=self._totals(questions.whole, axis) if questions.whole else {},
                owed=None if measure.kind else owed,
            ),
        )

    def _totals(self, sums: Sums, axis: Axis | None) -> dict[At, Totals]:
        return {at: Totals(*found) for at, found in self._sums(sums, axis).items()}

    def _owed(self, questions: Questions, axis: Axis | None) -> Mapping[At, Owed] | None:
        """Nobody owes a category, a month or a level."""
        if questions.owing is None or axis not in (None, "children"):
            return None
        session = self._session
        return session.debts(questions.owing).within(session.ranges(), session.since, session.until)

    def _sums(self, sums: Sums, axis: Axis | None) -> dict[At, tuple[int, ...]]:
        """By row and part: from what is known of every place and time, or else asked of these."""
        by_month, session = axis == "month", self._session
        known = session.spread(sums.everywhere)
        if known is not None:
            return known.within(session.ranges(), session.since, session.until, by_month=by_month)
        asked = sums.by_month if by_month else sums.inside
        return {(key, part): tuple(found) for key, part, *found in session.rows(asked)}

    # records

    def trace(self, query: Query, page: Page, *, whole: bool) -> Trace:
        query = self._resolved(query, ("numerator",))
        scheme, measure = self._measure(query)
        questions = self._questions(query, None, "")
        places = _places(scheme, measure)
        asked = questions.members if whole else questions.trace
        found = self._session.rows(asked, **page.values) if asked else []
        records = tuple(Contribution(**_contribution(row, places)) for row in found[: page.limit])
        return Trace(records=records, next=found[page.limit - 1][-1] if len(found) > page.limit else None)

    def missing(self, query: Query, after: int | None, limit: int) -> tuple[int, ...]:
        query = self._resolved(query, ("denominator", "numerator"))
        questions = self._questions(query, None, "")
        if questions.owing is None:
            return ()
        session = self._session
        found = session.debts(questions.owing).missing(session.ranges(), session.since, session.until)
        return tuple(each for each in found if after is None or each > after)[:limit]

    def _resolved(self, query: Query, parts: tuple[str, ...]) -> Query:
        """The query of the measure that has records of its own: a ratio's part, what a growth is of."""
        scheme, measure = self._measure(query)
        if isinstance(measure, Growth):
            return self._resolved(replace(query, measure=measure.of, since=None), parts)
        if not isinstance(measure, Ratio):
            return query
        same = periods.shared(query, scheme, measure)
        found = [self._resolved(replace(same, measure=getattr(measure, part)), parts) for part in parts]
        return next((each for each in found if self._is_owed(each)), found[0])

    def _is_owed(self, query: Query) -> bool:
        scheme, measure = self._measure(query)
        return isinstance(measure, Evidenced) and bool(owing(scheme, measure))

    # asking

    def _questions(self, query: Query, axis: Axis | None, field: str) -> Questions:
        """What is asked of a measure, with the session set to ask it."""
        scheme, measure = self._measure(query)
        questions = self._compiler.of(scheme, query.measure, axis, field)
        self._called(query)
        since = periods.beginning(query, scheme, measure)
        self._session.during(since, query.until, root=self._root(scheme))
        self._session.place(query.organisation, query.tree, children=axis == "children")
        self._require_known(query.organisation)
        return questions

    def _called(self, query: Query) -> None:
        """Organisations are what they were at the period's end, or what they are now."""
        self._session.called(dt.date.max if query.tree == "now" else query.until)

    def _root(self, scheme: Scheme) -> int:
        if scheme.hash not in self._roots:
            self._roots[scheme.hash] = self._source.root(scheme)
        return self._roots[scheme.hash]

    def _require_known(self, organisation: int) -> None:
        if not self._session.known(organisation):
            raise Problem(
                "figures.unknown_organisation",
                say("截至所问的时点，没有编号为 {organisation} 的组织", organisation=organisation),
            )

    def _measure(self, query: Query) -> tuple[Scheme, Measure]:
        scheme = self._source.scheme(query.scheme)
        if query.measure not in scheme.measures:
            raise Problem(
                "figures.unknown_measure",
                say("活动“{scheme}”没有名为 {measure} 的统计指标", scheme=scheme.title, measure=query.measure),
                hint=say("已有：{measures}。", measures="、".join(scheme.measures)),
            )
        return scheme, scheme.measures[query.measure]

    def _as_of(self, query: Query) -> int:
        return _as_of(query, self._session.postings.head)


def _as_of(query: Query, head: int) -> int:
    if query.since is not None and query.since > query.until:
        raise Problem("figures.period", say("起始日 {since} 晚于截止日 {until}", since=query.since, until=query.until))
    if query.as_of is not None and not 0 <= query.as_of <= head:
        raise Problem(
            "figures.as_of", say("还没有第 {as_of} 条办理记录（现有 {head} 条）", as_of=query.as_of, head=head)
        )
    return head if query.as_of is None else query.as_of


def _asked(query: Query, axis: Axis | None) -> Any:
    """The query that a row's figure answers by itself, where there is one."""

    def of(row: At) -> Query:
        key, part = row
        if axis == "month":
            first, last = part, periods.last_day(part)
            return replace(query, since=max(first, query.since or first), until=min(last, query.until))
        return replace(query, organisation=key)

    return of


def _places(scheme: Scheme, measure: Measure) -> int | None:
    """The decimal places of a sum's field; None for what is counted."""
    return scheme.kinds[measure.kind].fields[measure.field].decimals if isinstance(measure, Sum | Latest) else None


def _contribution(row: tuple[Any, ...], places: int | None) -> dict[str, Any]:
    record, organisation, place, day, state, level, value, _ = row
    return {
        "record": record,
        "organisation": organisation,
        "place": place,
        "day": day,
        "state": state,
        "level": level,
        "value": number(value, places),
    }
