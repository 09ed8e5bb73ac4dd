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
    """An indicator with what it came to. `value`, `points` None: not known."""

    part: Part
    indicator: Indicator
    title: str
    value: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """`scored`: the class by points alone, '' where there are none. `moved`: what changed it, a sentence each."""

    indicators: tuple[Pointed, ...]
    shares: tuple[tuple[Part, Decimal], ...]
    total: Decimal | None
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
    scored = _by_points(rule, total) if total is not None else ""
    indicators = zip(_indicators(rule), facts.values, facts.points, strict=True)
    return Told(
        indicators=tuple(
            Pointed(
                part=part,
                indicator=one,
                title=one.title or scheme.measures[one.measure].title,
                value=value,
                points=points,
            )
            for (part, one), value, points in indicators
        ),
        shares=tuple(zip(rule.parts.values(), facts.shares, strict=True)),
        total=total,
        scored=scored,
        grade=line.grade,
        moved=tuple(_moved(scheme, rule, scored, line.grade, facts)),
    )


def _indicators(rule: Grading) -> Iterator[tuple[Part, Indicator]]:
    return ((part, one) for part in rule.parts.values() for one in part.indicators.values())


def _by_points(rule: Grading, total: Decimal) -> str:
    return next(name for name, least in rule.classes.items() if total >= least)


def _moved(scheme: Scheme, rule: Grading, scored: str, grade: str, facts: Facts) -> Iterator[str]:
    """Bars that held, or of which that is not known, then quotas that were full, each from the better class to the
    worse."""
    if not scored:
        unknown = [one for (_, one), points in zip(_indicators(rule), facts.points, strict=True) if points is None]
        names = "、".join(one.title or str(scheme.measures[one.measure].title) for one in unknown)
        yield say("没有数：{names}；不提出建议。", names=names)
        return
    order, called = [*rule.classes], titles(scheme, rule)
    at = order.index(scored)
    for name in facts.bars:
        bar = rule.bars[name]
        if order.index(bar.at_most) > order.index(scored):
            yield say("{title}，最高{grade}。", title=bar.title, grade=called[bar.at_most])
            at = max(at, order.index(bar.at_most))
    for name in facts.unsure:
        if order.index(rule.bars[name].at_most) > at:
            title = rule.bars[name].title
            yield say("不能确定是否“{title}”：公布的数只是“至少”；不提出建议，由人确定并说明理由。", title=title)
    if not grade:
        return
    for full in order[at : order.index(grade)]:
        most = str(rule.quotas[full].at_most)
        yield say("{grade}名额已满（至多{most}）。", grade=called[full], most=most)
