"""A row on its way into the books: read, weighed and led through its moves, before it has a number.

This is where filing spends its time, so whatever many rows share (a kind's converters, a chain of organisations, an
actor's capacities, the author's way to a state) is worked out once.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from xianfeng.ledger import clocks, files, flow, objecting, writable
from xianfeng.ledger.drafting import Taken
from xianfeng.ledger.forms import Form, Values
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.image import Image
from xianfeng.ledger.masking import masked
from xianfeng.ledger.powers import Powers, handlers, refuse_by_hand, refuse_on_behalf, root_of, wrong_actor
from xianfeng.ledger.prefill import Offers
from xianfeng.ledger.references import Named, resolve
from xianfeng.ledger.values import refuse_unnumbered
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.flowing import AUTHOR, HANDLER
from xianfeng.sentences import say

FILE = "file"  # the first step of every record
LONGEST_REFERENCE = 80

_NOTHING: Mapping[str, object] = MappingProxyType({})
_UNCHANGED = Values({}, {})


class Step(NamedTuple):
    """A move that was made, for work entered after the fact: which, when, and by which organisation's powers."""

    move: str
    day: dt.date
    organisation: int | None = None  # None: the actor's own
    values: Mapping[str, object] = _NOTHING
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A piece of work to be filed. `moves` are the dated steps that led to where it stands (tuples will do)."""

    organisation: int
    day: dt.date
    values: Mapping[str, object]
    reference: str | None = None
    for_: int | None = None
    state: str | None = None  # reached on the same day by the author's own moves
    moves: Sequence[Step | tuple[Any, ...]] = ()
    attachments: files.Given | None = None


class Asked(NamedTuple):
    """A step that a row names, with what was read of it."""

    step: Step
    values: Values
    misread: list[Problem]


@dataclass(slots=True)
class Prepared:
    row: Row
    values: Values
    problems: list[Problem]
    moves: Sequence[Asked]
    steps: list[Taken] = field(default_factory=list)
    prefilled: tuple[str, ...] = ()

    def named(self) -> Iterator[Named]:
        """What its values refer to, each as of the day it was filled in."""
        yield Named(self.values.clear, self.row.day, self.problems)
        for step, values, misread in self.moves:
            if values.clear:
                yield Named(values.clear, step.day, misread)


class Preparation:
    """Prepares the rows of one kind for one actor."""

    def __init__(self, form: Form, by: Actor) -> None:
        self.form = form
        self.by = by
        self.lineage = Lineage()
        self.near = Neighbours(self.lineage)
        self.times = clocks.Times()
        self.powers = Powers(root_of(form.scheme), self.lineage, by)
        self._offers = Offers(form, self.lineage)
        self.today = timezone.localdate(by.moment, ZoneInfo(form.scheme.timezone))
        self._ways: dict[str, tuple[str, ...]] = {}

    def prepare(self, rows: Sequence[Row]) -> list[Prepared]:
        faults = [_fault(row) for row in rows]
        sound = iter(self._prepare([row for row, fault in zip(rows, faults, strict=True) if fault is None]))
        return [
            next(sound) if fault is None else Prepared(row, _UNCHANGED, [fault], ())
            for row, fault in zip(rows, faults, strict=True)
        ]

    def _prepare(self, rows: Sequence[Row]) -> list[Prepared]:
        self.lineage.learn(row.organisation for row in rows)
        offered = self._offers.of([(row.organisation, row.day) for row in rows])
        prepared = [self._read(row, offer) for row, offer in zip(rows, offered, strict=True)]
        if self.form.references:
            resolve(self.form, [named for one in prepared for named in one.named()], self.lineage)
        self.near.learn(self.form.kind, self.form.hops, ((one.row.organisation, one.values.clear) for one in prepared))
        for one in prepared:
            try:
                if not one.problems:
                    self._lead(one)
            except Problem as problem:
                one.problems.append(problem)
            for asked in one.moves:
                if asked.misread:
                    one.problems.extend(asked.misread)
        return prepared

    def _read(self, row: Row, offered: Mapping[str, object]) -> Prepared:
        problems: list[Problem] = []
        values = self.form.read({**offered, **row.values} if offered else row.values, problems)
        if row.attachments:
            files.put(self.form, row.attachments, values.clear, {}, problems)
        prefilled = tuple(sorted(offered.keys() - row.values.keys()))
        moves = [self._asked(step) for step in map(_step, row.moves)]
        return Prepared(row, values, problems, moves, prefilled=prefilled)

    def _asked(self, step: Step) -> Asked:
        misread: list[Problem] = []
        return Asked(step, self.form.read(step.values, misread) if step.values else _UNCHANGED, misread)

    def _lead(self, one: Prepared) -> None:
        row = one.row
        refuse_by_hand(self.form.kind, self.by)
        refuse_on_behalf(row.for_, row.organisation)
        flow.refuse_future(row.day, self.today)
        chain = self.powers.chain(row.organisation, row.day)
        requested = self.form.kind.intake and self.by.kind is ActorKind.COUNTERFOIL
        requested = self._objects(one) or requested
        if not requested and AUTHOR not in self.powers.capacities(chain, for_=row.for_):
            raise wrong_actor((AUTHOR,), self.form.scheme, say("登记{form}", form=self.form.kind.title))
        one.problems.extend(writable.untimely(self.form, one.values))
        image = masked(self.form.kind, self._begun(row, one.values))
        if self.form.must_be_whole(image):
            self.form.complete(image, row.day, self.near, one.problems)
        first = Taken(FILE, row.day, self.by.organisation, image, "", one.values.personal, one.prefilled)
        one.steps.append(first)
        for asked in self._moves(one):
            if one.problems:
                return
            image = self._moved(one, image, asked)
            if asked.misread:
                return

    def _objects(self, one: Prepared) -> bool:
        """Whether it is an objection of whom its record concerns; a Problem where nobody can raise it there."""
        against = one.values.clear.get(self.form.kind.objects)
        if against is None:
            return False
        record = objecting.held(against)
        objecting.refuse(record, self.form.kind, one.values.clear, at=one.row.organisation, day=one.row.day)
        return objecting.concerned(record, by=self.by)

    def _begun(self, row: Row, values: Values) -> Image:
        form, state = self.form, self.form.flow.initial
        image = Image(
            scheme=form.scheme.name,
            kind=form.kind.name,
            register=form.register,
            reference=_reference(row.reference),
            organisation=row.organisation,
            place=self.lineage.place(row.organisation, row.day),
            holder=row.organisation,
            subject=form.subject(values.clear),
            day=row.day,
            state=state,
            level=form.level(state),
            reviewer=None,
            entered={state: row.day.isoformat()},
            values=values.clear,
            personal=dict.fromkeys(values.personal, ""),
            clocks={},
        )
        return self.times.wound(form, None, image, step=FILE, at=clocks.known(self.by, row.day))

    def _moved(self, one: Prepared, image: Image, asked: Asked) -> Image:
        move, day, named, _, reason = asked.step
        chain = self.powers.chain(image.holder, day)
        organisation = self.by.organisation if named is None else named
        capacities = self.powers.capacities(chain, named=named, for_=one.row.for_)
        if self.form.handled and organisation in handlers(self.form.kind, image.values):
            capacities |= {HANDLER}
        made, known = clocks.made(self.by, day, self.today), clocks.known(self.by, day)
        acting = flow.Acting(organisation, capacities, day, made, known, reason)
        taken = flow.step(
            self.form,
            image,
            move,
            acting=acting,
            values=asked.values,
            near=self.near,
            times=self.times,
            today=self.today,
            problems=one.problems,
        )
        one.steps.append(taken)
        return taken.after

    def _moves(self, one: Prepared) -> Iterator[Asked]:
        if one.row.state is not None:
            for move in self._way(one.row.state):
                yield Asked(Step(move, one.row.day), _UNCHANGED, [])
        yield from one.moves

    def _way(self, state: str) -> tuple[str, ...]:
        """The author's shortest way from where records begin to a state."""
        if state not in self._ways:
            self._ways[state] = _authors_way(self.form, state)
        return self._ways[state]


