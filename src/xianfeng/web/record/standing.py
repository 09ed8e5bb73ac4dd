"""Public promises: which records they are by the marks of their kinds, and whether each was kept, is open, or is late.

A promise is public from the day it was reviewed and published. Whether it is late is told by the day of asking and by
the day that it names itself; nobody has to say so first. Late is no verdict: its fulfilment is not on record yet.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Case, Count, JSONField, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger import calling, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.saying import WORDS
from xianfeng.remembered import once_a_page
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.promising import Promise as Mark
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import translated
from xianfeng.web.cells import Look
from xianfeng.web.scope import Scope


class Standing(StrEnum):
    KEPT = "kept"
    OPEN = "open"  # its day is to come
    LATE = "late"  # its day has passed, or it was broken
    UNDATED = "undated"  # it names no day: it can never be late, and nobody can say whether it should be kept by now


@dataclass(frozen=True)
class Counts:
    kept: int = 0
    open: int = 0
    late: int = 0
    undated: int = 0
    dated: int = 0  # those that name a day, whatever became of them

    @property
    def whole(self) -> int:
        return self.kept + self.open + self.late + self.undated

    @property
    def due(self) -> bool:
        """Whether any of them can be late at all: where none names a day, that none is late says nothing."""
        return bool(self.dated or self.late)


@dataclass(frozen=True)
class Promise:
    """What everybody may know of one: public fields only, whoever reads."""

    id: int
    organisation: int
    kind: Kind
    day: dt.date
    words: str
    topics: str
    due: dt.date | None
    standing: Standing
    said: str | Words
    look: Look


_OVER = _("到期，还没有登记兑现")
_SAID: Mapping[Standing, tuple[Words, Look]] = {
    Standing.KEPT: (_("已兑现"), Look.DONE),
    Standing.OPEN: (_("履行中"), Look.TAG),
    Standing.UNDATED: (_("履行中"), Look.TAG),
    Standing.LATE: (_("未兑现"), Look.ATTENTION),
}


@once_a_page
def _marks() -> Mapping[tuple[str, str], Mark]:
    """By register and version: how the promises stand that were filed under it, as it says, or as the newest says where
    it said nothing of it yet. Of a shared kind no version says anything of its own: the earlier ones are not read."""
    found = {}
    for adopted in versions.hashes().values():
        now = versions.scheme(adopted[-1])
        for kind in now.kinds.values():
            for version in adopted if kind.promise else ():
                filed = kind if kind.shared else versions.scheme(version).kinds.get(kind.name, kind)
                if mark := filed.promise or kind.promise:
                    found[now.key(kind.name), version] = mark
    return found


def _marked() -> tuple[tuple[Mark, Q], ...]:
    """Each mark, with the records of which it is said."""
    found: defaultdict[str, defaultdict[Mark, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (register, version), mark in _marks().items():
        found[register][mark].append(version)
    return tuple(
        (mark, Q(register=register, scheme__in=filed) if len(marks) > 1 else Q(register=register))
        for register, marks in found.items()
        for mark, filed in marks.items()
    )


def published(seen: Scope) -> QuerySet[Record]:
    """The promises that this reader may see, from their publication on, with the days that tell how each stands."""
    marked = _marked()
    rows = Record.objects.filter(_any(of for _, of in marked), level__gte=Level.REVIEWED.rank)
    dues = [When(of, then=_text(mark.due, "values")) for mark, of in marked if mark.due]
    ended = {f"{state}_on": _text(state, "entered") for mark, _ in marked for state in (*mark.kept, *mark.broken)}
    return seen.records(rows).annotate(due=Case(*dues, output_field=TextField()), **ended)


def one(number: int, seen: Scope) -> Record | None:
    """A published promise by its number, if this reader may see it."""
    return published(seen).filter(id=number).first()


def _text(key: str, column: str) -> Cast:
    return Cast(KeyTextTransform(key, Cast(column, JSONField())), TextField())


def among(rows: QuerySet[Record], standing: Standing, on: dt.date) -> QuerySet[Record]:
    """Those of `published` ones that stood so on a day."""
    return rows.alias(standing=_standing_on(on)).filter(standing=standing)


def _standing_on(on: dt.date) -> Case:
    marked = _marked()
    kept = _any(of & _ended(mark.kept, on) for mark, of in marked)
    broken = _any(of & _ended(mark.broken, on) for mark, of in marked)
    over = Q(due__lt=on.isoformat())
    whens = ((kept, Standing.KEPT), (broken | over, Standing.LATE), (Q(due=None), Standing.UNDATED))
    return Case(*(When(when, then=Value(str(each))) for when, each in whens), default=Value(str(Standing.OPEN)))


def _ended(states: Iterable[str], on: dt.date) -> Q:
    return _any(Q(state=state, **{f"{state}_on__lte": on.isoformat()}) for state in states)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def counts(rows: QuerySet[Record], on: dt.date) -> Counts:
    return counts_by(rows.annotate(part=Value("")), on).get("", Counts())


def counts_by(rows: QuerySet[Record], on: dt.date) -> Mapping[str, Counts]:
    """By what `part` they are annotated with."""
    dated = Case(When(due=None, then=Value(0)), default=Value(1))
    told = rows.annotate(standing=_standing_on(on), dated=dated).order_by().values_list("part", "standing", "dated")
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, standing, named, count in told.annotate(n=Count("id")):
        found[part] += Counter({standing: count, "dated": count * named})
    return {part: Counts(**numbers) for part, numbers in found.items()}


def promise(record: Record, on: dt.date, seen: Scope) -> Promise:
    """A promise as it stood on a day."""
    scheme = versions.scheme(record.scheme_id)
    kind = scheme.kinds[record.kind]
    values = json.loads(record.values)
    readable = seen.public_fields(scheme, kind)
    (name,) = calling.called(kind, [record], readable)
    mark = _marks()[record.register, record.scheme_id]
    due = values.get(mark.due) if mark.due in readable else None
    day = dt.date.fromisoformat(due) if due else None
    standing, said, look = _standing(record, mark, day, on)
    return Promise(
        id=record.id,
        organisation=record.organisation,
        kind=kind,
        day=record.day,
        words=translated(name),
        topics=_topics(values, readable),
        due=day,
        standing=standing,
        said=said,
        look=look,
    )


def _standing(record: Record, mark: Mark, due: dt.date | None, on: dt.date) -> tuple[Standing, str | Words, Look]:
    entered = dt.date.fromisoformat(json.loads(record.entered)[record.state])
    if record.state in mark.kept and entered <= on:
        return Standing.KEPT, *_SAID[Standing.KEPT]
    if record.state in mark.broken and entered <= on:
        return Standing.LATE, *_SAID[Standing.LATE]
    if due is not None and due < on:
        return Standing.LATE, _OVER, Look.ATTENTION
    waits = Standing.OPEN if due is not None else Standing.UNDATED
    return waits, *_SAID[waits]


def _topics(values: Mapping[str, object], fields: Mapping[str, Field]) -> str:
    """Who promises and about what, by the titles of the choices."""
    chosen = ((field, values.get(name)) for name, field in fields.items() if field.type is FieldType.CHOICE)
    return " · ".join(WORDS[FieldType.CHOICE](field, value) for field, value in chosen if value)
