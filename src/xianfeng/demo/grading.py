"""Gradings in a campaign that goes on: the last stretch's proposed, decided with one departure, and published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from xianfeng.gradings import actions as gradings
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import actions, powers, versions
from xianfeng.log.actors import Actor
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme import stretches
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme

_BECAUSE = "样例理由：有一件实事季末才办成，受益户还没有登记"


def hold(name: str, *, now: dt.datetime) -> int:
    """Of each grading, the stretch before this one; how many classes are newly decided."""
    scheme = versions.current(name)
    return sum(_held(scheme, rule, now) for rule in scheme.gradings.values())


@transaction.atomic
def _held(scheme: Scheme, rule: Grading, now: dt.datetime) -> int:
    today, by = timezone.localdate(now), replace(powers.office(scheme), at=now)
    last = max((one.until for one in stretches.through(rule, scheme) if one.until < today), default=None)
    if last is None or Proposal.objects.filter(campaign=scheme.name, grading=rule.name).exists():
        return 0
    proposal = gradings.propose(by=by, scheme=scheme.name, grading=rule.name, day=last)
    lines = list(ProposalLine.objects.filter(proposal=proposal).exclude(grade="").order_by("organisation"))
    decided = [
        record
        for above, those in _below(lines, today).items()
        for record in _decided(rule, proposal, those, replace(by, organisation=above), departs=lines[0])
    ]
    for move in _moves(scheme, rule):
        for record in decided:
            actions.move(by=by, record=record, move=move, day=today)
    return len(decided)


def _below(lines: Iterable[ProposalLine], day: dt.date) -> Mapping[int, list[ProposalLine]]:
    """By the organisation right above, which decides."""
    found, lineage = defaultdict[int, list[ProposalLine]](list), Lineage()
    asked = list(lines)
    lineage.learn(line.organisation_id for line in asked)
    for line in asked:
        found[lineage.above(lineage.place(line.organisation_id, day))[1]].append(line)
    return found


def _decided(
    rule: Grading, proposal: Proposal, lines: Iterable[ProposalLine], by: Actor, *, departs: ProposalLine
) -> tuple[int, ...]:
    chosen = {line.organisation_id: "" for line in lines}
    reasons: dict[int, str] = {}
    if departs.organisation_id in chosen:
        chosen[departs.organisation_id] = _other(rule, departs.grade)
        reasons[departs.organisation_id] = _BECAUSE
    day = timezone.localdate(by.moment)
    return deciding.decide(by=by, proposal=proposal.id, chosen=chosen, reasons=reasons, day=day)


def _other(rule: Grading, grade: str) -> str:
    """The class above; of the best, the one below."""
    classes = [*rule.classes]
    at = classes.index(grade)
    return classes[at - 1] if at else classes[1]


def _moves(scheme: Scheme, rule: Grading) -> tuple[str, ...]:
    """The steps from a decision to where everybody reads it, each to a level above the last."""
    flow = scheme.kinds[rule.kind].flow
    way, state = list[str](), flow.initial
    while state != rule.published:
        level = flow.states[state].level.rank
        onwards = (
            one
            for one in flow.moves.values()
            if state in one.origins and not one.needs and flow.states[one.target].level.rank > level
        )
        step = next(onwards, None)
        if step is None:
            break
        way.append(step.name)
        state = step.target
    return tuple(way)
