"""What is under way in commendations: nominations that are not awarded yet. One that waits for somebody to review it
is a record in his inbox."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.scheme.types import Level
from xianfeng.sentences import say

WORK = "commendations"


def under_way(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OVERLOOK):
        n = _nominated(waiter)
        words, said = say("推荐了还没有表彰的"), say("{n} 个", n=n)
        yield Wait(work=WORK, words=words, said=said, count=n, page=("commendations",))


def _nominated(waiter: Waiter) -> int:
    """On their way from nomination to award."""
    count = 0
    for scheme in waiter.campaigns:
        for kind in dict.fromkeys(rule.kind for rule in scheme.commendations.values()):
            ended = {rule.awarded for rule in scheme.commendations.values() if rule.kind == kind}
            held = Record.objects.filter(register=scheme.key(kind), scheme__name=scheme.name)
            count += held.filter(level__gte=Level.FILED.rank).exclude(state__in=ended).count()
    return count
