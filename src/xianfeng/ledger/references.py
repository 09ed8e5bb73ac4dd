"""Whether the people, organisations and records that values name exist: asked once for many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from xianfeng.ledger.forms import Form
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import root_of
from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Organisation, Person
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say

_MODELS: Mapping[FieldType, type[Person] | type[Organisation] | type[Record]] = {
    FieldType.PERSON: Person,
    FieldType.ORGANISATION: Organisation,
    FieldType.RECORD: Record,
}


class Named(NamedTuple):
    """The values of one row, and where to tell what is wrong with them."""

    values: dict[str, Any]
    day: dt.date
    problems: list[Problem]


def resolve(form: Form, rows: Sequence[Named], lineage: Lineage) -> None:
    """Tell each row whose references lead nowhere. A place is named by its organisation and kept as it was that day;
    whoever handles is one of those that the campaign binds."""
    for field in form.references:
        named = [row for row in rows if field.name in row.values]
        if not named:
            continue
        if field.type is FieldType.PLACE:
            _place(form, field, named, lineage)
            continue
        found = _existing(form, field, {row.values[field.name] for row in named})
        for row in named:
            if row.values[field.name] not in found:
                row.problems.append(_nowhere(form, field, row.values[field.name]))
            elif field.acts and field.type is FieldType.ORGANISATION:
                _bound(form, field, row, lineage)


def _existing(form: Form, field: Field, ids: Iterable[int]) -> set[int]:
    model = _MODELS[field.type]
    narrowed = {"register": form.scheme.key(field.of)} if field.of else {}
    return {
        number
        for some in batched(sorted(ids))
        for number in model._default_manager.filter(id__in=some, **narrowed).values_list("id", flat=True)
    }


def _place(form: Form, field: Field, rows: Sequence[Named], lineage: Lineage) -> None:
    lineage.learn(row.values[field.name] for row in rows)
    for row in rows:
        try:
            row.values[field.name] = lineage.place(row.values[field.name], row.day)
        except Problem as problem:
            row.problems.append(form.told(field.name, problem))


def _bound(form: Form, field: Field, row: Named, lineage: Lineage) -> None:
    try:
        above = lineage.above(lineage.place(row.values[field.name], row.day))
    except Problem as problem:
        row.problems.append(form.told(field.name, problem))
        return
    if root_of(form.scheme) not in above:
        outside = Problem("ledger.handler_outside", "这个单位不在本活动范围内，不能承办。", hint="请选本活动的单位。")
        row.problems.append(form.told(field.name, outside))


def _nowhere(form: Form, field: Field, id_: int) -> Problem:
    what = {FieldType.PERSON: say("人员"), FieldType.ORGANISATION: say("组织")}.get(field.type, say("记录"))
    if field.of:
        what = say("“{kind}”记录", kind=form.scheme.kinds[field.of].title)
    hint = say("请从列表中选择；如尚未登记，请先登记。")
    return form.told(
        field.name,
        Problem("ledger.no_such_reference", say("没有编号为 {number} 的{what}。", number=id_, what=what), hint=hint),
    )
