"""What always stands beside a measure: a share of matters resolved is never shown without those that were not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Figures, Query
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.figure import evidence
from xianfeng.web.figure.lines import in_table
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Beside:
    """`text` '': nothing was reported."""

    title: str
    text: str
    unit: str
    link: str


def beside(engine: Figures, scheme: Scheme, query: Query, seen: Scope, code: str) -> tuple[Beside, ...]:
    """Of the same place and time, as far as this reader may see them."""
    known = [scheme.measures[name] for name in scheme.measures[query.measure].beside if name in scheme.measures]
    shown = [one for one in known if seen.measure(one, query.organisation)]
    asked = [replace(query, measure=one.name) for one in shown]
    found = engine.figures(asked) if asked else ()
    return tuple(
        Beside(
            one.title,
            in_table(evidence.figure(figure, scheme, one, seen), one),
            one.unit,
            addresses.figure(scheme, each, code),
        )
        for one, each, figure in zip(shown, asked, found, strict=True)
    )
