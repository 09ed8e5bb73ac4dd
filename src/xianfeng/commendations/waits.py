"""What is under way in commendations: nominations that are not awarded yet. One that waits for somebody to review it
is a record in his inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import Level
from xianfeng.sentences import say

WORK = "commendations"


def under_way(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OVERLOOK):
        n = nominated(waiter.campaigns).count()
        words, said = say("推荐了还没有表彰的"), say("{n} 个", n=n)
        yield Wait(work=WORK, words=words, said=said, count=n, page=("commendations",))


def nominated(campaigns: Iterable[Scheme]) -> QuerySet[Record]:
    """On their way from nomination to award."""
    found = Q(pk__in=[])
    for scheme in campaigns:
        for kind in dict.fromkeys(rule.kind for rule in scheme.commendations.values()):
            ended = {rule.awarded for rule in scheme.commendations.values() if rule.kind == kind}
            found |= Q(register=scheme.key(kind), scheme__name=scheme.name) & ~Q(state__in=ended)
    return Record.objects.filter(found, level__gte=Level.FILED.rank)
