"""The bulletin desk: every manuscript of the reader's campaigns, by how far it has got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import content
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.stages import Stage
from xianfeng.scheme.nodes import Bulletin, Scheme
from xianfeng.web import cells, scope
from xianfeng.web.access import needs
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import asked, number_or_404, own_campaigns
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 50
_OPEN = (Stage.DRAFT, Stage.SUBMITTED, Stage.CHECKED, Stage.SIGNED)
_LOOKS: Mapping[str, Look] = {Stage.ISSUED: Look.DONE, Stage.DROPPED: Look.TAG}


@dataclass(frozen=True)
class Planned:
    """A bulletin of the campaign's file that nobody has begun."""

    scheme: Scheme
    bulletin: Bulletin

    @property
    def title(self) -> str:
        return "".join(self.bulletin.title)


@dataclass(frozen=True)
class ListPage:
    campaigns: tuple[Scheme, ...]
    tabs: tuple[Tab, ...]
    table: Table
    planned: tuple[Planned, ...]
    pages: Pages


@require_safe
@needs(Ability.OFFICE)
def manuscripts(request: HttpRequest) -> HttpResponse:
    schemes = own_campaigns(scope.of(request))
    stage = asked(request, "stage")
    rows = Manuscript.objects.filter(scheme__in=[scheme.name for scheme in schemes]).order_by("-id")
    counts = dict(rows.order_by().values_list("stage").annotate(Count("id")))
    rows = rows.filter(stage=stage) if stage in set(Stage) else rows.filter(stage__in=_OPEN)
    if before := number_or_404(request, "before"):
        rows = rows.filter(id__lt=before)
    found = list(rows) if wanted(request) else list(rows[: SHOWN + 1])
    more = not wanted(request) and len(found) > SHOWN
    page = ListPage(
        campaigns=schemes,
        tabs=tuple(_tabs(stage, counts)),
        table=_table(found[:SHOWN] if more else found, {scheme.name: scheme.title for scheme in schemes}),
        planned=tuple(_planned(schemes)),
        pages=Pages(next=f"?stage={stage}&before={found[SHOWN - 1].id}" if more else ""),
    )
    return answer(request, page.table) or render(request, "office/bulletin/listing.html", {"page": page})


def _tabs(current: str, counts: Mapping[str, int]) -> Iterator[Tab]:
    address = reverse("manuscripts")
    yield Tab(gettext("在办"), address, current not in set(Stage), sum(counts.get(stage, 0) for stage in _OPEN))
    for stage in Stage:
        yield Tab(stage.word, f"{address}?stage={stage}", current == stage, counts.get(stage, 0))


def _table(rows: list[Manuscript], titles: Mapping[str, str]) -> Table:
    return Table(
        name="manuscripts",
        title=gettext("文稿"),
        columns=(
            Column(gettext("标题")),
            Column(gettext("进度")),
            Column(gettext("期号")),
            Column(gettext("报头")),
            Column(gettext("活动")),
            Column(gettext("最近改动")),
        ),
        rows=[_row(row, titles) for row in rows],
        empty=gettext("这一栏没有文稿。"),
        head=0,
    )


def _row(row: Manuscript, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    stage = Stage(row.stage)
    written = content.read(row.content)
    number = gettext("第%(number)s期") % {"number": row.number} if row.number else gettext("签发时编号")
    return (
        cells.text("".join(written.title), link=reverse("manuscript", args=[row.id]), note=written.special),
        cells.text(stage.word, look=_LOOKS.get(stage, Look.ATTENTION)),
        cells.text(number),
        cells.text(row.series),
        cells.text(titles[row.scheme]),
        cells.text(timezone.localtime(row.changed).strftime("%Y-%m-%d %H:%M")),
    )


def _planned(schemes: tuple[Scheme, ...]) -> Iterator[Planned]:
    names = [scheme.name for scheme in schemes]
    begun = set(
        Manuscript.objects.filter(scheme__in=names).exclude(stage=Stage.DROPPED).values_list("scheme", "bulletin")
    )
    begun |= set(Closing.objects.filter(scheme__name__in=names).values_list("scheme__name", "bulletin"))
    for scheme in schemes:
        for bulletin in scheme.bulletins.values():
            if (scheme.name, bulletin.name) not in begun:
                yield Planned(scheme, bulletin)
