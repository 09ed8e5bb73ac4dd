"""What a scheme asks of each role in a year: forms and fields, counted from its obligations alone.

The organisations are not needed: the burden is told per organisation (or per subordinate) that owes. What is prefilled
is shown apart, since it is checked and not typed. Minutes are an estimate from what a field asks for, the same for
every scheme, so that two versions can be compared; what it really took is for those who fill it in to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.types import FieldType

OPENING = 120  # seconds to look things up, open a form and send it
_SECONDS: Mapping[FieldType, int] = {
    FieldType.LONG_TEXT: 300,
    FieldType.TEXT: 30,
    FieldType.TALLY: 60,
    FieldType.ATTACHMENTS: 120,
    FieldType.PERSON: 30,
    FieldType.ORGANISATION: 30,
    FieldType.RECORD: 30,
    FieldType.PLACE: 30,
    FieldType.BOOLEAN: 5,
    FieldType.CHOICE: 10,
    FieldType.CHOICES: 15,
}
_OTHERWISE = 20  # a number or a date
_CHECKED = 5  # what is prefilled
_A_YEAR = {"week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}


@dataclass(frozen=True, kw_only=True)
class Burden:
    """One obligation's yearly weight on one who owes it."""

    obligation: str
    title: str
    of: str
    kind: str
    where: str  # the condition as written, '' for all
    matching: str  # which records meet it, as written; '' for any
    each_subordinate: bool  # all numbers are per subordinate
    least: int  # forms a year
    most: int | None  # None: no upper limit
    typed: int  # fields of one form to be typed or chosen
    required: int  # of these, how many must be
    prefilled: int
    seconds: int  # of one form, estimated

    @property
    def minutes_each(self) -> int:
        """One form, rounded up: what people see and multiply."""
        return -(-self.seconds // 60)

    @property
    def minutes(self) -> int:
        """A year, at least."""
        return self.least * self.minutes_each

    @property
    def fields(self) -> int:
        """Fields to type in a year, at least."""
        return self.least * self.typed


def burdens(scheme: Scheme) -> Iterator[Burden]:
    """Every obligation's burden, in the order of the file."""
    for obligation in scheme.obligations.values():
        fields = [field for field in scheme.kinds[obligation.kind].fields.values() if not field.retired]
        typed = [field for field in fields if not field.prefill]
        yield Burden(
            obligation=obligation.name,
            title=obligation.title,
            of=obligation.of,
            kind=obligation.kind,
            where=obligation.where.text if obligation.where else "",
            matching=obligation.matching.text if obligation.matching else "",
            each_subordinate=bool(obligation.about),
            least=(obligation.exactly or obligation.at_least or 0) * periods(obligation, scheme),
            most=_most(obligation, scheme),
            typed=len(typed),
            required=sum(field.required for field in typed),
            prefilled=len(fields) - len(typed),
            seconds=seconds(scheme.kinds[obligation.kind]),
        )


def seconds(kind: Kind) -> int:
    """What one form of a kind takes, estimated."""
    return OPENING + sum(_seconds(field) for field in kind.fields.values() if not field.retired)


def _seconds(field: Field) -> int:
    return _CHECKED if field.prefill else _SECONDS.get(field.type, _OTHERWISE)


def _most(obligation: Obligation, scheme: Scheme) -> int | None:
    most = obligation.exactly if obligation.exactly is not None else obligation.at_most
    return None if most is None else most * periods(obligation, scheme)


def periods(obligation: Obligation, scheme: Scheme) -> int:
    """How many periods of an obligation a year has; phases are counted in the year that meets most of them."""
    if obligation.every == "phase":
        years = range(scheme.since.year, scheme.until.year + 1)
        return max(sum(p.since.year <= year <= p.until.year for p in scheme.phases.values()) for year in years)
    return _A_YEAR.get(obligation.every, 1)
