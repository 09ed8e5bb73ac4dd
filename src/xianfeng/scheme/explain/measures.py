"""What a measure counts, in one sentence (统计口径)."""

from __future__ import annotations

from xianfeng.scheme.explain.formulas import in_words
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.nodes import (
    Count,
    Coverage,
    Distinct,
    Flowing,
    Growth,
    Latest,
    Level,
    Measure,
    Ratio,
    Scheme,
    Sum,
    Target,
)


def statement(measure: Measure, scheme: Scheme, words: Words) -> str:
    parts = [_what(measure, scheme, words)]
    if isinstance(measure, Flowing):
        parts += _how(measure, scheme, words)
    if measure.target:
        parts.append(_target(measure.target, measure, scheme, words))
    if measure.help:
        parts.append(measure.help)
    unit = f"（{measure.unit}）" if measure.unit else ""
    local = words("local", text=measure.local) if measure.local else ""
    return f"**{measure.title}**{unit}{words('colon')}{words('stop').join(parts)}{local}"


def _what(measure: Measure, scheme: Scheme, words: Words) -> str:
    if isinstance(measure, Ratio):
        numerator, denominator = scheme.measures[measure.numerator].title, scheme.measures[measure.denominator].title
        return words("ratio", numerator=numerator, denominator=denominator)
    if isinstance(measure, Growth):
        return words("growth", of=scheme.measures[measure.of].title, since=measure.since)
    if isinstance(measure, Coverage):
        return _coverage(measure, scheme, words)
    if not isinstance(measure, Flowing):
        raise TypeError(f"no words for a {type(measure).__name__}")
    kind = scheme.kinds[measure.kind]
    details = {"kind": kind.title}
    if isinstance(measure, (Sum, Latest, Distinct)):
        field = kind.fields.get(measure.field)
        details["field"] = field.title if field else words("filer")
    types: dict[type[Measure], str] = {Count: "count", Sum: "sum", Latest: "latest", Distinct: "distinct"}
    told = words(types[type(measure)], **details)
    return told + (words("condition", condition=in_words(measure.where, scheme, kind)) if measure.where else "")


def _coverage(measure: Coverage, scheme: Scheme, words: Words) -> str:
    population = scheme.kinds.get(measure.population)
    where = in_words(measure.where, scheme, population) if measure.where else ""
    if measure.having:
        having = in_words(measure.having, scheme, population)
    else:
        kind = scheme.kinds[measure.kind]
        matching = words("where", condition=in_words(measure.matching, scheme, kind)) if measure.matching else ""
        having = words("recorded", kind=kind.title, matching=matching)
    return words(
        "coverage",
        population=population.title if population else words("registry"),
        where=words("where", condition=where) if where else "",
        having=having,
    )


def _how(measure: Flowing, scheme: Scheme, words: Words) -> list[str]:
    kind = scheme.kinds[measure.kind]
    if measure.by.by == "entered":
        dated = words("by_entered", name=kind.flow.states[measure.by.name].title)
    elif measure.by.by == "field":
        dated = words("by_field", name=kind.fields[measure.by.name].title)
    else:
        dated = words("by_date")
    reviewed = [] if measure.counts is Level.FILED else [words("counts", level=words(measure.counts.value))]
    started = [words("since_start")] if measure.since_start else []
    return [dated, *started, *reviewed]


def _target(target: Target, measure: Measure, scheme: Scheme, words: Words) -> str:
    due = words("due", day=target.due) if target.due else ""
    if target.field:
        kind = scheme.kinds[target.field[0]]
        value = words("field_target", kind=kind.title, field=kind.fields[target.field[1]].title)
    else:
        value = f"{(target.value or 0):f}{measure.unit}"
    local = words("local", text=target.local) if target.local else ""
    return words("target", value=value, due=due) + local
