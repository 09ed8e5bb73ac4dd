"""Drafts in one step: a briefing (汇报材料) about an organisation, and the leader's page before a meeting.

Both are documents like a bulletin's, so they open in WPS and Word, print, and have a source sheet; every value in them
is cited. They take no number and close nothing: each says as of which entry it was made.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from xianfeng.bulletins.asking import source_of
from xianfeng.bulletins.citing import Book, Edition, measured
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.numbers import printed, rounds_to_zero
from xianfeng.figures.aims import Standing, standing
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.papers.document import (
    Block,
    Document,
    FigureRun,
    Heading,
    Masthead,
    Paragraph,
    Runs,
    Table,
    Text,
)
from xianfeng.scheme import titles
from xianfeng.scheme.besides import besides, with_besides
from xianfeng.scheme.measuring import Display, Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

Form = Literal["briefing", "page"]
TITLES: Mapping[Form, str] = {"briefing": say("汇报材料"), "page": say("会前一页纸")}
_SHARES, _LARGE = ("percent", "all_or_percent"), ("wan", "yi")  # ways to print a number
_NOTHING = "—"
_ON_THE_PAGE = 6  # measures that leave room for the rest of an A4
_ROOM = 100  # letters of another room on the page: with its title four lines
_NAMED: Mapping[Form, int] = {"briefing": 8, "page": 4}  # organisations told by name in one sentence
_MATTERS: Mapping[Form, int] = {"briefing": 3, "page": 1}  # of each sort


@dataclass(frozen=True)
class Told:
    """What another room has to say: its lines, the gravest first."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`organisation` by id; `measures`: those that the reader may see."""

    scheme: Scheme
    organisation: int
    until: dt.date
    form: Form
    measures: Collection[str]
    engine: Figures
    as_of: int
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A measure with its figure now and a month before."""

    measure: Measure
    now: Figure
    before: Figure

    @property
    def change(self) -> Decimal | None:
        if self.now.value is None or self.before.value is None or self.now.is_floor or self.before.is_floor:
            return None  # of what may be more nobody knows by how much it grew
        return Decimal(self.now.value) - Decimal(self.before.value)

    @property
    def missing(self) -> int:
        return self.now.missing or 0

    @property
    def short(self) -> bool:
        """Whether a target is not reached."""
        return standing(self.now, self.measure.target) is Standing.SHORT


def month_before(day: dt.date) -> dt.date:
    """The same day of the month before, or that month's last."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def briefing(asked: Asked, *, synthetic: bool) -> Document:
    """The document; the table first, then what is late and what a meeting might ask."""
    return _Writing(asked).document(synthetic=synthetic)


