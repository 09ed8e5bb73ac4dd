"""Totals that cannot be, by what the scheme says of its fields.

- What the form asks now and did not ask when the record was filed: a part that is no larger than its whole, a sum that
  is its parts', a number within its bounds. A form refuses these itself from the day on which it says so.
- A field of a record has the name, sort and unit of a field of the record that it names: it is a part of that. One part
  is never larger than the whole; where a measure sums the parts, neither are all of them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from xianfeng import amounts
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.log import bulk
from xianfeng.scheme.measuring import Sum
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.signals.filed import Filed, Found, Register

NAME = "impossible"
BOUND, CHECK, PART, SUM = "bound", "check", "part", "sum"
_ADDED = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.TALLY)


def find(register: Register) -> Iterator[Found]:
    if not register.by_organisations:
        return
    for scheme, kind in register.kinds.values():
        filed = [(one, values) for one, values in register.filed() if versions.scheme(one.scheme).name == scheme.name]
        earlier = [(one, values) for one, values in filed if one.scheme != scheme.hash]
        yield from _beyond_bounds(kind, earlier)
        yield from _unfit(scheme, kind, earlier)
        for naming, field in _parts(scheme, kind):
            yield from _larger(scheme, kind, naming, field, filed)


def sentence(told: Mapping[str, Any]) -> str:
    match told["sort"]:
        case "bound":
            return say("第 {record} 号记录的“{field}”是 {value}，超出了表上的范围（{bounds}）。", **told)
        case "check":
            return say("第 {record} 号记录的数不符合表上的要求：{check}。", **told)
        case "part":
            return say("第 {record} 号记录的“{field}”是 {part}，比它所属的第 {other} 号记录的 {whole} 还多。", **told)
        case _:
            return say(
                "属于第 {record} 号记录的 {count} 条记录，“{field}”加起来是 {parts}，比它自己的 {whole} 还多。", **told
            )


Rows = list[tuple[Filed, Mapping[str, Any]]]


def _beyond_bounds(kind: Kind, rows: Rows) -> Iterator[Found]:
    for field in kind.fields.values():
        least, most = field.minimum, field.maximum
        if not field.type.is_number or field.retired or (least is None and most is None):
            continue
        bounds = [] if least is None else [f"≥ {amounts.exact(least)}"]
        bounds += [] if most is None else [f"≤ {amounts.exact(most)}"]
        for one, values in rows:
            value = _number(values.get(field.name))
            if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
                yield Found(one, field.name, {"sort": BOUND, "value": amounts.exact(value), "bounds": " ".join(bounds)})


def _unfit(scheme: Scheme, kind: Kind, rows: Rows) -> Iterator[Found]:
    """What breaks a condition over its own numbers that it has all filled in."""
    for check, first in _conditions(kind):
        read = [name for name in check.names if name in kind.fields]
        asked = {one.number: one for one, values in rows if all(name in values for name in read)}
        records = [record for some in bulk.numbers(asked) for record in Record.objects.filter(id__in=some)]
        fit = {record.id for record in satisfying(check, scheme, kind, records)}
        words = str(in_words(check, scheme, kind))
        for number in asked.keys() - fit:
            yield Found(asked[number], first, {"sort": CHECK, "check": words})


def _conditions(kind: Kind) -> Iterator[tuple[Any, str]]:
    """The checks over numbers, each with the first number that it reads."""
    for check in (kind.check, *(field.check for field in kind.fields.values() if not field.retired)):
        counted = [field.name for field in kind.fields.values() if check and field.name in check.names]
        numbers = [name for name in counted if kind.fields[name].type in (*_ADDED, FieldType.PERCENT)]
        if numbers:
            yield check, numbers[0]


def _parts(scheme: Scheme, kind: Kind) -> Iterator[tuple[Field, Field]]:
    """Fields that are parts of one of the same name in the record that another field names."""
    for naming in kind.fields.values():
        whole = scheme.kinds.get(naming.of) if naming.type is FieldType.RECORD and not naming.retired else None
        for field in kind.fields.values() if whole else ():
            same = whole.fields.get(field.name) if whole else None
            if same and field.type in _ADDED and (same.type, same.unit) == (field.type, field.unit) and field.unit:
                yield naming, field


def _larger(scheme: Scheme, kind: Kind, naming: Field, field: Field, rows: Rows) -> Iterator[Found]:
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
        if whole is None:
            continue
        held = parts[owner.number]
        for one, part in held:
            if part > whole:
                told = {"sort": PART, "part": amounts.exact(part), "whole": amounts.exact(whole)}
                yield Found(one, field.name, told, other=owner.number)
        together = sum((part for _, part in held), Decimal(0))
        if summed and together > whole and all(part <= whole for _, part in held):
            told = {
                "sort": SUM,
                "count": str(len(held)),
                "parts": amounts.exact(together),
                "whole": amounts.exact(whole),
            }
            yield Found(owner, field.name, told, beside=tuple(one.number for one, _ in held))


def _number(value: Any) -> Decimal | None:
    """What a field holds, as one number: of a tally its sum."""
    if value is None:
        return None
    return Decimal(sum(value.values())) if isinstance(value, dict) else Decimal(str(value))
