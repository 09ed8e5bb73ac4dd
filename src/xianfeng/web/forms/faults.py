"""What the ledger refuses, beside the field it is about. The one place where a problem is told to a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Kind

DAY, FOR, REASON = "day", "for", "reason"  # inputs that every form has besides its kind's fields
_OF_THE_FORM: Mapping[str, str] = {
    "ledger.in_the_future": DAY,
    "ledger.too_long_ago": DAY,
    "ledger.too_early": DAY,
    "ledger.not_a_date": DAY,
    "ledger.outside_scheme": FOR,
    "ledger.unknown_organisation": FOR,
    "ledger.on_behalf_of_another": FOR,
    "ledger.reason": REASON,
}


@dataclass(frozen=True)
class Fault:
    """`field` is the field's name, or one of the inputs that every form has, or '' for the whole."""

    field: str
    title: str
    message: str
    hint: str = ""
    row: int = 0
    code: str = ""

    @property
    def anchor(self) -> str:
        return f"f-{self.field}" if self.field else ""


def told(problem: Problem, kind: Kind) -> tuple[Fault, ...]:
    """Every fault in a problem, in the order of the form."""
    each = problem.problems if isinstance(problem, Problems) else (problem,)
    return in_order((_fault(one, kind) for one in each), kind)


def in_order(faults: Iterable[Fault], kind: Kind) -> tuple[Fault, ...]:
    """By row, then as the form asks: nobody jumps about to put things right."""
    places = {name: place for place, name in enumerate((FOR, DAY, *kind.fields, REASON, ""))}
    return tuple(sorted(faults, key=lambda fault: (fault.row, places.get(fault.field, len(places)))))


def _fault(problem: Problem, kind: Kind) -> Fault:
    name = problem.field or _OF_THE_FORM.get(problem.code, "")
    title = kind.fields[name].title if name in kind.fields else _TITLES.get(name, "")
    return Fault(name, title, problem.message, problem.hint, problem.row, problem.code)


_TITLES: Mapping[str, str] = {DAY: "日期", FOR: "填报组织", REASON: "理由"}
