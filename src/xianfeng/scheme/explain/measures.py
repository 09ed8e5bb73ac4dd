"""A measure in one line: what it counts (its definition), its unit, its target, and whether this office chose it."""

from __future__ import annotations

from xianfeng.scheme.definition import define
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.nodes import (
    Count,
    Coverage,
    Distinct,
    Evidenced,
    Flowing,
    Growth,
    Latest,
    Measure,
    Ratio,
    Scheme,
    Sum,
    Target,
)


def statement(measure: Measure, scheme: Scheme, words: Words) -> str:
    told = str(define(scheme, measure.name)) if words.language == "zh" else _english(measure, scheme)
    unit = f"（{measure.unit}）" if measure.unit else ""
    owed = words("owed", obligations=words.join(named)) if (named := _owed(measure, scheme)) else ""
    target = _target(measure.target, measure, scheme, words) if measure.target else ""
    local = words("local", text=measure.local) if measure.local else ""
    return f"**{measure.title}**{unit}{words('colon')}{told}{owed}{target}{local}"


def _owed(measure: Measure, scheme: Scheme) -> list[str]:
    """The obligations that a measure names itself."""
    named = measure.owed if isinstance(measure, Evidenced) else ()
    return [scheme.obligations[name].title for name in named]


def _target(target: Target, measure: Measure, scheme: Scheme, words: Words) -> str:
    due = words("due", day=target.due) if target.due else ""
    if target.field:
        kind = scheme.kinds[target.field[0]]
        value = words("field_target", kind=kind.title, field=kind.fields[target.field[1]].title)
    else:
        value = f"{target.value or 0:f}{measure.unit}"
    local = words("local", text=target.local) if target.local else ""
    return words("target", value=value, due=due) + local


def _english(measure: Measure, scheme: Scheme) -> str:
    """What a measure counts, with formulas as they are written."""
    match measure:
        case Ratio():
            return f"{scheme.measures[measure.numerator].title} / {scheme.measures[measure.denominator].title}."
        case Growth():
            return f"growth of {scheme.measures[measure.of].title} since {measure.since}."
        case Coverage():
            return _english_coverage(measure)
        case Count():
            told = f"number of {measure.kind} records"
        case Sum():
            told = f"sum of {measure.kind}.{measure.field}"
        case Latest():
            told = f"latest {measure.kind}.{measure.field} of each organisation, added up"
        case Distinct():
            told = f"how many different {measure.kind}.{measure.field}"
        case _:
            raise NotImplementedError(type(measure).__name__)
    return told + (_english_terms(measure) if isinstance(measure, Flowing) else "")


def _english_terms(measure: Flowing) -> str:
    where = f", where {measure.where.text}" if measure.where else ""
    dated = f"entering {measure.by.name}" if measure.by.by == "entered" else measure.by.name or "the day it happened"
    return f"{where}; dated by {dated}; {measure.counts} and above."


def _english_coverage(measure: Coverage) -> str:
    where = f" where {measure.where.text}" if measure.where else ""
    matching = f" where {measure.matching.text}" if measure.matching else ""
    having = measure.having.text if measure.having else f"a record of {measure.kind}{matching}"
    return f"share of {measure.population}{where} with {having}."
