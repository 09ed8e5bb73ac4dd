"""The YAML of a new scheme, written for people to go on with: short, commented, and without faults."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from xianfeng.scheme.start.table import Task


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
            "  commitments: {title: 公开承诺, unit: 条, count: commitment, by: entered(published)}",
            "  kept:",
            "    {title: 已兑现, unit: 条, count: commitment, where: \"state == 'fulfilled'\", by: entered(published)}",
            "  kept_rate: {title: 承诺兑现率, ratio: [kept, commitments], show: percent}",
            "",
        ]
    )


def text_of(heading: Heading, tasks: Sequence[Task]) -> str:
    """A scheme from a table: a register of progress, a role for each unit in charge, a measure for each task."""
    leads = {lead: f"lead_{number}" for number, lead in enumerate(dict.fromkeys(task.lead for task in tasks), start=1)}
    return "\n".join(
        [
            *heading.lines(),
            "",
            *_roles(leads),
            "",
            *_constants(tasks),
            *_kind(tasks),
            "",
            *_obligations(tasks, leads),
            "",
            *_measures(tasks),
            "",
        ]
    )


def _roles(leads: dict[str, str]) -> Iterator[str]:
    yield "roles:                                 # 责任单位"
    for lead, role in leads.items():
        yield f"  {role}: {{title: {quoted(lead)}}}"


def _constants(tasks: Sequence[Task]) -> Iterator[str]:
    numbered = [task for task in tasks if task.amount is not None]
    if not numbered:
        return
    yield "constants:                             # 任务分解表里的目标数"
    for task in numbered:
        yield f"  goal_{task.row}: {{title: {quoted(_short(task.title))}, value: {task.amount}{_unit(task)}}}"
    yield ""


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


def _obligations(tasks: Sequence[Task], leads: dict[str, str]) -> Iterator[str]:
    yield "obligations:"
    ordered = sorted(tasks, key=lambda task: list(leads).index(task.lead))
    for lead, own in groupby(ordered, key=lambda task: task.lead):
        rows = [task.row for task in own]
        title = quoted(f"{lead}报告任务进展")
        note = quoted(f"任务分解表第 {'、'.join(map(str, rows))} 行；每季度一次是系统默认，请按文件修改")
        yield f"  {leads[lead]}_reports:"
        count = f"at_least: {len(rows)}, every: quarter"
        yield f"    {{title: {title}, kind: task_progress, of: {leads[lead]}, {count}, local: {note}}}"


def _measures(tasks: Sequence[Task]) -> Iterator[str]:
    yield "measures:"
    for task in tasks:
        title = quoted(_short(task.title))
        where = f"\"task == 'row_{task.row}'\""
        finished = f"\"task == 'row_{task.row}' and finished\""
        due = f", due: {task.due}" if task.due else ""
        said = f"    help: {quoted(_said(task))}"
        yield f"  task_{task.row}:"
        yield f"    title: {title}"
        if task.amount is None:
            yield f"    count: task_progress\n    where: {finished}\n    target: {{value: 1{due}}}"
        else:
            unit = f"    unit: {quoted(task.unit)}\n" if task.unit else ""
            yield f"{unit}    sum: task_progress.amount\n    where: {where}\n    target: {{value: {task.amount}{due}}}"
        yield said


def _said(task: Task) -> str:
    """The row as the office wrote it."""
    parts = [f"任务分解表第 {task.row} 行", task.title, task.goal, task.lead, task.due_text]
    return "；".join(part for part in parts if part)


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"


def quoted(text: str) -> str:
    """A YAML double-quoted scalar: JSON's strings are a subset of them."""
    return json.dumps(text[:2000], ensure_ascii=False)
