"""Totals that cannot be, by what the scheme says of its fields.

- What the form asks now and did not ask when the record was filed: a part that is no larger than its whole, a sum that
  is its parts', a number within its bounds. A form refuses these itself from the day on which it says so.
- A field of a record has the name, sort and unit of a field of the record that it names: it is a part of that. One part
  is never larger than the whole; where a measure sums the parts, neither are all of them together.
- A field counts members or organisations (`among:`): more than the registry has at and below whoever the record is
  about, on its day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q

from xianfeng import amounts
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.log import bulk
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.measuring import Sum
from xianfeng.scheme.nodes import Among, Field, Kind, Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.signals import registered
from xianfeng.signals.filed import Filed, Found, Register

NAME = "impossible"
BOUND, CHECK, PART, SUM = "bound", "check", "part", "sum"
ASKED: tuple[str, ...] = ("sort", "value", "bounds", "check", "part", "whole", "count", "parts")
_ADDED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.TALLY)


def find(register: Register) -> Iterator[Found]:
    if not register.by_organisations:
        return
    for scheme, kind in register.kinds.values():
        of_campaign = Q(scheme__name=scheme.name)
        bounded, conditions = list(_bounded(kind)), list(_conditions(kind))
        if bounded or conditions:
            earlier = list(register.filed(of_campaign & ~Q(scheme=scheme.hash)))
            yield from _beyond(bounded, earlier)
            yield from _unfit(scheme, kind, conditions, earlier)
        for field in kind.fields.values():
            if field.among and not field.retired:
                yield from _unregistered(scheme, kind, field, field.among, list(register.filed(of_campaign)))
        for naming, field in _parts(scheme, kind):
            yield from _larger(scheme, kind, naming, field, register.filed(of_campaign))


def sentence(told: Mapping[str, Any]) -> str:
    match told["sort"]:
        case "bound":
            return say("第 {record} 号记录的“{field}”是 {value}，超出了表上的范围（{bounds}）。", **told)
        case "check":
            return say("第 {record} 号记录的数不符合表上的要求：{check}。", **told)
        case "members":
            return say(
                "第 {record} 号记录的“{field}”是 {value}，那里（连同下面的组织）在册的成员一共 {registered} 人。",
                **told,
            )
        case "organisations":
            return say(
                "第 {record} 号记录的“{field}”是 {value}，那里（连同下面的）登记的这类组织一共 {registered} 个。",
                **told,
            )
        case "part":
            return say("第 {record} 号记录的“{field}”是 {part}，比它所属的第 {other} 号记录的 {whole} 还多。", **told)
        case _:
            return say(
                "属于第 {record} 号记录的 {count} 条记录，“{field}”加起来是 {parts}，比它自己的 {whole} 还多。", **told
            )


Row = tuple[Filed, Mapping[str, Any]]
Condition = tuple[Expression, str]  # with the first number that it reads


def _bounded(kind: Kind) -> Iterator[Field]:
    for field in kind.fields.values():
        if field.type.is_number and not field.retired and (field.minimum, field.maximum) != (None, None):
            yield field


def _beyond(bounded: list[Field], rows: list[Row]) -> Iterator[Found]:
    for field in bounded:
        least, most = field.minimum, field.maximum
        bounds = [] if least is None else [f"≥ {amounts.exact(least)}"]
        bounds += [] if most is None else [f"≤ {amounts.exact(most)}"]
        for one, values in rows:
            value = _number(values.get(field.name))
            if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
                yield Found(one, field.name, {"sort": BOUND, "value": amounts.exact(value), "bounds": " ".join(bounds)})


def _unfit(scheme: Scheme, kind: Kind, conditions: list[Condition], rows: list[Row]) -> Iterator[Found]:
    """What breaks a condition over its own numbers that it has all filled in."""
    for check, first in conditions:
        read = [name for name in check.names if name in kind.fields]
        asked = {one.number: one for one, values in rows if all(name in values for name in read)}
        records = [record for some in bulk.numbers(asked) for record in Record.objects.filter(id__in=some)]
        fit = {record.id for record in satisfying(check, scheme, kind, records)}
        words = str(in_words(check, scheme, kind))
        for number in asked.keys() - fit:
            yield Found(asked[number], first, {"sort": CHECK, "check": words})


def _conditions(kind: Kind) -> Iterator[Condition]:
    """The checks over numbers."""
    counted = [name for name, field in kind.fields.items() if field.type.is_number or field.type is FieldType.TALLY]
    for check in (kind.check, *(field.check for field in kind.fields.values() if not field.retired)):
        read = [name for name in counted if check is not None and name in check.names]
        if check is not None and read:
            yield check, read[0]


def _unregistered(scheme: Scheme, kind: Kind, field: Field, among: Among, rows: list[Row]) -> Iterator[Found]:
    """More members or organisations than the registry has there on the record's day."""
    about = kind.subject if kind.subject and kind.fields[kind.subject].type is FieldType.ORGANISATION else ""
    said = [
        (one, values.get(about, one.organisation), value)
        for one, values in rows
        if (value := _number(values.get(field.name))) is not None
    ]
    asked: defaultdict[dt.date, set[int]] = defaultdict(set)
    for one, there, _ in said:
        asked[one.day].add(there)
    known = registered.counted(scheme, among, asked)
    for one, there, value in said:
        most = known.get((one.day, there))
        if most is not None and value > most:
            told = {"sort": among.of, "value": amounts.exact(value), "registered": amounts.exact(Decimal(most))}
            yield Found(one, field.name, told)


