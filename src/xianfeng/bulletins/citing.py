"""What the calls of a template have printed: each run, and what it was asked of and got."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from xianfeng.bulletins.document import FigureRun, Source
from xianfeng.bulletins.markdown import Item
from xianfeng.bulletins.marks import mark
from xianfeng.bulletins.names import Names
from xianfeng.bulletins.numbers import Number, printed
from xianfeng.figures.interface import Axis, Figure, Figures, Query
from xianfeng.scheme.nodes import Bulletin, Display, Measure, Scheme


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Which row of a query's breakdown: `key` as text ('350121', '2010-08-01', a category)."""

    axis: Axis
    field: str
    key: str | None


@dataclass(frozen=True, kw_only=True)
class Cited:
    """One thing printed. `query` and `figure` are None for what the scheme itself states; `row` for a whole figure."""

    source: Source
    query: Query | None = None
    figure: Figure | None = None
    row: Slice | None = None
    show: Display = field(default_factory=Display)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is being composed: a bulletin of a scheme version, on an engine, as of an entry."""

    scheme: Scheme
    bulletin: Bulletin
    engine: Figures
    as_of: int
    names: Names = field(default_factory=Names)


@dataclass
class Book:
    """The runs that marks stand for, and the sources they come from, in the order of printing."""

    items: list[Item] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    _places: dict[Cited, int] = field(default_factory=dict)

    def put(self, item: Item) -> str:
        self.items.append(item)
        return mark(len(self.items) - 1)

    def cite(self, cited: Cited) -> int:
        """The source's index; the same thing printed twice is one source."""
        if cited not in self._places:
            self._places[cited] = len(self.cited)
            self.cited.append(cited)
        return self._places[cited]

    def print(self, cited: Cited) -> str:
        return self.put(FigureRun(cited.source.text, self.cite(cited)))


def measured(figure: Figure, measure: Measure, show: Display, *, source: Source, row: Slice | None = None) -> Cited:
    """A figure as it is printed. `source` says where and when; this fills in what came out."""
    return Cited(
        source=replace(
            source,
            text=printed(figure.value, show),
            value=exact(figure.value),
            unit=measure.unit,
            records=figure.records,
            filed=figure.filed,
            reviewed=figure.reviewed,
            submitted=figure.submitted,
            expected=figure.expected,
            missing=figure.missing,
            as_of=figure.query.as_of or figure.as_of,
        ),
        query=figure.query,
        figure=figure,
        row=row,
        show=show,
    )


def exact(value: Number | None) -> str:
    """A value as a source keeps it; '' for nothing reported."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:f}"
