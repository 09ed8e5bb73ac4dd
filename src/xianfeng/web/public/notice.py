"""A week's notice for the board at the village office: what was promised, what was kept, what is late. One sheet of A4.

It is made to be read in public, so whoever prints it, it holds only what is public.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext

from xianfeng.accounts.reach import Reach, holding
from xianfeng.accounts.reader import Reader
from xianfeng.ledger import versions
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.history import ACTIONS
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.web import access, cells, outward
from xianfeng.web.cells import Cell
from xianfeng.web.frame import day_or_404, organisation_or_404
from xianfeng.web.public.promises import Asked
from xianfeng.web.record import standing
from xianfeng.web.record.standing import Counts, Promise, Standing
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted

DONE, LATE = 14, 10  # lines that a sheet has room for
IN_A_FILE = 2000
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Done:
    """A promise with what was done with it in the week."""

    promise: Promise
    organisation: str
    what: tuple[str, ...]

    @property
    def row(self) -> tuple[Cell, ...]:
        one = self.promise
        words = Truncator(one.words).chars(60)
        due = cells.day(one.due) if one.due else cells.text(gettext("没有写"))
        what = gettext("、").join(self.what) or one.said
        link = reverse("promise", args=[one.id])
        return cells.text(words, link=link, note=one.topics), cells.text(self.organisation), due, cells.text(what)


@dataclass(frozen=True)
class NoticePage:
    organisation: Node
    path: tuple[Node, ...]
    since: dt.date
    until: dt.date
    counts: Counts
    done: Table
    more: int  # that are not on the sheet
    late: Table
    earlier: str
    later: str
    address: str  # of the board, for who reads the sheet


@access.reading
def notice(request: HttpRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    organisation = organisation_or_404(code, today)
    seen = Scope(Reader.public())
    rows = standing.published(seen).filter(Reach(holding(organisation.id)).place_in("place"))
    since = _monday(day_or_404(request, "week", _busy(rows) or today))
    page = _page(request, organisation, rows, since, seen)
    return answer(request, page.done, page.late) or render(request, "public/notice.html", {"page": page})


def _busy(rows: QuerySet[Record]) -> dt.date | None:
    """The last day on which something was done with a promise."""
    found: dt.date | None = _entries(rows).aggregate(last=Max("day"))["last"]
    return found


def _entries(rows: QuerySet[Record]) -> QuerySet[Entry]:
    return Entry.objects.filter(stream=STREAM, about__in=rows.values("id"))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _page(request: HttpRequest, organisation: Node, rows: QuerySet[Record], since: dt.date, seen: Scope) -> NoticePage:
    today = timezone.localdate()
    until = since + _WEEK - dt.timedelta(days=1)
    on = min(until, today)
    rows = rows.filter(day__lte=until)
    acts: dict[int, list[str]] = {}
    for entry in _entries(rows).filter(day__range=(since, until)).order_by("seq"):
        acts.setdefault(entry.about or 0, []).append(_title(entry))
    most_done, most_late = (IN_A_FILE, IN_A_FILE) if wanted(request) else (DONE, LATE)
    late = standing.among(rows, Standing.LATE, on).order_by("-id")[:most_late]
    done = _done(rows.filter(id__in=sorted(acts)[:most_done]).order_by("id"), acts, on, seen)
    here = reverse("notice", args=[organisation.code])
    return NoticePage(
        organisation=organisation,
        path=tree.path(organisation.id, today),
        since=since,
        until=until,
        counts=standing.counts(rows, on),
        done=_table("done", gettext("这一周"), gettext("本周办理"), done),
        more=len(acts) - len(done),
        late=_table("late", gettext("到期还没有兑现的"), gettext("现状"), _done(late, {}, on, seen)),
        earlier=f"{here}?week={since - _WEEK}",
        later=f"{here}?week={since + _WEEK}",
        address=outward.address(request, Asked(organisation).address()),
    )


def _title(entry: Entry) -> str:
    if entry.action == "file":
        return gettext("提出承诺")
    kind = versions.scheme(entry.scheme).kinds[json.loads(entry.body)["kind"]]
    move = kind.flow.moves.get(entry.action)
    return move.title if move else ACTIONS[entry.action]


def _done(rows: Iterable[Record], acts: dict[int, list[str]], on: dt.date, seen: Scope) -> tuple[Done, ...]:
    found = list(rows)
    named = tree.named({row.organisation for row in found}, on)
    return tuple(
        Done(standing.promise(row, on, seen), named[row.organisation].name, tuple(acts.get(row.id, ())))
        for row in found
    )


def _table(name: str, title: str, last: str, lines: Iterable[Done]) -> Table:
    columns = (Column(gettext("承诺")), Column(gettext("承诺单位")), Column(gettext("期限")), Column(last))
    return Table(name, title, columns, [line.row for line in lines])
