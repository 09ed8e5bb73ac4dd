"""The findings of a plan as a circular on paper, drafted: who is named, and whether it goes out, a person decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from xianfeng.inspections.following import kind_of, of_plan
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger import calling, powers, versions
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Paragraph, Table, Text
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.types import Level
from xianfeng.sentences import say


def dispatch(row: InspectionPlan) -> Dispatch:
    """Only once the draw is revealed: until then nobody else knows who was drawn."""
    if row.stage != Stage.REVEALED:
        raise Problem("inspections.not_revealed", "抽取结果公布以后才能拟通报。", hint="先办完督查，公布结果。")
    root = powers.root_of(versions.current(row.scheme))
    issuer = tree.named({root}, row.known)[root].name
    visits = row.visits.exclude(record=None).count()
    opening = say(
        "按照“{title}”（{approval}），抽查了{visits}个单位，发现的问题和整改情况如下：",
        title=row.title,
        approval=row.approval,
        visits=visits,
    )
    head = (Text(say("单位")),), (Text(say("问题和整改要求")),), (Text(say("现状")),)
    lines = tuple(_lines(row))
    body = (Paragraph((Text(opening),)), Table((head, *lines))) if lines else (Paragraph((Text(opening),)),)
    return Dispatch(
        issuer=issuer,
        number=say("草稿"),
        title=(say("关于“{title}”", title=row.title), say("督查情况的通报")),
        addressed=say("各有关组织"),
        body=(*body, Paragraph((Text(say("特此通报。")),))),
        dated="",
        synthetic=settings.XIANFENG_SYNTHETIC,
    )


def _lines(row: InspectionPlan) -> Iterator[tuple[tuple[Text, ...], ...]]:
    followed = of_plan(row)
    told = [one for one in (*followed.found, *followed.ordered) if one.level > Level.NONE.rank and one.subject]
    names = tree.named({one.subject for one in told if one.subject}, row.known)
    called = calling.mixed(told)
    for one in sorted(told, key=lambda each: (each.subject or 0, each.id)):
        kind = kind_of(one)
        name = names[one.subject].name if one.subject in names else ""
        yield (Text(name),), (Text(called[one.id]),), (Text(kind.flow.states[one.state].title),)
