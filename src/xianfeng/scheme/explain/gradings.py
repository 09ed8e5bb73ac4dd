"""A grading in one sentence: whom, by what, into which classes, with which bars and quotas."""

from __future__ import annotations

from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.grading import Bar, Grading, Indicator, Part, Quota
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.titles import ORGANISATION_LEVELS
from xianfeng.sentences import translated


def grading(each: Grading, scheme: Scheme, words: Words) -> str:
    """Without its title."""
    where = words("where", condition=translated(in_words(each.where, scheme, None))) if each.where else ""
    kind = scheme.kinds[each.kind]
    titles = kind.fields[kind.decided.grade].choices if kind.decided else {}
    told = words(
        "grading",
        whom=words("organisations") + where,
        every=words(each.every),
        classes=words.join([words("grade", title=titles[name], points=f"{n:f}") for name, n in each.classes.items()]),
        kind=kind.title,
        parts=words.join([_part(part, scheme, words) for part in each.parts.values()]),
    )
    told += "".join(_bar(bar, scheme, words, titles[bar.at_most]) for bar in each.bars.values())
    told += "".join(_quota(quota, words, titles[quota.grade]) for quota in each.quotas.values())
    if each.published:
        told += words("grading_public", state=translated(kind.flow.states[each.published].title))
    return told + (words("local", text=each.local) if each.local else "")


def _part(part: Part, scheme: Scheme, words: Words) -> str:
    indicators = words.join([_indicator(one, scheme, words) for one in part.indicators.values()])
    return words("graded_part", title=part.title, weight=part.weight, indicators=indicators)


def _indicator(one: Indicator, scheme: Scheme, words: Words) -> str:
    if one.points:
        how = translated(in_words(one.points, scheme, None))
    else:
        how = words.join([words("band", at_least=f"{b.at_least:f}", points=f"{b.points:f}") for b in one.bands])
    title = one.title or translated(scheme.measures[one.measure].title)
    local = words("local", text=one.local) if one.local else ""
    return words("indicator", title=title, full=f"{one.full:f}", how=how) + local


def _bar(bar: Bar, scheme: Scheme, words: Words, title: str) -> str:
    condition = translated(in_words(bar.when, scheme, None))
    return words("bar", title=bar.title, condition=condition, grade=title)


def _quota(quota: Quota, words: Words, title: str) -> str:
    level = translated(ORGANISATION_LEVELS.get(quota.within, quota.within))
    within = words("quota_within", level=level) if level else ""
    local = words("local", text=quota.local) if quota.local else ""
    return words("quota", grade=title, at_most=str(quota.at_most), within=within) + local
