"""A new record on its way from a page into the books: by whom, of whose work, what was typed, what came of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ledger import actions, filing, forms, prefill
from xianfeng.ledger.actions import Row
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.ledger.values import is_missing
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage, Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.web.forms import faults, steps, written
from xianfeng.web.forms.faults import DAY, Fault
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.sheet import Answers, Question, Sheet, Typed, inputs_of
from xianfeng.web.forms.steps import Step

Files = Mapping[str, Sequence[UploadedFile]]  # field -> what was chosen


@dataclass(frozen=True)
class Filer:
    """Who files, and for whom he may: at an office for those below, by a link for one unit only."""

    by: Actor
    own: Node
    names: Names


@dataclass(frozen=True)
class Filing:
    """`organisation` is whose work it is; of another than the filer's own it is filed on behalf (代填)."""

    filer: Filer
    scheme: Scheme
    kind: Kind
    organisation: Node
    reference: str
    day: str
    typed: Typed
    files: Files = field(default_factory=dict)
    confirmed_by_unit: bool = False  # a link's: it stays where its flow begins, for the unit itself to take further

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.of(self.scheme, self.kind, self.filer.names)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        found = steps.of_filing(self.scheme, self.kind, self.organisation, self.today)
        return found[-1:] if self.confirmed_by_unit else found

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    @property
    def for_(self) -> int | None:
        return None if self.organisation.id == self.filer.own.id else self.organisation.id

    def file(self, step: Step) -> Record | tuple[Fault, ...]:
        """The record, or everything that is wrong with the form. The same form again is the same record."""
        day, answers = _day(self.day), self.sheet.read(self.typed)
        if day is None or answers.problems:
            return self._faults(step, day, answers)
        try:
            with transaction.atomic():
                return self._filed(step, day, answers)
        except Problem as problem:
            told = faults.told(problem, self.kind)
            return faults.in_order((*told, *self._missing(step, told)), self.kind)

    def _filed(self, step: Step, day: dt.date, answers: Answers) -> Record:
        record = actions.file(
            by=self.filer.by,
            scheme=self.scheme.name,
            kind=self.kind.name,
            organisation=self.organisation.id,
            day=day,
            values=answers.values,
            reference=self.reference,
            for_=self.for_,
            state=None if self.files or not step.move else step.state,
        )
        if not self.files:
            return record
        for name, chosen in self.files.items():
            for file in chosen:
                self._attach(record, name, file)
        if not step.move or record.state != self.kind.flow.initial:
            return Record.objects.get(id=record.id)
        return actions.move(by=self.filer.by, record=record.id, move=step.move, day=day, for_=self.for_)

    def _attach(self, record: Record, name: str, file: UploadedFile) -> None:
        try:
            actions.attach(by=self.filer.by, record=record.id, field=name, name=file.name or "", content=file.read())
        except Problem as problem:
            raise problem.at(self.kind.fields[name].title, field=name) from problem

    def _faults(self, step: Step, day: dt.date | None, answers: Answers) -> tuple[Fault, ...]:
        """What was not understood, and what the ledger would say of the rest."""
        problems = list(answers.problems)
        if day is None:
            problems.append(_not_a_day(self.day))
        else:
            state = step.state if step.move else None
            row = Row(
                organisation=self.organisation.id, day=day, values=answers.values, for_=self.for_, state=state
            )
            problems.extend(
                filing.check_many(by=self.filer.by, scheme=self.scheme.name, kind=self.kind.name, rows=[row])
            )
        first: dict[str, Fault] = {}
        whole: list[Fault] = []
        for problem in problems:
            for fault in faults.told(problem, self.kind):
                if fault.field:
                    first.setdefault(fault.field, Fault(fault.field, fault.title, fault.message, fault.hint))
                else:
                    whole.append(fault)
        told = [*first.values(), *whole]
        return faults.in_order((*told, *self._missing(step, told)), self.kind)

    def _missing(self, step: Step, told: Iterable[Fault]) -> list[Fault]:
        """Required fields left blank: the ledger asks for them only once everything else is sound."""
        known = {fault.field for fault in told}
        return missing(self.sheet, self.typed, needed=self.needed(step), known=known)

    def needed(self, step: Step) -> frozenset[str]:
        """What must be filled in for a step; by a link everything, for whoever confirms it has nothing to add."""
        required = {one.name for one in self.sheet.fields if one.required and one.type is not FieldType.ATTACHMENTS}
        return frozenset({*(required if step.counts or self.confirmed_by_unit else ()), *step.needs} - {REASON})


def missing(sheet: Sheet, typed: Typed, *, needed: frozenset[str], known: Iterable[str]) -> list[Fault]:
    """A fault for each of these fields in which nothing was typed."""
    blank = [
        one
        for one in sheet.fields
        if one.name in needed - set(known)
        and all(is_missing(text) for name in inputs_of(one) for text in typed.get(name, ()))
    ]
    return [
        Fault(one.name, one.title, gettext("这一项必须填写。"), one.help, code="ledger.required") for one in blank
    ]


def prefilled(scheme: Scheme, kind: Kind, organisation: Node, day: dt.date) -> Mapping[str, object]:
    """What a new record of an organisation starts from."""
    form = forms.form(scheme.hash, kind.name)
    return prefill.Offers(form, Lineage()).of([(organisation.id, day)])[0]


def usual_day(scheme: Scheme, organisation: Node, kind: Kind) -> dt.date:
    """Today; of a campaign that is over, the day of the last record of this kind there."""
    today = timezone.localdate()
    if today <= scheme.until:
        return today
    filed = Record.objects.filter(organisation=organisation.id, register=scheme.key(kind.name)).order_by("-day")
    return filed.values_list("day", flat=True).first() or scheme.until


def fresh_reference() -> str:
    return secrets.token_hex(16)


def later(kind: Kind) -> frozenset[str]:
    """Fields that are asked only when the record goes on: a new form does not begin with them."""
    flow = kind.flow
    wanted = {
        name
        for move in flow.moves.values()
        if flow.initial not in move.origins or flow.states[flow.initial].level.rank
        for name in move.needs
    }
    return frozenset(name for name in wanted if name in kind.fields and not kind.fields[name].required)


def split(questions: Iterable[Question], kind: Kind) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What is asked now, and what can wait; whatever is wrong or filled in already is in sight."""
    waits = later(kind)
    now: list[Question] = []
    then: list[Question] = []
    for question in questions:
        hidden = question.field.name in waits and not question.faults and not question.value
        (then if hidden else now).append(question)
    return tuple(now), tuple(then)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written.day(text))
    except ValueError:
        return None


def _not_a_day(text: str) -> Problem:
    if is_missing(text):
        return Problem("web.no_day", gettext("没有填日期。"), hint=gettext("填工作实际发生的那一天。"), field=DAY)
    return Problem(
        "ledger.not_a_date",
        gettext("“{text}”不是日期。").format(text=text[:20]),
        hint=gettext("写成 2010-08-30。"),
        field=DAY,
    )


