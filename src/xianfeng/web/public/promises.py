"""The board of promises: what was promised in public, by whom and until when, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from xianfeng.accounts.reach import Reach, holding
from xianfeng.ledger.models import Record
from xianfeng.registry import paths, tree
from xianfeng.registry.models import Place
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.frame import asked, last_day, number_or_404, organisation_or_404, scheme_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.record import standing
from xianfeng.web.record.standing import Counts, Promise, Standing
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 20
IN_A_FILE = 20_000
OF_ONE = 20  # on the page of an organisation
_ABOUT = (
    Column(gettext_lazy("承诺")),
    Column(gettext_lazy("期限")),
    Column(gettext_lazy("现状")),
)


@dataclass(frozen=True)
class Asked:
    """Whose promises: of an organisation and everything under it, of a campaign, of one standing."""

    at: Node | None = None
    campaign: Scheme | None = None
    standing: Standing | None = None

    def address(self, **changes: object) -> str:
        """The board that asks this; `changes` replace or add parts of the question."""
        own = {
            "at": self.at.code if self.at else "",
            "campaign": self.campaign.name if self.campaign else "",
            "standing": self.standing or "",
        }
        said = urlencode({key: str(value) for key, value in {**own, **changes}.items() if value})
        return f"{reverse('promises')}?{said}" if said else reverse("promises")

    def rows(self, seen: Scope) -> QuerySet[Record]:
        """Of every standing. A campaign's are those made in its time at its place, wherever they were filed."""
        rows = standing.published(seen)
        if self.at:
            rows = rows.filter(Reach(holding(self.at.id)).place_in("place"))
        return rows.filter(day__range=(self.campaign.since, self.campaign.until)) if self.campaign else rows

    @property
    def on(self) -> dt.date:
        """The day that tells how they stand: today, or the last of a campaign that is over."""
        return last_day(self.campaign) if self.campaign else timezone.localdate()


@dataclass(frozen=True)
class PromisesPage:
    asked: Asked
    path: tuple[Node, ...]
    on: dt.date
    tabs: tuple[Tab, ...]
    promises: Table
    below: Table | None
    pages: Pages
    notice: str  # what the village's board gets, printed


@access.reading
def promises(request: HttpRequest) -> HttpResponse:
    question, seen = _question(request), scope.of(request)
    page = _page(request, question, question.rows(seen), seen)
    tables = (page.promises, *([page.below] if page.below else ()))
    return answer(request, *tables) or render(request, "public/promises.html", {"page": page})


def of_organisation(organisation: int, seen: Scope) -> Table:
    """The latest of one organisation's own."""
    today = timezone.localdate()
    rows = standing.published(seen).filter(organisation=organisation).order_by("-id")[:OF_ONE]
    columns = (Column(gettext("日期")), *_ABOUT)
    lines = [(cells.day(one.day), *_line(one)) for one in (standing.promise(row, today, seen) for row in rows)]
    return Table(name="promises", title=gettext("公开的承诺"), columns=columns, rows=lines, head=1)


def _question(request: HttpRequest) -> Asked:
    name, code = asked(request, "campaign"), asked(request, "at")
    campaign = scheme_or_404(name) if name else None
    at = organisation_or_404(code or (campaign.at if campaign else ""), timezone.localdate()) if code or name else None
    return Asked(at, campaign, _chosen(asked(request, "standing")))


def _chosen(text: str) -> Standing | None:
    if not text:
        return None
    try:
        return Standing(text)
    except ValueError:
        raise Http404(gettext("没有这样的现状")) from None


def _page(request: HttpRequest, question: Asked, rows: QuerySet[Record], seen: Scope) -> PromisesPage:
    at, on, after = question.at, question.on, number_or_404(request, "after")
    most = IN_A_FILE if wanted(request) == "promises" else SHOWN
    shown = standing.among(rows, question.standing, on) if question.standing else rows
    if after is not None and most == SHOWN:
        shown = shown.filter(id__lt=after)
    found = list(shown.order_by("-id")[: most + 1])
    more = len(found) > most
    return PromisesPage(
        asked=question,
        path=tree.path(at.id, timezone.localdate()) if at else (),
        on=on,
        tabs=_tabs(standing.counts(rows, on), question),
        promises=_table([standing.promise(row, on, seen) for row in found[:most]]),
        below=_below(rows, question) if at else None,
        pages=Pages(
            next=question.address(after=found[most - 1].id) if more else "",
            first=question.address() if after else "",
        ),
        notice=reverse("notice", args=[at.code]) if at else "",
    )


def _tabs(counts: Counts, question: Asked) -> tuple[Tab, ...]:
    titles: Mapping[Standing | None, tuple[str, int]] = {
        None: (gettext("全部"), counts.whole),
        Standing.OPEN: (gettext("履行中"), counts.open),
        Standing.KEPT: (gettext("已兑现"), counts.kept),
        Standing.LATE: (gettext("逾期和未兑现"), counts.late),
        Standing.UNDATED: (gettext("没有写期限"), counts.undated),
    }
    return tuple(
        Tab(title, question.address(standing=one), one is question.standing, count)
        for one, (title, count) in titles.items()
        if one is not Standing.LATE or counts.due
    )


def _table(found: Sequence[Promise]) -> Table:
    named = tree.named({one.organisation for one in found}, timezone.localdate())
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


def _below(rows: QuerySet[Record], question: Asked) -> Table | None:
    """How many stand how at each of the organisations below, by the places where they were made."""
    above = Place.objects.filter(organisation=question.at.id).order_by("id").last() if question.at else None
    if above is None:
        return None
    length = len(above.path) + len(paths.step(0))
    path = Subquery(Place.objects.filter(id=OuterRef("place")).values("path")[:1])
    parts = standing.counts_by(rows.annotate(part=Substr(path, 1, length)), question.on)
    found = {part: counts for part, counts in parts.items() if len(part) == length}
    places = Place.objects.filter(path__in=found).order_by("organisation__code")
    named = tree.named([one.organisation_id for one in places], timezone.localdate())
    titles = (gettext("履行中"), gettext("已兑现"), gettext("逾期和未兑现"), gettext("没有写期限"))
    return Table(
        name="below",
        title=gettext("各地承诺"),
        columns=(Column(gettext("组织")), *(Column(title, gettext("条"), align="right") for title in titles)),
        rows=[_part(named[one.organisation_id], found[one.path], question) for one in places],
        note=gettext("按登记顺序排列，不排名次"),
    )


def _part(node: Node, counts: Counts, question: Asked) -> tuple[Cell, ...]:
    there = replace(question, at=node, standing=None)
    numbers = (
        (Standing.OPEN, counts.open), (Standing.KEPT, counts.kept), (Standing.LATE, counts.late),
        (Standing.UNDATED, counts.undated),
    )  # fmt: skip
    links = (
        cells.number(count, link=there.address(standing=one) if count else "")
        if counts.due or one is not Standing.LATE
        else cells.nothing()
        for one, count in numbers
    )
    return (cells.text(node.name, link=there.address()), *links)
