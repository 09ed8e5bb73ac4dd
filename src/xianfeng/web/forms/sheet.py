"""One kind as a form: which questions it asks, and what was answered, as texts and as the ledger takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.files import Kept
from xianfeng.ledger.values import is_missing
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import following
from xianfeng.web.forms import receipts, written
from xianfeng.web.forms.faults import Fault
from xianfeng.web.forms.names import MOST_CHOICES, Names
from xianfeng.web.record.files import FileLink

PREFIX = "f-"
LEAVING = ".off"  # behind the name of a field: the input of those of its files that shall leave the record
FEW = 5  # choices shown all at once; more are a list to open
_LISTED = 20  # records in a list to open; more are looked for
Typed = Mapping[str, Sequence[str]]  # input -> texts
_YES_OR_NO: Mapping[str, str | Promise] = {"true": _("是"), "false": _("否")}
_FILES = (FieldType.ATTACHMENTS,)
NAMED = (FieldType.ORGANISATION, FieldType.PLACE, FieldType.PERSON)


@dataclass(frozen=True)
class Option:
    value: str
    title: str
    chosen: bool = False


@dataclass(frozen=True)
class Part:
    """One box of a question that has several: a group of a tally."""

    name: str
    title: str
    value: str
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    field: Field
    control: str  # the block of question.html that draws it
    value: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    files: tuple[FileLink, ...] = ()  # that have arrived
    held: tuple[FileLink, ...] = ()  # that the record has already
    leaving: Collection[str] | None = None  # the hashes of those that shall leave it; None where none may
    shown: str = ""  # the name of what a code stands for
    source: str = ""  # where suggestions come from
    needed: bool = False
    prefilled: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        return PREFIX + self.field.name

    @property
    def of_all(self) -> tuple[Fault, ...]:
        """The faults that are of the whole question, and of none of its boxes."""
        return tuple(fault for fault in self.faults if fault.of == fault.field)

    @property
    def error(self) -> str:
        return following(*(fault.told for fault in self.faults))


@dataclass(frozen=True)
class Answers:
    """`values` as the ledger takes them; what could not be understood stands in `problems` and not in `values`."""

    values: Mapping[str, object]
    problems: tuple[Problem, ...]
    files: Mapping[str, Sequence[Kept]]


@dataclass(frozen=True)
class Sheet:
    scheme: Scheme
    kind: Kind
    fields: tuple[Field, ...]
    names: Names

    @classmethod
    def of(cls, scheme: Scheme, kind: Kind, names: Names, *, only: Collection[str] | None = None) -> Sheet:
        """`only`: of these fields; None: those of a filing."""
        among = kind.fields.keys() - kind.said_later if only is None else only
        asked = [
            one for one in kind.fields.values() if not one.retired and one.name not in kind.kept and one.name in among
        ]
        return cls(scheme, kind, tuple(asked), names)

    # What was typed

    def typed(self, posted: MultiValueDict[str, str], uploaded: receipts.Uploaded) -> Typed:
        """What was typed into the inputs of this form; files by their receipts."""
        inputs = {name for field in self.fields for name in inputs_of(field)}
        typed = {name: posted.getlist(name) for name in posted if name in inputs}
        return receipts.received(typed, uploaded, [PREFIX + one.name for one in self.fields if one.type in _FILES])

    def typed_of(self, values: Mapping[str, Any]) -> Typed:
        """Canonical values as they would have been typed."""
        typed: dict[str, Sequence[str]] = {}
        for field in self.fields:
            value = values.get(field.name)
            if value is None:
                continue
            if field.type is FieldType.TALLY:
                typed.update({f"{PREFIX}{field.name}.{group}": [str(n)] for group, n in value.items()})
            elif field.type is FieldType.CHOICES:
                typed[PREFIX + field.name] = list(value)
            elif field.type in NAMED:
                typed[PREFIX + field.name] = [self.names.codes(field.type, [value]).get(value, (str(value), ""))[0]]
            elif field.type is not FieldType.ATTACHMENTS:
                typed[PREFIX + field.name] = [written.shown(field, value)]
        return typed

    def phrase(self, chosen: str) -> Typed:
        """Words that stand ready, as they would have been typed: `reply.done` names a field and one of its phrases."""
        name, _, key = chosen.partition(".")
        found = [one.phrases[key] for one in self.fields if one.name == name and key in one.phrases]
        return {PREFIX + name: found} if found else {}

    def read(self, typed: Typed) -> Answers:
        """What the ledger is handed: every field that the form asks, the blank ones as blank."""
        return self.read_all([typed])[0]

    def read_all(self, rows: Sequence[Typed]) -> list[Answers]:
        for field in self.fields:
            if field.type in NAMED:
                self.names.learn(field.type, (_text(typed, PREFIX + field.name) for typed in rows))
        return [self._read(typed) for typed in rows]

    def told(self, typed: Typed) -> Answers:
        """The same of a record that is there: personal fields are not shown again, so that a blank one says nothing."""
        answers = self.read(typed)
        blank = {one.name for one in self.fields if one.personal and is_missing(answers.values.get(one.name))}
        return replace(answers, values={name: one for name, one in answers.values.items() if name not in blank})

    def _read(self, typed: Typed) -> Answers:
        values: dict[str, object] = {}
        files: dict[str, Sequence[Kept]] = {}
        problems: list[Problem] = []
        for field in self.fields:
            try:
                if field.type in _FILES:
                    files[field.name] = receipts.read_all(typed.get(PREFIX + field.name, ()))
                else:
                    values[field.name] = self._given(field, typed)
            except Problem as problem:
                problems.append(problem.at(field.title, field=field.name))
        return Answers(values, tuple(problems), files)

    def _given(self, field: Field, typed: Typed) -> object:
        name = PREFIX + field.name
        if field.type is FieldType.TALLY:
            boxes = {group: _text(typed, f"{name}.{group}") for group in field.groups}
            return {group: written.taken(field, text) for group, text in boxes.items() if not is_missing(text)}
        if field.type is FieldType.CHOICES:
            chosen = [text for text in typed.get(name, ()) if not is_missing(text)]
            return chosen[0] if len(chosen) == 1 else chosen  # one text may hold several, as in a pasted cell
        text = _text(typed, name)
        if is_missing(text) or not field.type.is_reference:
            return written.taken(field, text)
        return self.names.number(field, text)

    # What is asked

    def questions(
        self,
        typed: Typed,
        *,
        prefilled: Collection[str] = (),
        faults: Iterable[Fault] = (),
        needed: Collection[str] = (),
        held: Mapping[str, tuple[FileLink, ...]] = MappingProxyType({}),
        leaving: Mapping[str, Collection[str]] | None = None,
    ) -> tuple[Question, ...]:
        wrong: dict[str, list[Fault]] = {}
        for fault in faults:
            wrong.setdefault(fault.of, []).append(fault)
        return tuple(
            self._question(
                field,
                typed,
                needed=field.required or field.name in needed,
                prefilled=field.name in prefilled,
                faults=tuple(wrong.get(field.name, ())),
                held=held.get(field.name, ()),
                leaving=None if leaving is None else leaving.get(field.name, ()),
            )
            for field in self.fields
        )

    def _question(self, field: Field, typed: Typed, **about: Any) -> Question:
        text = _text(typed, PREFIX + field.name)
        if field.type.is_category:
            return self._choosing(field, typed, about)
        if field.type in _FILES:
            arrived = receipts.links(typed.get(PREFIX + field.name, ()))
            return Question(field=field, control="files", files=arrived, **about)
        if field.type is FieldType.RECORD:
            return self._record(field, text, about)
        if field.type.is_reference:
            return self._picker(field, text, about)
        # A calendar would show blank what is no date.
        control = "text" if field.type.is_date and text and not _fits_a_calendar(text) else _CONTROLS[field.type]
        return Question(field=field, control=control, value=text, **about)

    def _choosing(self, field: Field, typed: Typed, about: Mapping[str, Any]) -> Question:
        name = PREFIX + field.name
        if field.type is FieldType.TALLY:
            boxes = [(f"{name}.{group}", title) for group, title in field.groups.items()]
            wrong = {fault.anchor: fault.told for fault in about["faults"]}
            parts = tuple(Part(box, title, _text(typed, box), wrong.get(box, "")) for box, title in boxes)
            return Question(field=field, control="tally", parts=parts, **about)
        if field.type is FieldType.CHOICES:
            return Question(
                field=field, control="choices", options=_options(field.choices, typed.get(name, ())), **about
            )
        text = _text(typed, name)
        known = (
            {key: str(said) for key, said in _YES_OR_NO.items()} if field.type is FieldType.BOOLEAN else field.choices
        )
        options = _options(known, [text])
        control = "radio" if len(options) <= FEW else "select"
        return Question(field=field, control=control, value=text, options=options, **about)

    def _record(self, field: Field, text: str, about: Mapping[str, Any]) -> Question:
        kind = self.scheme.kinds[field.of] if field.of else None
        found = self.names.records(self.scheme, kind) if kind else ()
        if kind and len(found) > _LISTED and self.names.seen.reader.signed_in:
            source = f"{reverse('pick_records')}?of={self.scheme.name}/{kind.name}"
            shown = dict(found).get(int(text), "") if text.isascii() and text.isdecimal() else ""
            return Question(field=field, control="picker", value=text, shown=shown, source=source, **about)
        if not found or len(found) > MOST_CHOICES:
            return Question(field=field, control="record", value=text, **about)
        options = _options({str(number): title for number, title in found}, [text])
        return Question(field=field, control="select", value=text, options=options, **about)

    def _picker(self, field: Field, text: str, about: Mapping[str, Any]) -> Question:
        reader = self.names.seen.reader
        person = field.type is FieldType.PERSON
        shown = self.names.called(field.type, [text]).get(text, "") if text else ""
        if not reader.signed_in or (person and not reader.can(Ability.FILE)):
            return Question(field=field, control="code", value=text, shown=shown, **about)
        source = reverse("pick_people" if person else "pick_organisations")
        if person and self.names.at:
            source = f"{source}?{urlencode({'at': self.names.at})}"
        return Question(field=field, control="picker", value=text, shown=shown, source=source, **about)


def inputs_of(field: Field) -> tuple[str, ...]:
    """The names of a field's inputs."""
    name = PREFIX + field.name
    return tuple(f"{name}.{group}" for group in field.groups) if field.type is FieldType.TALLY else (name,)


def _options(choices: Mapping[str, str], chosen: Iterable[str]) -> tuple[Option, ...]:
    taken = {text.strip() for text in chosen}
    return tuple(Option(value, title, value in taken or title in taken) for value, title in choices.items())


def _fits_a_calendar(text: str) -> bool:
    try:
        return bool(dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _text(typed: Typed, name: str) -> str:
    texts = typed.get(name, ())
    return texts[-1] if texts else ""


_CONTROLS: Mapping[FieldType, str] = {
    FieldType.TEXT: "text",
    FieldType.LONG_TEXT: "long_text",
    FieldType.INTEGER: "number",
    FieldType.DECIMAL: "number",
    FieldType.MONEY: "money",
    FieldType.PERCENT: "number",
    FieldType.DATE: "date",
    FieldType.DATETIME: "moment",
}
