"""A kind, compiled for filing: what a person hands in becomes canonical values, or all that is wrong with it."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from xianfeng.ledger import hops, versions
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.image import Image
from xianfeng.ledger.values import Converter, converter, is_missing
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.build.names import OVERDUE
from xianfeng.scheme.flowing import Flow
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say

Given = Mapping[str, object]


class Values(NamedTuple):
    """Canonical values as handed in: `clear` go into the entry, `personal` to the vault, `emptied` were wiped out."""

    clear: dict[str, Any]
    personal: dict[str, str]
    emptied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One kind of one scheme version. `problems` lists are filled, never raised from here: the caller has more rows."""

    scheme: Scheme
    kind: Kind
    register: str
    converters: Mapping[str, Converter]
    personal: frozenset[str]
    retired: frozenset[str]
    figures: frozenset[str]
    references: tuple[Field, ...]
    required: tuple[Field, ...]
    checked: tuple[Field, ...]
    hops: tuple[str, ...]
    prefilled: tuple[Field, ...]
    kept: frozenset[str]  # what only moves set
    counts: Mapping[str, int]  # the numbers among them, which begin at 0
    asks_overdue: bool
    handled: bool  # whether its records name organisations that handle them
    mentioning: tuple[str, ...]  # the fields that name another record, or who acts on this one

    @property
    def flow(self) -> Flow:
        return self.kind.flow

    def read(self, given: Given, problems: list[Problem]) -> Values:
        """Convert what was handed in. Fields nobody named stay as they are; a blank one is emptied."""
        clear: dict[str, Any] = {}
        personal: dict[str, str] = {}
        emptied: list[str] = []
        converters, kept_apart, retired = self.converters, self.personal, self.retired
        for name, value in given.items():
            convert = converters.get(name)
            if convert is None:
                problems.append(self._unknown(name))
            elif name in self.kept:
                problems.append(
                    self.told(name, Problem("ledger.kept", "这一项由系统自动记下，不用填。", hint="请留空。"))
                )
            elif is_missing(value):
                emptied.append(name)
            elif name in retired:
                problems.append(self.told(name, Problem("ledger.retired", "这一项已停用，不再填写。", hint="请留空。")))
            else:
                try:
                    canonical = convert(value)
                except Problem as problem:
                    each = problem.problems if isinstance(problem, Problems) else (problem,)
                    problems.extend(self.told(name, one) for one in each)
                    continue
                if name in kept_apart:
                    personal[name] = canonical if isinstance(canonical, str) else str(canonical)
                else:
                    clear[name] = canonical
        return Values(clear, personal, tuple(emptied))

    def complete(self, image: Image, today: dt.date, near: Neighbours, problems: list[Problem]) -> None:
        """What a record must satisfy once it counts: its required fields, its fields' checks, its kind's check.

        A draft may be as unfinished as its author likes.
        """
        values = image.values
        for field in self.required:
            if field.name not in values and field.name not in image.personal:
                problem = Problem("ledger.required", "这一项必须填写。", hint=field.help or "请补填后再提交。")
                problems.append(self.told(field.name, problem))
        if not self.checked and self.kind.check is None:
            return
        row = self.row(image, today, near)
        for field in self.checked:
            check = field.check
            if field.name in values and check is not None and check.value(row, today=today) is not True:
                problem = Problem("ledger.check", "填写的内容不符合要求。", hint=say("要求：{check}", check=check.text))
                problems.append(self.told(field.name, problem))
        check = self.kind.check
        if check is not None and check.value(row, today=today) is not True:
            problems.append(
                Problem(
                    "ledger.check",
                    "各项之间不一致。",
                    hint=say("要求：{check}", check=in_words(check, self.scheme, self.kind)),
                    place=self.kind.title,
                )
            )

    def must_be_whole(self, image: Image) -> bool:
        """Whether it must satisfy that already: it counts, or shows what another record keeps to itself."""
        return bool(image.level or self.kind.publishes)

    def subject(self, values: Mapping[str, Any]) -> int | None:
        """Whom or what the record is about, where that has a number of its own."""
        about = values.get(self.kind.subject)
        return about if isinstance(about, int) and not isinstance(about, bool) else None

    def row(self, image: Image, day: dt.date, near: Neighbours) -> Mapping[str, object]:
        """The record as the kind's formulas see it."""
        return {**self.counts, **hops.row(self.kind, self.hops, image, day, near)}

    def level(self, state: str) -> int:
        return self.flow.states[state].level.rank

    def where(self, name: str) -> str:
        """Where a problem is, in the words of the page: the field's title."""
        return self.kind.fields[name].title if name in self.kind.fields else name

    def told(self, name: str, problem: Problem) -> Problem:
        """A problem of this field."""
        return problem.at(self.where(name), field=name)

    def _unknown(self, name: str) -> Problem:
        known = {key: f"{field.title}（{key}）" for key, field in self.kind.fields.items() if key not in self.retired}
        by_title = {field.title: key for key, field in self.kind.fields.items() if key in known}
        near = difflib.get_close_matches(name, [*known, *by_title], n=1)
        hint = (
            say("是不是{known}？", known=known[by_title.get(near[0], near[0])])
            if near
            else say("可填：{values}。", values="、".join(known.values()))
        )
        return Problem(
            "ledger.unknown_field",
            say("“{kind}”没有“{name}”这一项。", kind=self.kind.title, name=name),
            hint=hint,
            place=name,
        )


@functools.lru_cache(maxsize=512)
def form(scheme_hash: str, kind: str) -> Form:
    """The compiled form of a kind; a Problem when the scheme has no such kind."""
    scheme = versions.scheme(scheme_hash)
    node = scheme.kinds.get(kind)
    if node is None:
        hint = say("可用：{kinds}。", kinds="、".join(scheme.kinds))
        raise Problem(
            "ledger.unknown_kind", say("活动“{scheme}”没有台账“{kind}”。", scheme=scheme.title, kind=kind), hint=hint
        )
    fields = node.fields.values()
    return Form(
        scheme=scheme,
        kind=node,
        register=scheme.key(kind),
        converters={field.name: converter(field, scheme.timezone) for field in fields},
        personal=frozenset(field.name for field in fields if field.personal),
        retired=frozenset(field.name for field in fields if field.retired),
        figures=frozenset(node.figure_fields),
        references=tuple(field for field in fields if field.type.is_reference and not field.personal),
        required=tuple(field for field in fields if field.required and not field.retired),
        checked=tuple(field for field in fields if field.check is not None),
        hops=hops.names(node),
        prefilled=tuple(field for field in fields if field.prefill and not field.retired and not field.personal),
        kept=node.kept,
        counts={name: 0 for name in node.kept if node.fields[name].type.is_number},
        handled=any(field.acts and field.type is FieldType.ORGANISATION for field in fields),
        mentioning=tuple(
            field.name for field in fields if (field.acts or field.type is FieldType.RECORD) and not field.personal
        ),
        asks_overdue=any(move.when is not None and OVERDUE in move.when.names for move in node.flow.moves.values()),
    )


def refuse(problems: list[Problem], form: Form) -> None:
    """Raise what was found of one record: a single problem as itself, several together."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(
            problems,
            code="ledger.values",
            message=say("“{form}”有 {count} 处要改，什么也没有保存。", form=form.kind.title, count=len(problems)),
            hint="请逐条改正后再提交。",
        )