def _parts(scheme: Scheme, kind: Kind) -> Iterator[tuple[Field, Field]]:
    """Fields that are parts of one of the same name in the record that another field names. One of the same kind is no
    whole: it went before."""
    for naming in kind.fields.values():
        if naming.type is not FieldType.RECORD or naming.retired or naming.of in ("", kind.name):
            continue
        whole = scheme.kinds[naming.of]
        for field in kind.fields.values():
            same = whole.fields.get(field.name)
            if same and field.type in _ADDED and field.unit and (same.type, same.unit) == (field.type, field.unit):
                yield naming, field


def _larger(scheme: Scheme, kind: Kind, naming: Field, field: Field, rows: Iterable[Row]) -> Iterator[Found]:
    parts: defaultdict[int, list[tuple[Filed, Decimal]]] = defaultdict(list)
    for one, values in rows:
        part = _number(values.get(field.name))
        if part is not None and naming.name in values:
            parts[values[naming.name]].append((one, part))
    summed = any(
        isinstance(measure, Sum) and (measure.kind, measure.field) == (kind.name, field.name)
        for measure in scheme.measures.values()
    )
    wholes = Register(scheme.key(naming.of), {scheme.name: (scheme, scheme.kinds[naming.of])})
    for owner, values in wholes.filed():
        whole = _number(values.get(field.name))
        if whole is not None and owner.number in parts:
            yield from _than(whole, owner, parts[owner.number], field, summed=summed)


def _than(
    whole: Decimal, owner: Filed, parts: list[tuple[Filed, Decimal]], field: Field, *, summed: bool
) -> Iterator[Found]:
    """Each part that is larger; where none is and they are summed, all of them together."""
    said = {"whole": amounts.exact(whole)}
    large = [(one, part) for one, part in parts if part > whole]
    for one, part in large:
        yield Found(one, field.name, {"sort": PART, "part": amounts.exact(part), **said}, other=owner.number)
    together = sum((part for _, part in parts), Decimal(0))
    if summed and not large and together > whole:
        told = {"sort": SUM, "count": str(len(parts)), "parts": amounts.exact(together), **said}
        yield Found(owner, field.name, told, beside=tuple(one.number for one, _ in parts))


def _number(value: Any) -> Decimal | None:
    """What a field holds, as one number: of a tally its sum."""
    if value is None:
        return None
    return Decimal(sum(value.values())) if isinstance(value, dict) else Decimal(str(value))
