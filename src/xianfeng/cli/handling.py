"""`xianfeng ledger file | amend | withdraw`: work from a table, and its corrections, under the office's powers.

The campaign office answers for what it brings in this way; what organisations and their superiors do themselves needs
pages and sign-in.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.cli.telling import Teller
from xianfeng.ledger.saying import of_row
from xianfeng.problems import Problem, Problems
from xianfeng.sentences import say, together, translated

if TYPE_CHECKING:
    from xianfeng.ledger.models import Record
    from xianfeng.scheme.flowing import State
    from xianfeng.scheme.nodes import Kind, Scheme

Number = Annotated[int, typer.Argument(metavar="记录", help="记录编号")]
Reason = Annotated[str, typer.Option(help="为什么：写进办理记录")]

AMENDED = say("第 {record} 号记录已更正，办理记录第 {seq} 条。查看：xianfeng ledger show {record}").template
WITHDRAWN = say("第 {record} 号记录已撤销，办理记录第 {seq} 条。查看：xianfeng ledger show {record}").template
_SHOWN = 5


def file(
    scheme: Annotated[str, typer.Argument(metavar="活动", help="活动名，如 fuzhou-2010")],
    kind: Annotated[str, typer.Argument(metavar="台账", help="台账的名称或标题")],
    table: Annotated[Path, typer.Argument(metavar="文件", help="Excel（.xlsx）或 CSV，一行一件工作")],
    *,
    state: Annotated[str, typer.Option(help="登记到哪个状态，如“已报”；不写则停在流程的起点")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="只检查，不写入")] = False,
) -> None:
    """按一张表登记记录：全部登记，或者一行也不登记。表头是组织代码、日期和各栏目的标题。"""
    from django.db import transaction

    from xianfeng.cli import tables
    from xianfeng.ledger import actions, versions

    campaign = versions.current(scheme)
    node = _kind(campaign, kind)
    read = tables.read(table, node, state=_state(node, state))
    for note in read.notes:
        tell(note)
    _refuse(read.problems)
    with transaction.atomic():
        try:
            filed = actions.file_many(by=acting.office(campaign), scheme=scheme, kind=node.name, rows=read.rows)
        except Problems as problems:
            _refuse([_in_sheet(problem, read.numbers) for problem in problems.problems])
        transaction.set_rollback(preview)
    if preview:
        tell(say("{n} 行都可以登记到“{kind}”，没有写入。", n=len(filed), kind=node.title))
    else:
        numbers = together(map(str, filed[:_SHOWN]), by="、")
        told = say(
            "“{kind}”共 {n} 条已登记：第 {numbers} 号。查看：xianfeng ledger show 编号",
            kind=node.title,
            n=len(filed),
            numbers=together((numbers, "…"), by="") if len(filed) > _SHOWN else numbers,
        )
        tell(told)


def amend(
    record: Number,
    values: Annotated[list[str], typer.Argument(metavar="栏目=内容…", help="栏目的名称或标题；等号后不写则清空")],
    reason: Reason,
) -> None:
    """更正一条记录的内容；原来的内容留在经过里。"""
    from xianfeng.ledger import actions

    scheme, kind = _of(record)
    changed = dict(_assignment(kind, each) for each in values)
    actions.amend(by=acting.office(scheme), record=record, values=changed, reason=reason)
    tell(_told(AMENDED, record))
    _remind(record)


def withdraw(
    record: Number,
    reason: Reason,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="只看撤销的是哪一条、能不能撤销，不写入")] = False,
) -> None:
    """撤销一条记录：从此不计入任何数字；经过仍在。已经印进简报的，成为那一期的更正。"""
    from django.db import transaction

    from xianfeng.ledger import actions
    from xianfeng.ledger.history import history

    scheme, _ = _of(record)
    for line in Teller(found(record), scheme, history(record)).heading():
        tell(line)
    with transaction.atomic():
        actions.withdraw(by=acting.office(scheme), record=record, reason=reason)
        transaction.set_rollback(preview)
    if preview:
        tell(say("可以撤销，没有写入。"))
    else:
        tell(_told(WITHDRAWN, record))
    _remind(record)


def _remind(record: int) -> None:
    """What was printed stays printed."""
    from xianfeng.bulletins.models import Closing

    for closing in Closing.objects.filter(as_of__gte=record).select_related("scheme").order_by("id"):
        told = say(
            "第{number}期在它登记以后定稿：印发的数不改，有变化的列为更正（{command}）。",
            number=closing.number,
            command=f"xianfeng bulletin corrections {closing.scheme.name} {closing.bulletin}",
        )
        tell(told)


def found(record: int) -> Record:
    from xianfeng.ledger.models import Record

    row = Record.objects.filter(id=record).first()
    if row is None:
        raise Problem("ledger.unknown_record", say("没有第 {record} 号记录。", record=record), hint="请核对记录编号。")
    return row


def _of(record: int) -> tuple[Scheme, Kind]:
    from xianfeng.ledger import versions

    row = found(record)
    scheme = versions.scheme(row.scheme_id)
    return scheme, scheme.kinds[row.kind]


def _told(done: str, record: int) -> str:
    return say(done, record=record, seq=found(record).seq)


def _kind(scheme: Scheme, given: str) -> Kind:
    """By name or by title."""
    kinds = scheme.kinds.values()
    chosen = next((kind for kind in kinds if given in (kind.name, kind.title)), None)
    if chosen is None:
        message = say("活动“{scheme}”没有台账“{given}”。", scheme=scheme.title, given=given)
        raise Problem("ledger.unknown_kind", message, hint=_offered(kinds))
    return chosen


def _state(kind: Kind, given: str) -> str | None:
    states = kind.flow.states.values()
    chosen = next((state.name for state in states if given in (state.name, state.title)), None)
    if given and chosen is None:
        message = say("“{kind}”没有“{given}”这个状态。", kind=kind.title, given=given)
        raise Problem("ledger.unknown_state", message, hint=_offered(states))
    return chosen


def _offered(nodes: Iterable[Kind | State]) -> str:
    known = together((say("{title}（{name}）", title=node.title, name=node.name) for node in nodes), by="、")
    return say("可用：{known}。", known=known)


def _assignment(kind: Kind, given: str) -> tuple[str, object]:
    from xianfeng.cli import tables

    name, sign, text = given.partition("=")
    if not sign:
        hint = say("写成 栏目=内容，如 人数=12；有空格时整个加引号。")
        raise Problem("ledger.assignment", say("看不懂“{given}”。", given=given), hint=hint)
    field = next((field for field in kind.fields.values() if name in (field.name, field.title)), None)
    return (name, text) if field is None or not text else (field.name, tables.Codes().value(field, text))


def _in_sheet(problem: Problem, numbers: tuple[int, ...]) -> Problem:
    """The ledger counts the rows it was given; a person counts the lines of the sheet."""
    place = problem.place
    if problem.row:
        place = place.replace(translated(of_row(problem.row)), translated(of_row(numbers[problem.row - 1])), 1)
    return Problem(problem.code, problem.message, hint=problem.hint, place=place)


def _refuse(problems: list[Problem] | tuple[Problem, ...]) -> None:
    if problems:
        message = say("有 {n} 处要改，一行也没有登记。", n=len(problems))
        raise Problems([*problems], code="ledger.table", message=message, hint="改好后再登记整个文件。")
