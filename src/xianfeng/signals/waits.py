"""What waits in signals: for whoever is asked about his own records, then for his campaign's office."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.sentences import say
from xianfeng.signals import answering
from xianfeng.signals.models import standing

WORK = "signals"


def to_do(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.FILE):
        asked = standing().filter(organisation__in=waiter.own, explained=None).count()
        yield _wait("signals", say("等本单位说明的提示"), asked)
    if waiter.can(Ability.OFFICE):
        told = answering.told([one.name for one in waiter.campaigns], waiter.today).count()
        yield _wait("told_signals", say("等办公室核实的提示"), told)


def _wait(page: str, words: str, n: int) -> Wait:
    return Wait(work=WORK, words=words, about=say("失真提示"), said=say("{n} 条", n=n), count=n, page=(page,))