def _fault(row: Row) -> Problem | None:
    """Why a row cannot even be looked up: an organisation or a day that is none."""
    try:
        refuse_unnumbered(row.organisation)
        flow.refuse_impossible(row.day)
        for step in map(_step, row.moves):
            flow.refuse_impossible(step.day)
            if step.organisation is not None:
                refuse_unnumbered(step.organisation)
    except Problem as problem:
        return problem
    return None


def _step(given: Step | tuple[Any, ...]) -> Step:
    return given if isinstance(given, Step) else Step(*given)


def _reference(given: str | None) -> str | None:
    if given is None or given.strip() == "":
        return None
    if len(given) > LONGEST_REFERENCE or not given.isprintable():
        hint = say("最多 {longest_reference} 个可见字符。", longest_reference=LONGEST_REFERENCE)
        raise Problem("ledger.reference_unusable", "自编编号太长或含不可见字符。", hint=hint, place="自编编号")
    return given


def _authors_way(form: Form, state: str) -> tuple[str, ...]:
    if state not in form.flow.states:
        hint = say("可用：{states}。", states="、".join(form.flow.states))
        raise Problem(
            "ledger.unknown_state",
            say("“{form}”没有“{state}”这一状态。", form=form.kind.title, state=state),
            hint=hint,
        )
    ways: deque[tuple[str, tuple[str, ...]]] = deque([(form.flow.initial, ())])
    seen = {form.flow.initial}
    while ways:
        reached, way = ways.popleft()
        if reached == state:
            return way
        for move in form.flow.moves.values():
            if reached in move.origins and AUTHOR in move.by and move.leads(reached) not in seen:
                seen.add(move.target)
                ways.append((move.target, (*way, move.name)))
    title = form.flow.states[state].title
    raise Problem(
        "ledger.not_by_the_author",
        say("填报组织自己不能办到“{title}”。", title=title),
        hint="写明每一步由谁在何时办理（moves），或先登记再办理。",
    )
