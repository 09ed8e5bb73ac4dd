"""How what people brought was answered, in the campaigns that go on: the shares of matters that a scheme measures,
and what they are not shown without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.besides import with_besides
from xianfeng.scheme.measuring import Measure, Ratio
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.usage import kinds_of
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.figure.measures import measure_lines
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Rate:
    title: str
    number: Cell
    unit: str


@dataclass(frozen=True)
class Rates:
    """Of one campaign at the reader's organisation: its shares, then what stands beside them."""

    scheme: Scheme
    rates: Sequence[Rate]


def rates(own: Node, day: dt.date, seen: Scope) -> tuple[Rates, ...]:
    above = {node.code for node in tree.path(own.id, day)}
    going = (one for one in versions.all_current() if one.at in above and one.since <= day <= one.until)
    found = ((scheme, _measures(scheme, own, seen)) for scheme in going)
    return tuple(Rates(scheme, tuple(_rates(scheme, shown, own, day, seen))) for scheme, shown in found if shown)


def _measures(scheme: Scheme, own: Node, seen: Scope) -> list[Measure]:
    shares = [name for name, one in scheme.measures.items() if isinstance(one, Ratio) and _requested(scheme, one)]
    beside = with_besides(shares, scheme).difference(shares)
    shown = (scheme.measures[name] for name in (*shares, *(name for name in scheme.measures if name in beside)))
    return [one for one in shown if seen.measure(one, own.id)]


def _requested(scheme: Scheme, measure: Measure) -> bool:
    return all(kind.request for kind in kinds_of(scheme, measure))


def _rates(scheme: Scheme, shown: Sequence[Measure], own: Node, day: dt.date, seen: Scope) -> Iterator[Rate]:
    query = Query(scheme=scheme.hash, measure="", organisation=own.id, until=day)
    for line in measure_lines(figures.engine().moment(), scheme, own.code, query, shown, seen=seen):
        number = cells.figure(line.figure, line.text, link=line.link, digits=line.exact)
        yield Rate(line.measure.title, number, line.measure.unit)
