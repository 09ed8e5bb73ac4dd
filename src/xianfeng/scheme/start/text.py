"""The YAML of a new scheme, written for people to go on with: short, commented, and without faults."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from xianfeng.scheme.start.sheet import plain
from xianfeng.scheme.start.table import Task
from xianfeng.scheme.whom import Whom


@dataclass(frozen=True, kw_only=True)
class Heading:
    name: str
    title: str
    at: str
    since: dt.date
    until: dt.date

    def lines(self) -> Iterator[str]:
        yield "xianfeng: 1"
        yield f"scheme: {self.name}"
        yield f"title: {quoted(self.title)}"
        yield f"at: {quoted(self.at)}                          # 所属组织的代码"
        yield "include: [core]                        # 通用台账"
        yield f"runs: {{from: {self.since}, to: {self.until}, timezone: Asia/Shanghai}}"


def skeleton(heading: Heading) -> str:
    """A scheme to begin with: one obligation and two measures over the core kinds."""
    return "\n".join(
        [
            *heading.lines(),
            "",
            "obligations:                           # 谁、做什么、多久一次",
            "  commit: {title: 年度承诺, kind: commitment, of: organisations, at_least: 1, every: year, local: 样例}",
            "",
            "measures:                              # 统计指标",
            "  # since_start: true 只算活动开始以后的，不写则同一台账里从前的记录也算；public: true 才对外公开",
            "  commitments: {title: 公开承诺, unit: 条, count: commitment, by: entered(published), since_start: true}",
            "  kept:",
            "    title: 已兑现",
            "    unit: 条",
            "    count: commitment",
            "    where: \"state == 'fulfilled'\"",
            "    by: entered(published)",
            "    since_start: true",
            "  kept_rate: {title: 承诺兑现率, ratio: [kept, commitments], show: percent}",
            "",
        ]
    )


def span(tasks: Sequence[Task], this_year: int) -> tuple[dt.date, dt.date]:
    """The years that the tasks' deadlines name, or this one: a new scheme runs through them."""
    years = [task.due.year for task in tasks if task.due] or [this_year]
    return dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)


def leads(tasks: Iterable[Task]) -> tuple[str, ...]:
    """The units in charge, in the order of the table."""
    return tuple(dict.fromkeys(task.lead for task in tasks if task.lead))


def text_of(heading: Heading, tasks: Sequence[Task], bound: Mapping[str, Whom] = MappingProxyType({})) -> str:
    """A scheme from a table: a register of progress, what each unit in charge owes, a measure for each task.

    `bound`: which organisations the units in charge are; those it leaves out become roles that nobody holds yet.
    """
    owing = _owing(tasks, bound)
    parts = (_roles(owing), _constants(tasks), _kind(tasks), _obligations(tasks, owing), _measures(tasks, owing))
    sections = (list(part) for part in parts)
    return "\n".join([*heading.lines(), *(line for section in sections if section for line in ("", *section)), ""])


@dataclass(frozen=True)
class _Lead:
    """A unit in charge. `role`: what it is called in the file; `whom`: None while it is not known who that is."""

    title: str
    role: str
    whom: Whom | None


def _owing(tasks: Sequence[Task], bound: Mapping[str, Whom]) -> Mapping[str, _Lead]:
    return {
        title: _Lead(title, f"lead_{number}", bound.get(title)) for number, title in enumerate(leads(tasks), start=1)
    }


def _roles(owing: Mapping[str, _Lead]) -> Iterator[str]:
    unbound = [lead for lead in owing.values() if lead.whom is None]
    if unbound:
        yield "roles:                                 # 还没有对应到组织的责任单位"
    for lead in unbound:
        yield f"  {lead.role}: {{title: {quoted(lead.title)}}}"


def _constants(tasks: Sequence[Task]) -> Iterator[str]:
    numbered = [(task, task.amount) for task in tasks if task.amount is not None]
    if numbered:
        yield "constants:                             # 任务分解表里的目标数"
    for task, amount in numbered:
        yield f"  goal_{task.row}: {{title: {quoted(_short(task.title))}, value: {plain(amount)}{_unit(task)}}}"


def _unit(task: Task) -> str:
    return f", unit: {quoted(task.unit)}" if task.unit else ""


