"""Who read personal data, by people or about people of the own subtree: which field, what for, how often on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.ledger.models import Record
from xianfeng.log import refs
from xianfeng.messages.preferences import EMAIL
from xianfeng.registry.actions.people import PERSONAL
from xianfeng.registry.models import Appointment, Person
from xianfeng.vault.models import PersonalRead
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.entries import actors
from xianfeng.web.frame import asked, day_or_404, number_or_404
from xianfeng.web.parts import Pages
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN, WHOLE = 100, 50_000
DAYS = 30
EXPORT = "导出"  # how the purpose of a reading for a file begins; purposes are kept as they are written in the code
_FIELDS = {**PERSONAL, EMAIL: _("邮件地址")}
_COLUMNS = (_("日期"), _("谁"), _("看了谁的"), _("哪一项"), _("为什么"))


@dataclass(frozen=True)
class ReadsPage:
    since: dt.date
    until: dt.date
    person: str
    exports: bool
    table: Table
    pages: Pages


@require_safe
@access.needs(Ability.ACCOUNTS)
def reads(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    since = day_or_404(request, "since", today - dt.timedelta(days=DAYS))
    until = day_or_404(request, "until", today)
    person, exports = asked(request, "person").strip(), asked(request, "exports") == "1"
    rows = _within(scope.of(request).reader.paths).filter(day__gte=since, day__lte=until)
    if person:
        rows = rows.filter(owner__in=[f"person:{number}" for number in _numbers(person)])
    if exports:
        rows = rows.filter(purpose__startswith=EXPORT)
    before = number_or_404(request, "before")
    rows = rows.filter(id__lt=before) if before else rows
    most = WHOLE if wanted(request) else SHOWN
    shown = list(rows.order_by("-id")[: most + 1])
    given = {"since": since, "until": until, "person": person, "exports": "1" if exports else ""}
    page = ReadsPage(
        since, until, person, exports, _table(shown[:most]), Pages(next=_next(shown, most, given) if shown else "")
    )
    return answer(request, page.table) or render(request, "office/upkeep/reads.html", {"page": page})


def _within(paths: tuple[str, ...]) -> QuerySet[PersonalRead]:
    """Whoever reads in the own subtree, and whoever's data of it is read."""
    reach = Reach(paths)
    rows = PersonalRead.objects.annotate(
        by=refs.number("actor", "appointment"), person=refs.number("owner", "person"), at=refs.number("owner", "record")
    )
    held = Appointment.objects.filter(reach.organisation_in("organisation"))
    records = Record.objects.filter(reach.place_in("place"))
    return rows.filter(
        Q(Exists(held.filter(id=OuterRef("by"))))
        | Q(Exists(held.filter(person=OuterRef("person"))))
        | Q(Exists(records.filter(id=OuterRef("at"))))
    )


def _numbers(code: str) -> list[int]:
    return list(Person.objects.filter(code=code).values_list("id", flat=True))


def _table(rows: Sequence[PersonalRead]) -> Table:
    known = actors(row.actor for row in rows)
    numbers = [int(row.owner.partition(":")[2]) for row in rows if row.owner.startswith("person:")]
    codes = dict(Person.objects.filter(id__in=set(numbers)).values_list("id", "code"))
    lines = [
        (
            cells.day(row.day),
            cells.text(known.get(row.actor, row.actor)),
            _owner(row.owner, codes),
            cells.text(_FIELDS.get(row.field, row.field)),
            cells.text(gettext(row.purpose or "办理时核对")),
            cells.number(row.times),
        )
        for row in rows
    ]
    columns = (*(Column(str(title)) for title in _COLUMNS), Column(gettext("次数"), align="right"))
    return Table("reads", gettext("个人信息查看登记"), columns, lines, empty=gettext("这一段时间没有人看过。"))


def _owner(owner: str, codes: dict[int, str]) -> Cell:
    kind, _, number = owner.partition(":")
    if kind == "person":
        return cells.text(gettext("人员 %(code)s") % {"code": codes.get(int(number), number)})
    return cells.text(gettext("第 %(number)s 号记录") % {"number": number}, link=reverse("record", args=[int(number)]))


def _next(shown: Sequence[PersonalRead], most: int, given: dict[str, object]) -> str:
    if len(shown) <= most:
        return ""
    asked_ = {name: str(value) for name, value in given.items() if value} | {"before": str(shown[most - 1].pk)}
    return f"{reverse('personal_reads')}?{urlencode(asked_)}"
