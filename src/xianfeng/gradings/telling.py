"""Why a line has its class, in words: each indicator with its value and points, and what moved the class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xianfeng.gradings.lines import Facts, in_points
from xianfeng.gradings.models import ProposalLine
from xianfeng.scheme.grading import Grading, Indicator, Part
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Pointed:
    """An indicator with what it came to. `value`, `points` None: not known. `is_floor`: the points may be more."""

    part: Part
    indicator: Indicator
    title: str
    value: Decimal | None
    points: Decimal | None
    is_floor: bool


@dataclass(frozen=True, kw_only=True)
class Shared:
    """What a part came to, out of a hundred."""

    part: Part
    share: Decimal
    is_floor: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """`scored`: the class by points alone, '' where these do not say. `moved`: what changed it, a sentence each.
    `is_floor`: the total may be more."""

    indicators: tuple[Pointed, ...]
    shares: tuple[Shared, ...]
    total: Decimal | None
    is_floor: bool
    scored: str
    grade: str
    moved: tuple[str, ...]


def titles(scheme: Scheme, rule: Grading) -> dict[str, str]:
    """Of its classes, as people decide among them."""
    kind = scheme.kinds[rule.kind]
    choices = kind.fields[kind.decided.grade].choices if kind.decided else {}
    return {name: choices.get(name, name) for name in rule.classes}


def told(scheme: Scheme, rule: Grading, line: ProposalLine) -> Told:
    facts, known = Facts.read(line.facts), line.total >= 0
    total = in_points(line.total) if known else None
    held = zip(_indicators(rule), facts.values, facts.points, facts.most or facts.points, strict=True)
    indicators = tuple(
        Pointed(
            part=part,
            indicator=one,
            title=one.title or scheme.measures[one.measure].title,
            value=value,
            points=points,
            is_floor=points != most,
        )
        for (part, one), value, points, most in held
    )
    return Told(
        indicators=indicators,
        shares=tuple(
            Shared(part=part, share=share, is_floor=any(one.is_floor for one in indicators if one.part is part))
            for part, share in zip(rule.parts.values(), facts.shares, strict=True)
        ),
        total=total,
        is_floor=facts.reach is not None,
        scored=_scored(rule, total, facts),
        grade=line.grade,
        moved=tuple(_moved(scheme, rule, total, line.grade, facts)),
    )


def _indicators(rule: Grading) -> Iterator[tuple[Part, Indicator]]:
    return ((part, one) for part in rule.parts.values() for one in part.indicators.values())


def _scored(rule: Grading, total: Decimal | None, facts: Facts) -> str:
    scored = "" if total is None else _by_points(rule, total)
    return scored if facts.reach is None or scored == _by_points(rule, facts.reach) else ""


def _by_points(rule: Grading, total: Decimal) -> str:
    return next(name for name, least in rule.classes.items() if total >= least)


def _moved(scheme: Scheme, rule: Grading, total: Decimal | None, grade: str, facts: Facts) -> Iterator[str]:
    """Bars that held, then what is not known and keeps a class from being proposed, or quotas that were full, each from
    the better class to the worse."""
    if total is None:
        unknown = [one for (_, one), points in zip(_indicators(rule), facts.points, strict=True) if points is None]
        names = "、".join(one.title or str(scheme.measures[one.measure].title) for one in unknown)
        yield say("没有数：{names}；不提出建议。", names=names)
        return
    order, called = [*rule.classes], titles(scheme, rule)
    best = order.index(_by_points(rule, total if facts.reach is None else facts.reach))
    at = order.index(_by_points(rule, total))
    barring = [rule.bars[name] for name in facts.bars if order.index(rule.bars[name].at_most) > best]
    for bar in barring:
        yield say("{title}，最高{grade}。", title=bar.title, grade=called[bar.at_most])
    held = max((order.index(bar.at_most) for bar in barring), default=0)
    at, best = max(at, held), max(best, held)
    if grade:
        for full in order[at : order.index(grade)]:
            most = str(rule.quotas[full].at_most)
            yield say("{grade}名额已满（至多{most}）。", grade=called[full], most=most)
        return
    asked = [rule.bars[name].title for name in facts.unsure if order.index(rule.bars[name].at_most) > best]
    for title in asked:
        yield say("不能确定是否“{title}”：公布的数只是“至少”；不提出建议，由人确定并说明理由。", title=title)
    if at != best:
        numbers = {"least": f"{total:f}", "most": f"{facts.reach:f}"}
        yield say("得分在{least}和{most}之间：公布的数只是“至少”；不提出建议，由人确定并说明理由。", **numbers)
    elif not asked:
        yield say("名额够不够不能确定：有的得分只知道至少多少；不提出建议，由人确定并说明理由。")
