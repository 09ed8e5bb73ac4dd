"""What the ledger refuses, beside the field it is about. The one place where a problem is told to a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xianfeng.problems import Problem, Problems
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import following

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
    """`field` is the field's name, with a group's behind a dot where it is a tally's, or one of the inputs that every
    form has, or '' for the whole."""

    field: str
    title: str
    message: str
    hint: str = ""
    row: int = 0
    code: str = ""

    @property
    def of(self) -> str:
        """The field's name."""
        return self.field.partition(".")[0]

    @property
    def told(self) -> str:
        return following(self.message, self.hint)

    @property
    def anchor(self) -> str:
        return f"f-{self.field}" if self.field else ""


def beside(faults: Iterable[Fault], name: str) -> str:
    """What stands next to one of the inputs that every form has."""
    return following(*(fault.told for fault in faults if fault.field == name))


class Faulted:
    """A page with a form, by what stands beside the inputs that every form has."""

    faults: tuple[Fault, ...]

    @property
    def day_error(self) -> str:
        return beside(self.faults, DAY)

    @property
    def for_error(self) -> str:
        return beside(self.faults, FOR)

    @property
    def reason_error(self) -> str:
        return beside(self.faults, REASON)


def told(problem: Problem, kind: Kind) -> tuple[Fault, ...]:
    """Every fault in a problem, in the order of the form."""
    each = problem.problems if isinstance(problem, Problems) else (problem,)
    return in_order((_fault(one, kind) for one in each), kind)


def in_order(faults: Iterable[Fault], kind: Kind) -> tuple[Fault, ...]:
    """By row, then as the form asks: nobody jumps about to put things right."""
    places = {name: place for place, name in enumerate((FOR, DAY, *kind.fields, REASON, ""))}
    return tuple(sorted(faults, key=lambda fault: (fault.row, places.get(fault.of, len(places)))))


def _fault(problem: Problem, kind: Kind) -> Fault:
    name = problem.field or _OF_THE_FORM.get(problem.code, "")
    title = _title(name, kind) or str(_TITLES.get(name, ""))
    hint = str(_HINTS.get(problem.code, problem.hint))
    return Fault(name, title, problem.message, hint, problem.row, problem.code)


def _title(name: str, kind: Kind) -> str:
    of, _, group = name.partition(".")
    field = kind.fields.get(of)
    if field is None:
        return ""
    return f"{field.title} · {field.groups[group]}" if group in field.groups else field.title


# What the ledger wants of a file is stricter than what a page understands.
_HINTS: Mapping[str, str | Promise] = {
    "ledger.not_a_number": _("写数字，例如 12、1,204 或 3.2万；不写“多”“余”“约”。"),
    "ledger.not_a_date": _("写成 2010-08-30，并核对当月有没有这一天。"),
}
_TITLES: Mapping[str, str | Promise] = {DAY: _("日期"), FOR: _("填报组织"), REASON: _("理由")}
