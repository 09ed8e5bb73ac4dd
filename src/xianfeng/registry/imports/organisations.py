"""A list of organisations: each row's faults, and the rows in an order in which they can begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry import codes
from xianfeng.registry.actions.founding import Founding
from xianfeng.registry.imports.columns import Line, day
from xianfeng.registry.imports.tables import fault
from xianfeng.registry.models import Organisation
from xianfeng.scheme import titles
from xianfeng.sentences import say

_TYPES = {**{title: type_ for type_, title in titles.TYPES.items()}, "党组织": "body", "工作组": "group"}
_LEVELS = {
    **{title: level for level, title in titles.ORGANISATION_LEVELS.items()},
    "总支": "general_branch",
    "支部": "branch",
}
_LONGEST = {"code": 40, "name": 200, "category": 30, "level": 20}


def read(lines: Sequence[Line]) -> tuple[list[Founding], list[Problem]]:
    """The organisations in an order in which each comes after its parent, and every fault of every row."""
    rows: dict[str, Line] = {}
    problems: list[Problem] = []
    for line in lines:
        problems.extend(_line_problems(line))
        code = line["code"]
        if code in rows:
            message = say("代码“{code}”与第 {number} 行重复", code=code, number=rows[code].number)
            problems.append(fault("twice", message, say("一个组织只写一行。"), place=line.place))
        elif code:
            rows[code] = line
    wanted = {line["parent"] for line in rows.values() if line["parent"]}
    there = _there(set(rows) | wanted)
    problems.extend(_relation_problems(rows, there))
    if problems:
        return [], sorted(problems, key=_row_number)
    return [_founding(line) for line in _from_the_top(rows)], []


def _line_problems(line: Line) -> list[Problem]:
    found = [
        fault("empty", say("{title}是空的", title=title), say("补上这一格。"), place=line.place)
        for name, title in (("code", say("代码")), ("name", say("名称")), ("parent", say("上级代码")))
        if not line[name]
    ]
    for name, longest in _LONGEST.items():
        if len(line[name]) > longest:
            found.append(
                fault(
                    "long",
                    say("“{line}…”超过 {longest} 个字", line=line[name][:20], longest=longest),
                    say("写短一些。"),
                    place=line.place,
                )
            )
    if line["type"] and line["type"] not in _TYPES and line["type"] not in _TYPES.values():
        known = "、".join(_TYPES)
        found.append(
            fault(
                "type",
                say("没有“{type}”这种类型", type=line["type"]),
                say("可用：{known}。", known=known),
                place=line.place,
            )
        )
    if line["code"] and (wrong := _code_problem(line)):
        found.append(Problem(wrong.code, wrong.message, hint=wrong.hint, place=line.place))
    founded = _founded(line)
    if isinstance(founded, Problem):
        found.append(founded)
    elif founded is not None and founded > timezone.localdate():
        found.append(
            fault("future", say("成立日期 {founded} 还没有到", founded=founded), say("核对日期。"), place=line.place)
        )
    return found


def _code_problem(line: Line) -> Problem | None:
    if _type(line) == "division":
        return codes.check_division(line["code"])
    return codes.check_social_credit(line["code"]) if len(line["code"]) == 18 else None


def _relation_problems(rows: Mapping[str, Line], there: Mapping[str, Organisation]) -> list[Problem]:
    found = []
    for code, line in rows.items():
        parent = line["parent"]
        if code in there:
            message = say("代码“{code}”已经属于{there}", code=code, there=there[code].name)
            found.append(fault("taken", message, say("去掉这一行，或改用别的代码。"), place=line.place))
        if parent and parent not in rows and parent not in there:
            message = say("上级代码“{parent}”在库里和本文件里都没有", parent=parent)
            found.append(fault("unknown_parent", message, say("核对上级代码，或补上级的一行。"), place=line.place))
        elif parent in there and parent not in rows and there[parent].closed is not None:
            message = say("上级“{there}”已于 {closed} 撤销", there=there[parent].name, closed=there[parent].closed)
            found.append(fault("closed_parent", message, say("换成承接它的组织。"), place=line.place))
        elif _in_circle(code, rows):
            found.append(
                fault("circle", say("“{code}”的上级绕回到自己", code=code), say("核对上级代码。"), place=line.place)
            )
    return found


def _in_circle(code: str, rows: Mapping[str, Line]) -> bool:
    above, seen = rows[code]["parent"], set()
    while above in rows and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = rows[above]["parent"]
    return False


def _there(wanted: set[str]) -> dict[str, Organisation]:
    some = sorted(wanted)
    found: dict[str, Organisation] = {}
    for given in batched(some):
        rows = Organisation.objects.filter(code__in=given)
        found.update({row.code: row for row in rows})
    return found


def _from_the_top(rows: Mapping[str, Line]) -> list[Line]:
    def depth(line: Line) -> int:
        steps = 0
        while line["parent"] in rows:
            line, steps = rows[line["parent"]], steps + 1
        return steps

    return sorted(rows.values(), key=depth)


def _founding(line: Line) -> Founding:
    founded = _founded(line)
    return Founding(
        code=line["code"],
        name=line["name"],
        type=_type(line),
        level=_level(line),
        category=line["category"],
        parent=line["parent"],
        founded=founded if isinstance(founded, dt.date) else None,
    )


def _type(line: Line) -> str:
    return _TYPES.get(line["type"], line["type"] or "unit")


def _level(line: Line) -> str:
    if line["level"]:
        return _LEVELS.get(line["level"], line["level"])
    if _type(line) == "division":
        return codes.division_level(line["code"])
    return {"body": "branch"}.get(_type(line), _type(line))


def _founded(line: Line) -> dt.date | Problem | None:
    return day(line["founded"], line.place) if line["founded"] else None


def _row_number(problem: Problem) -> int:
    digits = "".join(symbol for symbol in problem.place.split("行")[0] if symbol.isdigit())
    return int(digits or 0)
