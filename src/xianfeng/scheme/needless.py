"""What is asked and nothing uses: questions that no figure, check, step or reader in public needs.

They are proposals, not faults: a long text may be worth keeping for itself. Whoever drops one lightens a form.
"""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.measuring import Coverage, Flowing, Measure
from xianfeng.scheme.nodes import Field, Kind, Scheme


def needless(scheme: Scheme, kind: Kind) -> tuple[Field, ...]:
    """The questions of a kind that nothing in this scheme reads."""
    read = {name for at, name in _read(scheme) if at == kind.name}
    return tuple(
        field
        for field in kind.fields.values()
        if not (field.retired or field.public or field.prefill or field.name in read)
    )


def _read(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Every field that something reads, with its kind."""
    for measure in scheme.measures.values():
        yield from _of_measure(scheme, measure)
    for rule in scheme.obligations.values():
        yield from _of_formula(scheme, rule.kind, rule.matching)
    for kind in scheme.kinds.values():
        yield from ((kind.name, name) for name in _marking(kind))
        yield from _of_formula(scheme, kind.name, kind.check)
        for field in kind.fields.values():
            yield from _of_formula(scheme, kind.name, field.check)
        for move in kind.flow.moves.values():
            yield from ((kind.name, name) for name in move.needs)
            yield from _of_formula(scheme, kind.name, move.when)


def _marking(kind: Kind) -> tuple[str, ...]:
    """The fields that its marks name."""
    due = kind.promise.due if kind.promise else ""
    roles = (*kind.request.roles.values(), *kind.request.shown) if kind.request else ()
    return (kind.subject, kind.calendar, kind.publishes, due, *roles, *kind.called)


def _of_measure(scheme: Scheme, measure: Measure) -> Iterator[tuple[str, str]]:
    if measure.target and measure.target.field:
        yield measure.target.field
    if isinstance(measure, Flowing):
        yield measure.kind, getattr(measure, "field", "")
        yield measure.kind, measure.by.name
        yield from _of_formula(scheme, measure.kind, measure.where)
    if isinstance(measure, Coverage):
        yield measure.kind, measure.field
        yield from _of_formula(scheme, measure.kind, measure.matching)
        for formula in (measure.where, measure.having):
            yield from _of_formula(scheme, measure.population, formula)


def _of_formula(scheme: Scheme, kind: str, formula: Expression | None) -> Iterator[tuple[str, str]]:
    """What a formula over a kind's records names, and what lies one hop behind it."""
    for path in formula.names if formula else ():
        name, _, behind = path.partition(".")
        yield kind, name
        field = scheme.kinds[kind].fields.get(name) if kind in scheme.kinds else None
        if behind and field is not None and field.of:
            yield field.of, behind
