"""What waits in inspections: visits for whoever was drawn to go there, draws that another person is to check."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections.models import DrawnVisit, InspectionPlan
from xianfeng.inspections.stages import OPEN, Stage
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.registry.models import Person
from xianfeng.sentences import say

WORK = "inspections"


def to_do(waiter: Waiter) -> Iterator[Wait]:
    yield from _visits(waiter)
    if waiter.can(Ability.OFFICE):
        typed = _plans(waiter).filter(stage=Stage.TYPED).exclude(typed_by=waiter.person)
        for number, title, approval in typed.order_by("id").values_list("id", "title", "approval"):
            yield Wait(
                work=WORK,
                words=say("等您核对的摇号结果"),
                about=say("{title}（{approval}）", title=title, approval=approval),
                said=say("{n} 份", n=1),
                count=1,
                page=("inspection_draw", number),
            )


def under_way(waiter: Waiter) -> Iterator[Wait]:
    if waiter.can(Ability.OVERLOOK):
        going = _plans(waiter).filter(stage__in=OPEN).count()
        words, said = say("还没有公布结果的督查"), say("{n} 次", n=going)
        yield Wait(work=WORK, words=words, said=said, count=going, page=("inspections",))


def _plans(waiter: Waiter) -> QuerySet[InspectionPlan]:
    return InspectionPlan.objects.filter(scheme__in=[one.name for one in waiter.campaigns])


def _visits(waiter: Waiter) -> Iterator[Wait]:
    """By plan, of those for which this person was drawn."""
    code = Person.objects.filter(id=waiter.person).values("code")[:1]
    left = DrawnVisit.objects.filter(plan__stage=Stage.DRAWN, record=None, missed="", going__code__in=code)
    plans = left.order_by("plan").values_list("plan__title", "plan__approval").annotate(n=Count("id"))
    for title, approval, n in plans:
        yield Wait(
            work=WORK,
            words=say("等您去督查的单位"),
            about=say("{title}（{approval}）", title=title, approval=approval),
            said=say("{n} 个", n=n),
            count=n,
            page=("drawn_visits",),
        )
