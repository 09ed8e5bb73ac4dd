"""One question of the figures, as of one entry: its SQL asked or known already, and what comes of the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from xianfeng.figures import each, periods, tree
from xianfeng.figures.axes import named_parts
from xianfeng.figures.cells import At, Cells, Owed, Plain, Share, Totals, number
from xianfeng.figures.debts import Debts
from xianfeng.figures.each import Column, Members
from xianfeng.figures.interface import Axis, Contribution, Figure, Query, Row, Source, Trace
from xianfeng.figures.questions import Compiler, Questions, Sums, Text
from xianfeng.figures.session import Session
from xianfeng.figures.stretch import Page
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Coverage, Evidenced, Growth, Latest, Measure, Ratio, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.owing import owing
from xianfeng.sentences import say

_CHILDREN, _CHILDREN_NOW, _IN_ORDER = Text(tree.CHILDREN), Text(tree.CHILDREN_NOW), Text(tree.IN_ORDER)


class Asking:
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
            as_of=self._session.as_of,
            totals=self._totals(questions.totals, axis),
            owed=self._owed(questions, axis),
            untold=frozenset(self._sums(questions.untold, axis) if questions.untold else ()),
            places=_places(scheme, measure),
            stock=isinstance(measure, Latest),
        )

    # columns

    def each(self, query: Query, organisations: Sequence[int]) -> Column:
        """The value at each of these organisations, without a `Figure` for every one of them."""
        scheme, measure = self._measure(query)
        match measure:
            case Ratio():
                same = periods.shared(query, scheme, measure)
                return each.share(
                    self.each(replace(same, measure=measure.numerator), organisations),
                    self.each(replace(same, measure=measure.denominator), organisations),
                )
            case Growth():
                later = replace(query, measure=measure.of, since=None)
                before = replace(later, until=measure.since)
                return each.share(self.each(later, organisations), self.each(before, organisations), grown=True)
        questions = self._questions(query, None, "")
        members = self._session.members(organisations)
        debts = self._session.debts(questions.owing) if questions.owing else None
        if not isinstance(measure, Coverage):
            places, stock = _places(scheme, measure), isinstance(measure, Latest)
            column = self._column(questions.totals, members, debts, places=places, stock=stock)
            if questions.untold is None:
                return column
            session = self._session
            _, lacking = members.added(session.everywhere(questions.untold), session.since, session.until)
            return replace(column, floors=lacking & column.known)
        covers = bool(measure.kind)
        part = self._column(questions.totals, members, debts if covers else None)
        return each.share(part, self._column(questions.whole, members, None if covers else debts))

    def _column(
        self,
        sums: Sums | None,
        members: Members,
        debts: Debts | None,
        *,
        places: int | None = None,
        stock: bool = False,
    ) -> Column:
        """As `Plain.at` decides what is 0 and what is not known."""
        session = self._session
        period = session.since, session.until
        values, present = members.added(session.everywhere(sums) if sums else None, *period)
        unknown = np.full(len(members), stock) if debts is None or stock else members.missing(debts, *period)
        return Column(values=values, known=present | ~unknown, places=places)

    def _coverage(self, query: Query, measure: Coverage, axis: Axis | None, field: str) -> Cells:
        """Owed are the records that cover, or, where what a member has covers it, the members."""
        if axis in ("level", "reviewer"):
            raise Problem("figures.axis", "覆盖率不能按审核级别或审核单位细分", hint="可以按下级组织、类别或月份细分。")
        questions = self._questions(query, axis, field)
        asked, as_of = _asked(query, axis), self._session.as_of
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
        known = session.spread(sums)
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
