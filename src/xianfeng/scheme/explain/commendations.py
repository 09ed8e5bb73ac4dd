"""A commendation in one sentence: which awards and how many, on what conditions, after what."""

from __future__ import annotations

from xianfeng.scheme.commending import Award, Commendation, Condition
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.titles import ORGANISATION_LEVELS
from xianfeng.sentences import translated


def commendation(each: Commendation, scheme: Scheme, words: Words) -> str:
    """Without its title."""
    kind = scheme.kinds[each.kind]
    titles = kind.fields[kind.commended.award].choices if kind.commended else {}
    where = words("where", condition=translated(in_words(each.where, scheme, None))) if each.where else ""
    told = words(
        "commendation",
        every=words(each.every),
        whom=words("organisations") + where,
        awards=words.join([_award(award, titles[award.name], words) for award in each.awards.values()]),
        kind=kind.title,
        noticed=translated(kind.flow.states[each.noticed].title),
    )
    if each.advisory and each.advisory in scheme.evaluations:
        told += words("advisory", title=scheme.evaluations[each.advisory].title)
    told += "".join(_condition(one, scheme, words) for one in each.eligible.values())
    return told + (words("local", text=each.local) if each.local else "")


def _award(award: Award, title: str, words: Words) -> str:
    level = translated(ORGANISATION_LEVELS.get(award.within, award.within))
    within = words("quota_within", level=level) if level else ""
    most = words("award_most", title=title, within=within, at_most=award.at_most) if award.at_most else title
    return most + (words("local", text=award.local) if award.local else "")


def _condition(one: Condition, scheme: Scheme, words: Words) -> str:
    return words("eligible", title=one.title, condition=translated(in_words(one.when, scheme, None)))
