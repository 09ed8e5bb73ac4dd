"""The calendar that a reader goes by, and whether it is his to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts import abilities, reader
from xianfeng.calendars import jurisdiction, store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.jurisdiction import NATION
from xianfeng.calendars.table import Table
from xianfeng.problems import Problem


@dataclass(frozen=True)
class Own:
    """`organisation`: the jurisdiction, `NATION` for whoever stands in none; `name` is its name."""

    organisation: int
    name: str
    editable: bool

    def calendar(self) -> WorkingCalendar:
        return store.calendar(self.organisation or None)

    def table(self) -> Table:
        """What the jurisdiction has said itself."""
        return store.table(self.organisation)


def of(request: HttpRequest) -> Own:
    held = reader.of(request).appointment
    division = jurisdiction.of(held.organisation.id) if held else None
    if held is None or division is None:
        return Own(NATION, gettext("全国"), editable=False)
    return Own(division.id, division.name, jurisdiction.edits(held.organisation.id, abilities.of(held.role)))


def written(
    request: HttpRequest, mine: Own, form: forms.Form, action: Callable[..., object], *, faulty: Mapping[str, str]
) -> bool:
    """Whether what was typed holds now. `faulty`: the field of a problem by its code; '' stands for any other."""
    if request.method != "POST" or not form.is_valid():
        return False
    day, by = timezone.localdate(), reader.of(request).actor
    try:
        action(organisation=mine.organisation, **form.cleaned_data, day=day, by=by)
    except Problem as problem:
        form.add_error(faulty.get(problem.code, faulty[""]), problem.told)
        return False
    return True


def editable_or_404(request: HttpRequest) -> Own:
    own = of(request)
    if not own.editable:
        raise Http404(gettext("没有这个页面"))
    return own
