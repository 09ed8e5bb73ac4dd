"""What the calls of a template have printed: each run, and what it was asked of and got."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from xianfeng.bulletins.markdown import Item
from xianfeng.bulletins.marks import mark
from xianfeng.bulletins.names import Names
from xianfeng.bulletins.numbers import Number, told
from xianfeng.figures.interface import Figure, Figures
from xianfeng.papers.document import FigureRun, Source
from xianfeng.scheme.measuring import Display, Measure
from xianfeng.scheme.nodes import Bulletin, Scheme


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
    sources: list[Source] = field(default_factory=list)
    _numbers: dict[Source, int] = field(default_factory=dict)

    def put(self, item: Item) -> str:
        self.items.append(item)
        return mark(len(self.items) - 1)

    def cite(self, source: Source) -> int:
        """The source's index; the same thing printed twice is one source."""
        if source not in self._numbers:
            self._numbers[source] = len(self.sources)
            self.sources.append(source)
        return self._numbers[source]

    def print(self, source: Source) -> str:
        return self.put(FigureRun(source.text, self.cite(source)))


def measured(figure: Figure, measure: Measure, show: Display, *, source: Source) -> Source:
    """A figure as it is printed. `source` says what was asked; this fills in what came out."""
    return replace(
        source,
        text=str(told(figure, show)),
        is_floor=figure.is_floor,
        value=exact(figure.value),
        unit=measure.unit,
        show=show,
        records=figure.records,
        filed=figure.filed,
        reviewed=figure.reviewed,
        submitted=figure.submitted,
        expected=figure.expected,
        missing=figure.missing,
        as_of=figure.query.as_of or figure.as_of,
    )


def exact(value: Number | None) -> str:
    """A value as a source keeps it; '' for nothing reported."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:f}"
