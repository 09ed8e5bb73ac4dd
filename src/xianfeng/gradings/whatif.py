"""What other weights, limits or rules would make of the same figures: how many would change class, and which.

Nothing is written. `reweighed` starts from the points of a proposal; `ruled` from the figures, for a rule that is not
adopted yet but asks nothing of which the books know nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from xianfeng import figures
from xianfeng.figures.ranges import Numbers
from xianfeng.gradings import reading
from xianfeng.gradings.actions import rule_of
from xianfeng.gradings.lines import Facts
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.gradings.points import Points, hundredths
from xianfeng.gradings.proposing import NONE, classed, proposed
from xianfeng.ledger import powers, versions
from xianfeng.log.append import head
from xianfeng.measured import Held
from xianfeng.population import Population
from xianfeng.problems import Problem
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import of_day
from xianfeng.sentences import say


@dataclass(frozen=True)
class Changed:
    """Of each organisation its class before and after ('': none is proposed)."""

    organisations: Numbers
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def moves(self) -> Mapping[tuple[str, str], int]:
        """How many went from which class to which, those that stayed left out."""
        return Counter((one, other) for one, other in zip(self.before, self.after, strict=True) if one != other)

    @property
    def which(self) -> tuple[tuple[int, str, str], ...]:
        """The organisations that would change, each with both classes."""
        rows = zip(self.organisations.tolist(), self.before, self.after, strict=True)
        return tuple(row for row in rows if row[1] != row[2])


def adjusted(rule: Grading, *, weights: Mapping[str, int], classes: Mapping[str, Decimal]) -> Grading:
    """The rule with other weights of its parts and other points of its classes; what is not named stays."""
    parts = {name: replace(part, weight=weights.get(name, part.weight)) for name, part in rule.parts.items()}
    begins = {name: classes.get(name, least) for name, least in rule.classes.items()}
    if sum(part.weight for part in parts.values()) <= 0 or any(part.weight < 0 for part in parts.values()):
        raise Problem("gradings.weights", "权重不能是负数，也不能全是0。", hint="改权重。")
    falling = [*begins.values()]
    if not all(least.is_finite() for least in falling):
        raise Problem("gradings.classes", "起点分数要是数字。", hint="改起点分数。")
    if sorted(falling, reverse=True) != falling or falling[0] > 100 or falling[-1] != 0:
        raise Problem("gradings.classes", "各等级的起点要从高到低，最高100分，最后一等0分。", hint="改起点分数。")
    return replace(rule, parts=MappingProxyType(parts), classes=MappingProxyType(begins))


def reweighed(proposal: Proposal, rule: Grading) -> Changed:
    """`rule`: the proposal's own, adjusted."""
    held = list(ProposalLine.objects.filter(proposal=proposal).order_by("organisation"))
    facts = [Facts.read(line.facts) for line in held]
    organisations = np.array([line.organisation_id for line in held], np.int64)
    keys = [(part.name, name) for part in rule.parts.values() for name in part.indicators]
    found = {
        key: _points([one.points[at] for one in facts], [(one.most or one.points)[at] for one in facts])
        for at, key in enumerate(keys)
    }
    barring = {
        name: Held(np.array([name in one.bars for one in facts]), np.array([name in one.unsure for one in facts]))
        for name in rule.bars
    }
    levels = {quota.within for quota in rule.quotas.values() if quota.within}
    after = classed(rule, found, barring, _within(proposal, levels, organisations) if levels else {})
    return Changed(organisations, tuple(line.grade for line in held), _names(rule, after.grade))


def _within(proposal: Proposal, levels: set[str], organisations: Numbers) -> dict[str, Numbers]:
    root, population = powers.root_of(versions.scheme(proposal.scheme_id)), Population(proposal.as_of)
    return {level: reading.above(population.within(root, proposal.until, level), organisations) for level in levels}


def ruled(scheme: Scheme, grading: str, *, day: dt.date) -> Changed:
    """`scheme`: a version that is not adopted yet, beside the current one; of those whom the new one means."""
    current = versions.current(scheme.name)
    rule, before = rule_of(scheme, grading), rule_of(current, grading)
    for name in rule.measures:
        if current.measures.get(name) != scheme.measures[name]:
            raise Problem(
                "gradings.new_measure",
                say("指标“{title}”是新的，或者口径改了，还没有数。", title=scheme.measures[name].title),
                hint="先采用新的指标，再试算定级。",
            )
    period, root, as_of = of_day(before, current, day), powers.root_of(current), head()
    engine, asked = figures.engine(), (replace(before, where=rule.where), rule)
    both = [
        reading.sheet(current, one, root=root, since=period.since, until=period.until, as_of=as_of, engine=engine)
        for one in asked
    ]
    was, now = (proposed(one, sheet).grade for one, sheet in zip(asked, both, strict=True))
    return Changed(both[1].organisations, _names(before, was), _names(rule, now))


def _points(least: list[Decimal | None], most: list[Decimal | None]) -> Points:
    given, more = (np.array([hundredths(each or Decimal(0)) for each in some], np.int64) for some in (least, most))
    return Points(given, np.array([each is not None for each in least], np.bool_), more)


def _names(rule: Grading, grades: Numbers) -> tuple[str, ...]:
    names = [*rule.classes]
    return tuple("" if grade == NONE else names[grade] for grade in grades.tolist())
