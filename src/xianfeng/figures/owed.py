"""Who owes a figure: what stands beside every sum, so that not reported is never taken for zero."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

from xianfeng.figures import names, parameters
from xianfeng.figures.contributions import open_places
from xianfeng.scheme.obliging import Obligation


def bound(rules: Sequence[Obligation]) -> ir.Table:
    """The organisations that any of these rules binds, each once at a time, and which of them do: organisation, at,
    begins, gone, bound0, bound1, … Only those within the organisation that the scheme binds to."""
    rows = names.ORGANISATIONS
    told = [names.condition(rule.where, rows) if rule.where else ibis.literal(True) for rule in rules]
    named = {f"bound{n}": each.fill_null(False) for n, each in enumerate(told)}
    rows = rows.filter(ibis.or_(*told)).select("id", **named)
    standing = open_places()
    joined = standing.join(rows, standing.organisation == rows.id)
    bounds = _within_the_root()
    return joined.semi_join(bounds, joined["at"] == bounds.number).drop("id")


def _within_the_root() -> ir.Table:
    """The numbers of the places at and below the scheme's organisation."""
    places = names.PLACES
    roots = places.filter(places.organisation == parameters.root()).select(root_lo="lo", root_hi="hi")
    numbered = places.select(number="id", lo="lo")
    return numbered.join(roots, (numbered.lo >= roots.root_lo) & (numbered.lo < roots.root_hi))
