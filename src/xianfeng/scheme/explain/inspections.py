"""An inspection by lot in words: from whom, how many, who goes there, and by what it is decided."""

from __future__ import annotations

from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.inspecting import INSPECTOR, Inspection, Inspectors, Stratum
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.sentences import translated


def inspection(each: Inspection, scheme: Scheme, words: Words) -> str:
    """Without its title."""
    drawn = scheme.kinds[each.of] if each.draws_records else None
    whom = words("inspection_records", kind=drawn.title) if drawn else words("organisations")
    whom += _where(each.where, scheme, drawn, words)
    strata = words.join([_stratum(one, scheme, drawn, words) for one in each.strata.values()])
    told = words("inspection", whom=whom, strata=strata, kind=scheme.kinds[each.kind].title)
    told += words("by_measure", measure=scheme.measures[each.by].title) if each.by else ""
    if each.recently:
        told += words("recently", span=words(each.recently.unit, n=each.recently.amount))
    told += _inspectors(each.inspectors, scheme, words) + words(f"draw_{each.draw}")
    return told + (words("local", text=each.local) if each.local else "")


def brief(each: Inspection, scheme: Scheme, words: Words) -> str:
    """How many of which sort, who goes there and by what it is decided, for whoever draws: no conditions."""
    sizes = words.join([_sized(one, "", words) for one in each.strata.values()])
    return sizes + _inspectors(each.inspectors, scheme, words) + words(f"draw_{each.draw}")


def _stratum(each: Stratum, scheme: Scheme, drawn: Kind | None, words: Words) -> str:
    return _sized(each, _where(each.where, scheme, drawn, words) or words("rest"), words)


def _sized(each: Stratum, where: str, words: Words) -> str:
    size = words("drawn_share" if each.size.percent else "drawn_number", n=each.size.number)
    return words("stratum", title=each.title, where=where, size=size)


def _inspectors(each: Inspectors, scheme: Scheme, words: Words) -> str:
    role = words("inspector") if each.of == INSPECTOR else scheme.roles[each.of].title
    lines = words.join([words(f"line_{line}") for line in each.conflicts])
    return words("inspectors", n=each.each, role=role) + (words("avoid", lines=lines) if lines else "")


def _where(condition: Expression | None, scheme: Scheme, drawn: Kind | None, words: Words) -> str:
    return words("where", condition=translated(in_words(condition, scheme, drawn))) if condition else ""
