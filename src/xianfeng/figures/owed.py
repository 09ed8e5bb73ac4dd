"""Who owes a figure: what stands beside every sum, so that not reported is never taken for zero."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from xianfeng.figures import names, parameters
from xianfeng.figures.contributions import open_places
from xianfeng.scheme.nodes import Flowing, Obligation, Scheme


def obligations(scheme: Scheme, measure: Flowing) -> tuple[Obligation, ...]:
    """The rules that make organisations owe records of the measure's kind; a mere upper bound obliges nobody."""
    return tuple(
        rule
        for rule in scheme.obligations.values()
        if rule.kind == measure.kind and rule.of == "organisations" and (rule.at_least or rule.exactly)
    )


def expected(rules: tuple[Obligation, ...]) -> ir.Table:
    """The organisations that owe, each once: organisation, key. Only within the organisation the scheme binds to."""
    rows = names.organisations(rule.where for rule in rules)
    owing = [names.condition(rule.where, rows) if rule.where else ibis.literal(True) for rule in rules]
    rows = rows.filter(ibis.or_(*owing)).select("id")
    standing = open_places()
    joined = standing.join(rows, standing.organisation == rows.id)
    places = names.PLACES
    roots = places.filter(places.organisation == parameters.root()).select(root_lo="lo", root_hi="hi")
    numbered = places.select(number="id", lo="lo")
    bound = numbered.join(roots, (numbered.lo >= roots.root_lo) & (numbered.lo < roots.root_hi))
    return joined.semi_join(bound, joined.place == bound.number).select("organisation", "key")