def _kind(tasks: Sequence[Task]) -> Iterator[str]:
    yield "kinds:"
    yield "  task_progress:"
    yield "    title: 任务进展"
    yield "    help: 一项任务有进展时填一条"
    yield "    basis: event"
    yield "    fields:"
    yield "      task:"
    yield "        type: choice"
    yield "        title: 任务"
    yield "        required: true"
    yield "        choices:"
    for task in tasks:
        yield f"          row_{task.row}: {quoted(_short(task.title))}"
    yield "      amount: {type: decimal, title: 完成数量, places: 2, min: 0}"
    yield "      finished: {type: boolean, title: 任务已完成}"
    yield "      text: {type: long_text, title: 进展情况}"


def _obligations(tasks: Sequence[Task], owing: Mapping[str, _Lead]) -> Iterator[str]:
    if owing:
        yield "obligations:"
    for lead in owing.values():
        once = [task.row for task in tasks if task.lead == lead.title and not task.every]
        if once:
            yield f"  {_reports(lead)}:"
            yield f"    title: {quoted(f'{lead.title}报告任务进展')}"
            yield from _bound(lead, once)
            yield f"    at_least: {len(once)}"
            yield "    every: quarter"
            note = f"任务分解表第 {'、'.join(map(str, once))} 行；每季度一次是系统默认，请按文件修改"
            yield f"    local: {quoted(note)}"
        for task in tasks:
            if task.lead == lead.title and task.every:
                yield f"  row_{task.row}:"
                yield f"    title: {quoted(f'{lead.title}：{_short(task.title)}')}"
                yield from _bound(lead, [task.row])
                yield f"    at_least: {task.times}"
                yield f"    every: {task.every}"
                said = "，".join(filter(None, (task.goal, task.due_text)))
                note = "：".join(filter(None, (f"任务分解表第 {task.row} 行", said)))
                yield f"    local: {quoted(note)}"


def _reports(lead: _Lead) -> str:
    """What the obligation is called that covers all its tasks that are done once."""
    return f"{lead.role}_reports"


def _bound(lead: _Lead, rows: Sequence[int]) -> Iterator[str]:
    """Whom it binds; only progress with its own tasks meets it."""
    whom = lead.whom or Whom(of=lead.role)
    matching = " or ".join(f"task == 'row_{row}'" for row in rows)
    yield "    kind: task_progress"
    yield f"    of: {whom.of}"
    if whom.where:
        yield f"    where: {quoted(whom.where)}"
    yield f"    matching: {quoted(matching)}"


def _measures(tasks: Sequence[Task], owing: Mapping[str, _Lead]) -> Iterator[str]:
    yield "measures:"
    for task in tasks:
        yield f"  # 第 {task.row} 行，读作：{task.read or '只有文字'}"
        yield from (f"  # 请核对：{doubt}" for doubt in task.doubts)
        yield f"  task_{task.row}:"
        yield f"    title: {quoted(_short(task.measure or task.title))}"
        yield from _counted(task)
        if lead := owing.get(task.lead):
            yield f"    owed: {f'row_{task.row}' if task.every else _reports(lead)}"
        yield f"    help: {quoted(_said(task))}"


def _counted(task: Task) -> Iterator[str]:
    """An amount is summed; what repeats is counted, without a target; the rest is finished or not."""
    due = f", due: {task.due}" if task.due else ""
    where = f"task == 'row_{task.row}'"
    if task.every and task.amount is None:
        yield "    count: task_progress"
        yield f"    where: {quoted(where)}"
    elif task.amount is None:
        yield "    count: task_progress"
        yield f"    where: {quoted(f'{where} and finished')}"
        yield f"    target: {{value: 1{due}}}"
    else:
        if task.unit:
            yield f"    unit: {quoted(task.unit)}"
        yield "    sum: task_progress.amount"
        yield f"    where: {quoted(where)}"
        yield f"    target: {{value: {plain(task.amount)}{due}}}"


def _said(task: Task) -> str:
    """The row as the office wrote it."""
    parts = [f"任务分解表第 {task.row} 行", task.title, task.goal, task.lead, task.due_text]
    return "；".join(part for part in parts if part)


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"


def quoted(text: str) -> str:
    """A YAML double-quoted scalar: JSON's strings are a subset of them."""
    return json.dumps(text[:2000], ensure_ascii=False)
