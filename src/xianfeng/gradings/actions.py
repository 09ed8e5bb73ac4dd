"""Proposing: one entry for everybody in a period, with the digest of its lines."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xianfeng import figures
from xianfeng.gradings import lines, reading
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.gradings.proposing import proposed
from xianfeng.ledger import powers, versions
from xianfeng.log import bulk, counters, steps
from xianfeng.log.actors import Actor
from xianfeng.log.append import append, head
from xianfeng.problems import Problem
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import of_day
from xianfeng.sentences import say

STREAM = "gradings"
_COLUMNS = ("proposal_id", "organisation_id", "place_id", "grade", "total", "facts")


def propose(*, by: Actor, scheme: str, grading: str, day: dt.date) -> Proposal:
    """For the period that holds `day`, from what is in the books now; earlier proposals stay."""
    version = versions.current(scheme)
    powers.refuse_other_offices(version, by, say("提出定级建议"))
    rule = rule_of(version, grading)
    period = of_day(rule, version, day)
    as_of, root = head(), powers.root_of(version)
    sheet = reading.sheet(
        version, rule, root=root, since=period.since, until=period.until, as_of=as_of, engine=figures.engine()
    )
    kept = list(lines.lines(rule, sheet, proposed(rule, sheet)))
    with transaction.atomic():
        (number,) = counters.take(STREAM, 1)
        bulk.insert(ProposalLine, _COLUMNS, ((number, *line) for line in kept))
        told = {
            "number": number,
            "grading": grading,
            "since": period.since,
            "until": period.until,
            "as_of": as_of,
            "lines": len(kept),
            "digest": lines.digest(kept),
        }
        (seq,) = append([steps.entry(STREAM, "propose", by, about=None, version=version.hash, body=told)], by=by)
        del told["number"]
        return Proposal.objects.create(id=number, seq=seq, campaign=scheme, scheme_id=version.hash, **told)


def rule_of(scheme: Scheme, grading: str) -> Grading:
    if grading not in scheme.gradings:
        known = "、".join(scheme.gradings)
        raise Problem(
            "gradings.unknown",
            say("活动“{scheme}”没有名为 {grading} 的定级。", scheme=scheme.title, grading=grading),
            hint=say("已有：{known}。", known=known) if known else say("先在活动方案里写上 gradings。"),
        )
    return scheme.gradings[grading]
