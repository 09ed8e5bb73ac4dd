"""The calendar that a reader goes by, and whether it is his to edit."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.accounts import abilities, reader
from xianfeng.calendars import jurisdiction, store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.jurisdiction import NATION
from xianfeng.calendars.table import Table


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


def editable_or_404(request: HttpRequest) -> Own:
    own = of(request)
    if not own.editable:
        raise Http404(gettext("没有这个页面"))
    return own
