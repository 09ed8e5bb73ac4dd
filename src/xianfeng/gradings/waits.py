"""What waits in gradings: classes proposed of those directly below, of which nobody has decided."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max

from xianfeng.accounts.abilities import Ability
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import versions
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.registry import places
from xianfeng.registry.models import Place
from xianfeng.scheme import stretches
from xianfeng.sentences import say

WORK = "gradings"


def to_do(waiter: Waiter) -> Iterator[Wait]:
    """Of the last proposal of each grading: whoever stands further up can decide too, but first it is those above."""
    if not waiter.can(Ability.REVIEW):
        return
    last = Proposal.objects.order_by().values("campaign", "grading").annotate(last=Max("id"))
    proposals = Proposal.objects.filter(id__in=last.values("last")).order_by("id")
    below = Place.objects.filter(places.on(waiter.today), parent__organisation=waiter.desk).values("organisation")
    lines = ProposalLine.objects.filter(proposal__in=proposals, organisation__in=below)
    asked = [(number, each) for number, each in lines.values_list("proposal", "organisation")]
    known = {one.id: one for one in proposals}
    done = deciding.decisions_of((known[number], each) for number, each in asked)
    for proposal in proposals:
        left = sum(number == proposal.id and (number, each) not in done for number, each in asked)
        rule = versions.scheme(proposal.scheme_id).gradings[proposal.grading]
        since, until = proposal.since.isoformat(), proposal.until.isoformat()
        yield Wait(
            work=WORK,
            words=say("等您确定的等级"),
            about=say("{title}，{since} 至 {until}", title=rule.title, since=since, until=until),
            said=say("{n} 个", n=left),
            count=left,
            page=("proposal", proposal.id),
        )


def under_way(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OVERLOOK):
        n = _unproposed(waiter)
        words, said = say("到期还没有提出建议的定级"), say("{n} 种", n=n)
        yield Wait(work=WORK, words=words, said=said, count=n, page=("gradings",))


def _unproposed(waiter: Waiter) -> int:
    """Of the periods that ended last."""
    held = Proposal.objects.filter(campaign__in=[one.name for one in waiter.campaigns])
    made = set(held.values_list("campaign", "grading", "since"))
    due = (
        (scheme.name, rule.name, stretch.since)
        for scheme in waiter.campaigns
        for rule in scheme.gradings.values()
        if (stretch := stretches.ended(rule, scheme, waiter.today))
    )
    return sum(one not in made for one in due)
