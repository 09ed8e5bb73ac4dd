"""A list of contacts: who holds which role at which organisation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry.imports.columns import Line, day
from xianfeng.registry.imports.tables import fault
from xianfeng.registry.models import Organisation, Person
from xianfeng.sentences import say

_PHONE = re.compile(r"\+?[0-9][0-9\- ]{4,18}")
_IDENTITY = re.compile(r"\d{17}[\dXx]")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """`code` '': the office keeps no key of its own, and one is given."""

    code: str
    name: str
    phone: str
    organisation: int
    role: str
    since: dt.date


def read(lines: Sequence[Line]) -> tuple[list[Contact], list[Problem]]:
    """The contacts in the order of the file, and every fault of every row."""
    there = _organisations({line["organisation"] for line in lines})
    keys = [line["code"] for line in lines if line["code"]]
    taken = set(Person.objects.filter(code__in=keys).values_list("code", flat=True)) if keys else set()
    today = timezone.localdate()
    found: list[Contact] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line in lines:
        since = day(line["since"], line.place) if line["since"] else today
        wrong = _line_problems(line, there)
        if isinstance(since, Problem):
            wrong.append(since)
        if line["code"] in taken:
            wrong.append(
                fault("taken", say("人员编号“{code}”已经使用", code=line["code"]), say("核对编号。"), place=line.place)
            )
        if line["code"] and line["code"] in seen:
            message = say("人员编号与第 {seen} 行重复", seen=seen[line["code"]])
            wrong.append(fault("twice", message, say("一人一个编号；兼职在页面上登记。"), place=line.place))
        seen.setdefault(line["code"], line.number)
        problems.extend(wrong)
        if not wrong and not isinstance(since, Problem):
            found.append(_contact(line, there[line["organisation"]], since))
    return found, problems


def _contact(line: Line, organisation: Organisation, since: dt.date) -> Contact:
    return Contact(
        code=line["code"],
        name=line["name"],
        phone=line["phone"],
        organisation=organisation.id,
        role=line["role"],
        since=since,
    )


def _line_problems(line: Line, there: dict[str, Organisation]) -> list[Problem]:
    found = [
        fault("empty", say("{title}是空的", title=title), say("补上这一格。"), place=line.place)
        for name, title in (("organisation", say("组织代码")), ("name", say("姓名")), ("role", say("职务")))
        if not line[name]
    ]
    organisation = there.get(line["organisation"])
    if line["organisation"] and organisation is None:
        found.append(
            fault(
                "unknown",
                say("没有代码为“{organisation}”的组织", organisation=line["organisation"]),
                say("先导入组织。"),
                place=line.place,
            )
        )
    if organisation is not None and organisation.closed is not None:
        found.append(
            fault(
                "closed",
                say("{organisation}已经撤销", organisation=organisation.name),
                say("换成承接它的组织。"),
                place=line.place,
            )
        )
    if any(_IDENTITY.fullmatch(line[name]) for name in ("code", "phone", "name")):
        found.append(
            fault("identity_number", say("这一行里有身份证号"), say("系统不收集身份证号，请删去。"), place=line.place)
        )
    elif line["phone"] and not _PHONE.fullmatch(line["phone"]):
        found.append(fault("phone", say("电话只能是数字"), say("一格写一个号码。"), place=line.place))
    if len(line["role"]) > 40 or len(line["code"]) > 40:
        found.append(fault("long", say("职务或编号超过 40 个字"), say("写短一些。"), place=line.place))
    return found


def _organisations(wanted: set[str]) -> dict[str, Organisation]:
    some = sorted(wanted - {""})
    found: dict[str, Organisation] = {}
    for codes in batched(some):
        rows = Organisation.objects.filter(code__in=codes)
        found.update({row.code: row for row in rows})
    return found