class _Writing:
    def __init__(self, asked: Asked) -> None:
        self.asked, self.book = asked, Book()
        title = TITLES[asked.form]
        content = Content(name="briefing", series=title, issuer="", issued=asked.until, title=(), text="")
        self.edition = Edition(
            scheme=asked.scheme, bulletin=content.numbered(0), engine=asked.engine, as_of=asked.as_of
        )
        self.by_name = {line.measure.name: line for line in self._lines()}

    def document(self, *, synthetic: bool) -> Document:
        asked, lines = self.asked, list(self.by_name.values())
        name = self.edition.names.name(asked.organisation, asked.until)
        shown = self._chosen(lines) if asked.form == "page" else lines
        body = (*self._tables(shown), *self._matters(lines), *self._told())
        masthead = Masthead(
            series=TITLES[asked.form],
            number=(),
            issuer=name,
            date=(Text(titles.day(asked.until)),),
            title=((Text(f"{asked.scheme.title}进展情况"),),),
            to=(("说明", f"按第{asked.as_of}条办理记录计算，来源见数据来源单"),),
            synthetic=synthetic,
        )
        return Document(
            masthead=masthead, editors_note=(), body=body, sources=tuple(self.book.sources), dense=asked.form == "page"
        )

    def _lines(self) -> list[_Line]:
        measures = [measure for measure in self.asked.scheme.measures.values() if measure.name in self.asked.measures]
        now = [self._query(measure, self.asked.until) for measure in measures]
        before = [replace(query, until=month_before(self.asked.until)) for query in now]
        found = self.asked.engine.figures([*now, *before])
        pairs = zip(measures, found[: len(now)], found[len(now) :], strict=True)
        return [_Line(measure, figure, earlier) for measure, figure, earlier in pairs]

    def _query(self, measure: Measure, until: dt.date) -> Query:
        return Query(
            scheme=self.asked.scheme.hash,
            measure=measure.name,
            organisation=self.asked.organisation,
            until=until,
            as_of=self.asked.as_of,
        )

    def _chosen(self, lines: Sequence[_Line]) -> list[_Line]:
        """For one page: what has a target, then what moved, then what is missing; in the campaign's own order."""
        first = sorted(
            lines, key=lambda line: (not line.short, line.measure.target is None, not line.change, -line.missing)
        )
        names = (line.measure.name for line in first[: _ON_THE_PAGE - len(self.asked.told)])
        chosen = with_besides(names, self.asked.scheme)
        return [line for line in lines if line.measure.name in chosen]

    def _tables(self, lines: Sequence[_Line]) -> Iterator[Block]:
        if self.asked.form == "page":
            yield self._table(lines)
            return
        sections: dict[str, list[_Line]] = {}
        for line in lines:
            sections.setdefault(line.measure.section, []).append(line)
        for section, group in sections.items():
            if section:
                yield Heading(1, (Text(section),))
            yield self._table(group)

    def _table(self, lines: Sequence[_Line]) -> Table:
        """Columns that would say nothing in any row are left out."""
        columns: dict[str, Callable[[_Line], Runs]] = {
            "指标": lambda line: (
                Text(line.measure.title + (f"（{line.measure.unit}）" if line.measure.unit else "")),
            ),
            "截至本期": lambda line: (self._cited(line.measure, line.now),),
            "上月同日": lambda line: (self._cited(line.measure, line.before),),
            "比上月": lambda line: (Text(_signed(line)),),
        }
        if (
            any(self._near(line) for line in lines) and self.asked.form == "briefing"
        ):  # else they have rows of their own
            columns["并列指标"] = self._beside
        if any(line.measure.target for line in lines):
            columns["目标"] = lambda line: (Text(_target(line.measure) + _unknown(line)),)
        if any(line.now.expected for line in lines):
            columns["未报／应报"] = lambda line: (Text(_owed(line.now)),)
        rows = [tuple(cell(line) for cell in columns.values()) for line in lines]
        return Table((tuple((Text(head),) for head in columns), *rows))

    def _cited(self, measure: Measure, figure: Figure) -> FigureRun:
        source = measured(figure, measure, _exactly(measure), source=source_of(self.edition, figure.query))
        if figure.value is None and not figure.expected:
            source = replace(source, text=_NOTHING)  # nobody owes it, so that nobody failed to report it
        return FigureRun(source.text, self.book.cite(source))

    def _near(self, line: _Line) -> list[_Line]:
        """What the measure is not told without, as far as the reader may see it."""
        return [self.by_name[one.name] for one in besides(line.measure, self.asked.scheme) if one.name in self.by_name]

    def _beside(self, line: _Line) -> Runs:
        """Then and now, as the measure itself is told."""
        return tuple(run for near in self._near(line) for run in self._then_and_now(near))

    def _then_and_now(self, line: _Line, more: str = "") -> Runs:
        return (
            Text(f"“{line.measure.title}”上月同日是"),
            self._cited(line.measure, line.before),
            Text(f"{_unit(line.measure, line.before)}，现在是"),
            self._cited(line.measure, line.now),
            Text(f"{_unit(line.measure, line.now)}{more}。"),
        )

    def _matters(self, lines: Sequence[_Line]) -> Iterator[Block]:
        """What is late and what is short: facts for a meeting, and no judgement."""
        most = _MATTERS[self.asked.form]
        late = sorted((line for line in lines if line.missing), key=lambda line: -line.missing)
        short = [line for line in lines if line.short]
        moved = sorted((line for line in lines if line.change and line.before.value), key=_pace, reverse=True)
        for title, found, told in (
            ("还没有报的", late, self._late),
            ("离目标还差的", short, self._short),
            ("比上月变化大的", moved, self._moved),
        ):
            if found and self.asked.form == "page":
                yield from (Paragraph((Text(f"{title}：", strong=True), *told(line))) for line in found[:most])
                if self.asked.told:  # which the page has room for besides one of these
                    return
            elif found:
                yield Heading(1, (Text(title),))
                yield from (Paragraph(told(line)) for line in found[:most])

    def _told(self) -> Iterator[Block]:
        """Of other rooms: on one page a paragraph each, else a line each."""
        for told in self.asked.told:
            if self.asked.form == "page":
                yield Paragraph((Text(f"{told.title}：", strong=True), Text(f"{_fitting(told)}。")))
            else:
                yield Heading(1, (Text(told.title),))
                yield from (Paragraph((Text(f"{line}。"),)) for line in told.lines)

    def _late(self, line: _Line) -> Runs:
        most = _NAMED[self.asked.form]
        asked = self.asked.engine.missing(line.now.query, limit=most + 1)
        self.edition.names.learn(asked, self.asked.until)
        names = [self.edition.names.name(one, self.asked.until) for one in asked[:most]]
        more = "等" if len(asked) > most else ""
        owed = f"“{line.measure.title}”应报{line.now.expected}个组织，还有{line.missing}个没有报"
        if self.asked.form == "page" and self.asked.told:
            return (Text(f"{owed}。"),)
        told = f"{owed}：{'、'.join(names)}{more}。"
        if line.now.value is None:
            return (Text(told),)
        now = self._cited(line.measure, line.now)
        return (Text(f"{told}现有数据"), now, Text(f"{line.measure.unit}，未报不作零计。"))

    def _short(self, line: _Line) -> Runs:
        told = Text(f"“{line.measure.title}”目标是{_target(line.measure)}，现在是")
        now = Text(f"{_unit(line.measure, line.now)}。")
        return (told, self._cited(line.measure, line.now), now, *self._beside(line))

    def _moved(self, line: _Line) -> Runs:
        return (*self._then_and_now(line, f"，{_signed(line)}"), *self._beside(line))


