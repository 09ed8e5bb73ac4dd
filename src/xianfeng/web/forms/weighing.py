"""Forms weighed before they are filed: all that is wrong with all of them, told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ledger import filing
from xianfeng.ledger.actions import Row
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.values import is_missing
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.web.forms import faults, written
from xianfeng.web.forms.faults import DAY, Fault
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.sheet import Answers, Sheet, Typed, inputs_of
from xianfeng.web.record.steps import Step


@dataclass(frozen=True)
class Filer:
    """Who files: at an office for its own organisation and those below, by a link for one unit only."""

    by: Actor
    own: Node
    names: Names
    free: bool = True  # whether he may file for those below


@dataclass(frozen=True)
class Entry:
    """One form as it was typed; `organisation` None: what was typed for it names nobody below."""

    organisation: Node | None
    day: str
    typed: Typed
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """`rows` are what would be filed, without a reference; meant only when there are no faults."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def weigh(filer: Filer, sheet: Sheet, entries: Sequence[Entry], step: Step, needed: frozenset[str]) -> Weighed:
    """Everything that is wrong, by row: what was not understood, what the ledger would refuse, what is missing."""
    answers = sheet.read_all([entry.typed for entry in entries])
    rows: list[Row] = []
    problems: list[Problem] = []
    for place, (entry, answer) in enumerate(zip(entries, answers, strict=True), start=1):
        day = as_day(entry.day)
        own = [*entry.problems, *answer.problems, *(() if day else (not_a_day(entry.day),))]
        problems.extend(problem.at("", row=place) for problem in own)
        # What is wrong with the rest is told all the same, as if the day and the organisation were plain ones.
        rows.append(_row(filer, entry.organisation or filer.own, day or timezone.localdate(), answer, step))
    refused = filing.check_many(by=filer.by, scheme=sheet.scheme.name, kind=sheet.kind.name, rows=rows)
    found = [fault for problem in problems for fault in faults.told(problem, sheet.kind)]
    found.extend(fault for problem in refused for fault in faults.told(problem, sheet.kind))
    return Weighed(tuple(rows), faults.in_order(_once([*found, *_missing(sheet, entries, needed)]), sheet.kind))


def needed_for(sheet: Sheet, step: Step, *, always: bool = False) -> frozenset[str]:
    """What must be filled in for a step; `always`: all that is required, even where the step would let it wait."""
    required = {one.name for one in sheet.fields if one.required}
    return frozenset({*(required if step.counts or always else ()), *step.needs} - {REASON})


def as_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.day(text))
    except ValueError:
        return None


def not_a_day(text: str) -> Problem:
    if is_missing(text):
        return Problem("web.no_day", gettext("没有填日期。"), hint=gettext("填工作实际发生的那一天。"), field=DAY)
    said = gettext("“{text}”不是日期。").format(text=text.strip()[:20])
    return Problem("ledger.not_a_date", said, hint=gettext("写成 2010-08-30。"), field=DAY)


def _row(filer: Filer, organisation: Node, day: dt.date, answer: Answers, step: Step) -> Row:
    return Row(
        organisation=organisation.id,
        day=day,
        values=answer.values,
        for_=None if organisation.id == filer.own.id else organisation.id,
        state=step.state if step.move else None,
        attachments=answer.files,
    )


def _missing(sheet: Sheet, entries: Sequence[Entry], needed: frozenset[str]) -> Iterable[Fault]:
    """Fields left blank: the ledger asks for them only once everything else is sound."""
    asked = [one for one in sheet.fields if one.name in needed]
    for place, entry in enumerate(entries, start=1):
        for one in asked:
            if all(is_missing(text) for name in inputs_of(one) for text in entry.typed.get(name, ())):
                yield Fault(one.name, one.title, gettext("这一项必须填写。"), one.help, place, "ledger.required")


def _once(found: Iterable[Fault]) -> Iterable[Fault]:
    """The first fault of each field: a second follows from it."""
    known: set[tuple[int, str]] = set()
    for fault in found:
        if not fault.field or (fault.row, fault.field) not in known:
            known.add((fault.row, fault.field))
            yield fault
