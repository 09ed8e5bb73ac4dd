"""Who owes a measure: which obligations make organisations file what it is computed from.

A measure that does not say is owed by all obligations on the kind of its evidence that bind organisations to
something. One that names obligations of a role of the scheme is owed by nobody until they bind organisations, and one
that counts where its records are about by nobody at all: no organisation owes what others find about it.
"""

from __future__ import annotations

from xianfeng.scheme.measuring import REGISTRY, SUBJECT, Coverage, Evidenced, Flowing
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import ORGANISATIONS, Obligation


def evidence(measure: Evidenced) -> str:
    """The kind whose records somebody may owe: those that cover, or else the population; '' for the registry alone."""
    match measure:
        case Flowing(kind=kind):
            return kind
        case Coverage(population=population, kind=kind):
            return kind or ("" if population == REGISTRY else population)
    raise TypeError(f"{type(measure).__name__} rests on no records")


def binds_organisations(rule: Obligation) -> bool:
    """Whether an organisation can be missing: not where a role is bound."""
    return rule.of == ORGANISATIONS


def demands(rule: Obligation) -> bool:
    """Whether anything can be missing: an upper bound alone demands nothing."""
    return bool(rule.at_least or rule.exactly)


def is_about(measure: Evidenced) -> bool:
    """Whether a record counts where it is about, whoever filed it."""
    return isinstance(measure, Flowing) and measure.at == SUBJECT


def owing(scheme: Scheme, measure: Evidenced) -> tuple[Obligation, ...]:
    """The obligations that a measure's 应报 and 未报 come from; none when nobody owes it."""
    if is_about(measure):
        return ()
    if measure.owed:
        return tuple(rule for name in measure.owed if binds_organisations(rule := scheme.obligations[name]))
    return tuple(
        rule
        for rule in scheme.obligations.values()
        if rule.kind == evidence(measure) and binds_organisations(rule) and demands(rule)
    )
