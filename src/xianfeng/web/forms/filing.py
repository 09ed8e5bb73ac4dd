"""A new record on its way from a page into the books: by whom, of whose work, what was typed, what came of it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from xianfeng.ledger import actions, forms, prefill
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage, Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web.forms import faults
from xianfeng.web.forms.faults import Fault
from xianfeng.web.forms.sheet import Question, Sheet, Typed
from xianfeng.web.forms.weighing import Entry, Filer, needed_for, weigh
from xianfeng.web.record import steps
from xianfeng.web.record.steps import Step

_LONGEST_REFERENCE = 64


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
    confirmed_by_unit: bool = False  # a link's: it stays where its flow begins, for the unit itself to take further

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.of(self.scheme, self.kind, self.filer.names)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        found = steps.of_link if self.confirmed_by_unit else steps.of_filing
        return found(self.scheme, self.kind, self.organisation, timezone.localdate())

    def typing(self, typed: Typed) -> Filing:
        """The same with something else typed."""
        return replace(self, typed=typed)

    @property
    def for_(self) -> int | None:
        return None if self.organisation.id == self.filer.own.id else self.organisation.id

    def file(self, action: str) -> Record | tuple[Fault, ...]:
        """The record, or everything that is wrong with the form. The same form again is the same record.

        `action`: of the button that was pressed.
        """
        try:
            step = steps.chosen(self.steps, action)
        except Problem as problem:
            return faults.told(problem, self.kind)
        entry = Entry(self.organisation, self.day, self.typed)
        weighed = weigh(self.filer, self.sheet, [entry], step, self.needed(step))
        if weighed.faults:
            return weighed.faults
        (row,) = weighed.rows
        try:
            return actions.file(
                by=self.filer.by,
                scheme=self.scheme.name,
                kind=self.kind.name,
                organisation=row.organisation,
                day=row.day,
                values=row.values,
                reference=self.reference,
                for_=row.for_,
                state=row.state,
                attachments=row.attachments or {},
            )
        except Problem as problem:
            return faults.told(problem, self.kind)

    def needed(self, step: Step) -> frozenset[str]:
        """By a link everything: whoever confirms it has nothing to add."""
        return needed_for(self.sheet, step, always=self.confirmed_by_unit)


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


def reference_of(request: HttpRequest) -> str:
    """The key under which a form is filed once; a form that lost it gets another."""
    text = request.POST.get("reference", "")
    return text if text.isalnum() and text.isascii() and len(text) <= _LONGEST_REFERENCE else fresh_reference()


def filed(scheme: Scheme, kind: Kind, reference: str) -> bool:
    """Whether a form, or the first row of a grid, is in the books under its key already."""
    known = [reference, f"{reference}-1"]
    return Record.objects.filter(register=scheme.key(kind.name), reference__in=known).exists()


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
        hidden = question.field.name in waits and not (question.faults or question.value or question.files)
        (then if hidden else now).append(question)
    return tuple(now), tuple(then)
