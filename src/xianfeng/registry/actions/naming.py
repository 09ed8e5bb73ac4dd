"""An organisation is called otherwise from a day on; what it was called before stays true for the days before."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.registry.models import Designation, Organisation
from xianfeng.sentences import say


def rename(
    *, organisation: int, day: dt.date, by: Actor, name: str | None = None, code: str | None = None, reason: str = ""
) -> int:
    """A new name, a new code, or both; the entry's number."""
    return _call(organisation, "rename", changes.Decision(day, by, reason), {"name": name, "code": code})


def raise_(
    *,
    organisation: int,
    level: str,
    day: dt.date,
    by: Actor,
    name: str | None = None,
    code: str | None = None,
    category: str | None = None,
    reason: str = "",
) -> int:
    """Another level (升格): a branch becomes a general branch, a county a city; the entry's number."""
    wanted = {"level": level, "name": name, "code": code, "category": category}
    return _call(organisation, "raise", changes.Decision(day, by, reason), wanted)


def _call(organisation: int, action: str, decision: changes.Decision, wanted: dict[str, str | None]) -> int:
    day = decision.day
    with changes.changing():
        node, place = changes.open_on(organisation, day)
        since = _called_since(node)
        if since is not None and since > day:
            raise changes.out_of_order(node, since)
        after = {key: changes.text(value) for key, value in wanted.items() if value is not None}
        if "" in (after.get("name"), after.get("code")):
            raise Problem("registry.empty", "组织要有代码和名称", hint="补上空着的一项。", place=node.code)
        after = {key: value for key, value in after.items() if value != getattr(node, key)}
        if not after:
            raise Problem(
                "registry.unchanged",
                say("{node}没有变化", node=node.name),
                hint="填写新的名称、代码或级别。",
                place=node.code,
            )
        if "code" in after:
            _refuse_taken(after["code"])
        before = {key: getattr(node, key) for key in after}
        former = Designation(
            organisation=node, code=node.code, name=node.name, level=node.level, category=node.category, since=since
        )
        for key, value in after.items():
            setattr(node, key, value)
        seq = changes.event(node, action, decision, place=place.id, before=before, after=after)
        former.until, former.seq = day, seq
        former.save(force_insert=True)
        node.save(update_fields=list(after))
        return seq


def _called_since(node: Organisation) -> dt.date | None:
    last = Designation.objects.filter(organisation=node).aggregate(Max("until"))["until__max"]
    return node.founded if last is None else last


def _refuse_taken(code: str) -> None:
    if not code:
        raise Problem("registry.empty", "代码不能为空", hint="填写新代码。")
    taken = Organisation.objects.filter(code=code).first()
    if taken is not None:
        raise Problem(
            "registry.code_taken",
            say("代码“{code}”已经属于{taken}", code=code, taken=taken.name),
            hint="改用别的代码。",
            place=code,
        )
