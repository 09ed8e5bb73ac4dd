"""The board of promises: what was promised in public, by whom and until when, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from xianfeng.accounts.reach import Reach
from xianfeng.ledger.models import Record
from xianfeng.registry import paths, tree
from xianfeng.registry.models import Place
from xianfeng.registry.tree import Node
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import asked, number_or_404, organisation_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.public import standing
from xianfeng.web.public.standing import Counts, Promise, Standing
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 50
IN_A_FILE = 20_000
OF_ONE = 20  # on the page of an organisation
_ABOUT = (
    Column(gettext_lazy("承诺")),
    Column(gettext_lazy("期限")),
    Column(gettext_lazy("现状")),
)


@dataclass(frozen=True)
class PromisesPage:
    at: Node | None
    path: tuple[Node, ...]
    counts: Counts
    tabs: tuple[Tab, ...]
    promises: Table
    below: Table
    pages: Pages
    notice: str  # what the village's board gets, printed


@access.reading
def promises(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    seen = scope.of(request)
    at = organisation_or_404(asked(request, "at"), today) if asked(request, "at") else None
    place = Place.objects.filter(organisation=at.id).order_by("id").last() if at else None
    chosen = _chosen(asked(request, "standing"))
    rows = standing.published(seen)
    if at:
        rows = rows.filter(Reach((place.path,) if place else ()).place_in("place"))
    page = _page(request, at, rows, chosen, below=_below(rows, place, today) if place else _none())
    return answer(request, page.promises, page.below) or render(request, "public/promises.html", {"page": page})


def of_organisation(organisation: int, seen: Scope) -> Table:
    """The latest of one organisation's own."""
    today = timezone.localdate()
    rows = standing.published(seen).filter(organisation=organisation).order_by("-id")[:OF_ONE]
    columns = (Column(gettext("日期")), *_ABOUT)
    lines = [(cells.day(one.day), *_line(one)) for one in (standing.promise(row, today) for row in rows)]
    return Table(name="promises", title=gettext("公开的承诺"), columns=columns, rows=lines, head=1)


def board(at: str = "", chosen: Standing | None = None, after: int | None = None) -> str:
    """The address of the board, of an organisation and everything under it."""
    given = {"at": at, "standing": chosen or "", "after": after or ""}
    said = urlencode({key: value for key, value in given.items() if value})
    return f"{reverse('promises')}?{said}" if said else reverse("promises")


def _chosen(text: str) -> Standing | None:
    if not text:
        return None
    try:
        return Standing(text)
    except ValueError:
        raise Http404(gettext("没有这样的现状")) from None


def _page(
    request: HttpRequest, at: Node | None, rows: QuerySet[Record], chosen: Standing | None, *, below: Table
) -> PromisesPage:
    today = timezone.localdate()
    code, after = at.code if at else "", number_or_404(request, "after")
    most = IN_A_FILE if wanted(request) == "promises" else SHOWN
    whole = standing.counts(rows, today)
    shown = rows.filter(standing.among(chosen, today)) if chosen else rows
    if after is not None and most == SHOWN:
        shown = shown.filter(id__lt=after)
    found = list(shown.order_by("-id")[: most + 1])
    more = len(found) > most
    return PromisesPage(
        at=at,
        path=tree.path(at.id, today) if at else (),
        counts=whole,
        tabs=_tabs(whole, code, chosen),
        promises=_table([standing.promise(row, today) for row in found[:most]], today),
        below=below,
        pages=Pages(
            next=board(code, chosen, found[most - 1].id) if more else "",
            first=board(code, chosen) if after else "",
        ),
        notice=reverse("notice", args=[code]) if at else "",
    )


def _tabs(counts: Counts, code: str, chosen: Standing | None) -> tuple[Tab, ...]:
    titles: Mapping[Standing | None, tuple[str, int]] = {
        None: (gettext("全部"), counts.whole),
        Standing.OPEN: (gettext("履行中"), counts.open),
        Standing.KEPT: (gettext("已兑现"), counts.kept),
        Standing.LATE: (gettext("逾期和未兑现"), counts.late),
    }
    return tuple(Tab(title, board(code, one), one is chosen, count) for one, (title, count) in titles.items())


def _table(found: Sequence[Promise], today: dt.date) -> Table:
    named = tree.named({one.organisation for one in found}, today)
    columns = (*_ABOUT, Column(gettext("承诺单位")), Column(gettext("提出日期")))
    return Table(
        name="promises",
        title=gettext("承诺"),
        columns=columns,
        rows=[(*_line(one), _who(named[one.organisation]), cells.day(one.day)) for one in found],
        empty=gettext("没有这样的承诺。"),
    )


def _line(one: Promise) -> tuple[Cell, ...]:
    return (
        cells.text(one.words, link=reverse("promise", args=[one.id]), note=one.topics),
        cells.day(one.due) if one.due else cells.text("", note=gettext("没有写期限")),
        cells.text(one.said, look=one.look),
    )


def _who(node: Node) -> Cell:
    return cells.text(node.name, link=reverse("organisation", args=[node.code]))


def _none() -> Table:
    return Table(name="below", title="", columns=(Column(""),), rows=())


def _below(rows: QuerySet[Record], place: Place, today: dt.date) -> Table:
    """How many stand how at each of the organisations below, by the places where they were made."""
    length = len(place.path) + len(paths.step(0))
    path = Subquery(Place.objects.filter(id=OuterRef("place")).values("path")[:1])
    parts = rows.annotate(part=Substr(path, 1, length)).order_by().values("part").annotate(**standing.counted(today))
    found = {row["part"]: row for row in parts if len(row["part"]) == length}
    places = Place.objects.filter(path__in=found).order_by("organisation__code").annotate(code=F("organisation__code"))
    named = tree.named([one.organisation_id for one in places], today)
    titles = (gettext("履行中"), gettext("已兑现"), gettext("逾期和未兑现"))
    return Table(
        name="below",
        title=gettext("各地承诺"),
        columns=(Column(gettext("组织")), *(Column(title, gettext("条"), align="right") for title in titles)),
        rows=[_part(named[one.organisation_id], found[one.path]) for one in places],
        note=gettext("按登记顺序排列，不排名次"),
    )


def _part(node: Node, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    numbers = ((one, row[f"n_{one}"]) for one in (Standing.OPEN, Standing.KEPT, Standing.LATE))
    links = (cells.number(count, link=board(node.code, one) if count else "") for one, count in numbers)
    return (cells.text(node.name, link=board(node.code)), *links)