def _fitting(told: Told) -> str:
    """As many of its lines as there is room for, and of the first as much."""
    first, *rest = told.lines
    text = first if len(first) <= _ROOM else f"{first[: _ROOM - 1]}…"
    for line in rest:
        if len(text) + 1 + len(line) > _ROOM:
            break
        text = f"{text}；{line}"
    return text


def _unit(measure: Measure, figure: Figure) -> str:
    """未报, and not 未报个."""
    return measure.unit if figure.value is not None else ""


def _exactly(measure: Measure) -> Display:
    """In a table every digit stands; shares stay shares, and what the office prints by the million stays so."""
    if measure.show.style in _SHARES:
        return Display(style="percent", places=1)
    return measure.show if measure.show.style in _LARGE else Display()


def _signed(line: _Line) -> str:
    if line.change is None:
        return _NOTHING
    if not line.change:
        return "持平"
    share = line.measure.show.style in _SHARES
    size = abs(line.change) * 100 if share else abs(line.change)
    show = Display(places=1) if share else _exactly(line.measure)
    shown = printed(size, Display() if rounds_to_zero(size, show) else show)
    return f"{'增加' if line.change > 0 else '减少'}{shown}{'个百分点' if share else line.measure.unit}"


def _owed(figure: Figure) -> str:
    return f"{figure.missing}／{figure.expected}" if figure.expected else "无要求"


def _target(measure: Measure) -> str:
    target = measure.target
    if target is None or target.value is None:
        return _NOTHING
    word = "不超过" if target.at_most else ""
    return f"{word}{printed(target.value, target.show or measure.show)}{measure.unit}"


def _unknown(line: _Line) -> str:
    """What is at least so much may be enough."""
    unknown = standing(line.now, line.measure.target) is Standing.UNKNOWN
    return "（是否达到不能确定）" if unknown else ""


def _pace(line: _Line) -> Decimal:
    before = Decimal(line.before.value or 1)
    return abs((line.change or Decimal(0)) / before)
