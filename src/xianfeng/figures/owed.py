"""Who owes a figure, and who of them has reported nothing: what stands beside every sum."""

from __future__ import annotations

from functools import reduce

from ibis.expr import types as ir

from xianfeng.figures import names, parameters
from xianfeng.figures.contributions import Builder, open_places
from xianfeng.scheme.nodes import Flowing, Obligation, Scheme


def obligations(scheme: Scheme, measure: Flowing) -> tuple[Obligation, ...]:
    """The rules that make organisations owe records of the measure's kind; a mere upper bound obliges nobody."""
    return tuple(
        rule
        for rule in scheme.obligations.values()
        if rule.kind == measure.kind and rule.of == "organisations" and (rule.at_least or rule.exactly)
    )


def expected(rules: tuple[Obligation, ...]) -> ir.Table:
    """The organisations that owe, each once: organisation, key."""
    owing = reduce(lambda left, right: left.union(right), [_owing(rule) for rule in rules]).distinct()
    standing = _within_the_scheme(open_places())
    return standing.semi_join(owing, standing.organisation == owing.id).select("organisation", "key")


def missing(builder: Builder, rules: tuple[Obligation, ...], measure: Flowing) -> ir.Table:
    """Those of them without a record: organisation, key."""
    owing, reported = expected(rules), builder.reported(measure)
    return owing.anti_join(reported, owing.organisation == reported.organisation)


def _owing(rule: Obligation) -> ir.Table:
    rows = names.organisations((rule.where,))
    if rule.where is not None:
        rows = rows.filter(names.condition(rule.where, rows))
    return rows.select("id")


def _within_the_scheme(standing: ir.Table) -> ir.Table:
    places = names.PLACES
    roots = places.filter(places.organisation == parameters.root()).select(root_lo="lo", root_hi="hi")
    numbered = standing.join(places.select("lo", id_="id"), standing.place == places.select("lo", id_="id").id_)
    inside = numbered.join(roots, (numbered.lo >= roots.root_lo) & (numbered.lo < roots.root_hi))
    return inside.select("organisation", "place", "key")
