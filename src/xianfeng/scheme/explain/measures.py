"""A measure in one line: what it counts (its definition), its unit, its target, and whether this office chose it."""

from __future__ import annotations

from xianfeng.scheme.definition import define
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.measuring import Evidenced, Measure, Target
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated


def statement(measure: Measure, scheme: Scheme, words: Words) -> str:
    told = translated(define(scheme, measure.name).told)
    unit = words("unit", unit=measure.unit) if measure.unit else ""
    owed = words("owed", obligations=words.join(named)) if (named := _owed(measure, scheme)) else ""
    target = _target(measure.target, measure, scheme, words) if measure.target else ""
    local = words("local", text=measure.local) if measure.local else ""
    return f"**{translated(measure.title)}**{unit}{words('colon')}{told}{owed}{target}{local}"


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
