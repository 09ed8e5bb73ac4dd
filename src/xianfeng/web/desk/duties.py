"""What the reader's desk owes: everything open, the earliest due first, of one campaign or of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import matching, naming, owed
from xianfeng.duties.owed import Owed
from xianfeng.duties.status import TITLES, Status
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.frame import asked, campaigns, own_or_404
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN, IN_A_FILE = 50, 5_000
LOOKS = {
    Status.OVERDUE: Look.ATTENTION,
    Status.MISSED: Look.TAG,
    Status.OPEN: Look.TAG,
    Status.MET: Look.DONE,
    Status.LATE: Look.TAG,
    Status.WAITING: Look.TAG,
    Status.VOID: Look.TAG,
}
_COLUMNS = (
    Column(_("要办的事")),
    Column(_("时段")),
    Column(_("活动")),
    Column(_("期限")),
)


@dataclass(frozen=True)
class DutiesPage:
    own: Node
    tabs: tuple[Tab, ...]
    table: Table
    exceeded: Table | None
    pages: Pages


@require_safe
@access.needs(Ability.READ)
def duties(request: HttpRequest) -> HttpResponse:
    own = own_or_404(scope.of(request))
    now = timezone.now()
    matching.before_a_page(now=now)
    chosen, after = asked(request, "scheme"), asked(request, "after")
    limit = IN_A_FILE if wanted(request) else SHOWN
    try:
        found = owed.owed(own.id, now=now, scheme=chosen, after=after, limit=limit)
    except ValueError as fault:
        raise Http404(gettext("没有这一页")) from fault
    exceeded = owed.exceeded(own.id, now=now, scheme=chosen)
    known = {link.name: link.title for link in campaigns()}
    here = reverse("duties")
    page = DutiesPage(
        own=own,
        tabs=(
            Tab(_("全部活动"), here, current=not chosen),
            *(Tab(title, f"{here}?scheme={name}", current=name == chosen) for name, title in known.items()),
        ),
        table=table(found.rows, known, own),
        exceeded=_exceeded(exceeded, known, own) if exceeded else None,
        pages=Pages(
            next=f"{here}?{urlencode({'scheme': chosen, 'after': found.following})}" if found.following else "",
            first=f"{here}?{urlencode({'scheme': chosen})}" if after else "",
        ),
    )
    tables = [page.table, *([page.exceeded] if page.exceeded else [])]
    return answer(request, *tables) or render(request, "desk/duties.html", {"page": page})


def table(rows: Sequence[Owed], campaign: Mapping[str, str], own: Node) -> Table:
    return Table(
        "duties",
        _("应办未办"),
        (*_COLUMNS, Column(_("还差"), align="right"), Column(_("情况"))),
        [(*line, cells.number(row.missing), _status(row)) for row, line in _lines(rows, campaign, own)],
        empty=_("没有应办未办的。"),
    )


def _exceeded(rows: Sequence[Owed], campaign: Mapping[str, str], own: Node) -> Table:
    return Table(
        "exceeded",
        _("超过规定次数"),
        (*_COLUMNS, Column(_("至多"), align="right"), Column(_("已办"), align="right")),
        [(*line, cells.number(row.most), cells.number(row.met)) for row, line in _lines(rows, campaign, own)],
    )


def _lines(
    rows: Sequence[Owed], campaign: Mapping[str, str], own: Node
) -> Iterator[tuple[Owed, tuple[cells.Cell, ...]]]:
    """What all columns but the last say of each."""
    others = {number for row in rows for number in (row.organisation, row.about)} - {0, own.id}
    nodes = tree.named(others, timezone.localdate())
    for row in rows:
        names = [nodes[number].name for number in (row.organisation, row.about) if number in nodes]
        note = gettext("代下级承担") if row.handed_up else "：".join(names)
        yield (
            row,
            (
                cells.text(translated(row.title), link=reverse("duty", args=[row.id]), note=note),
                cells.text(translated(row.stretch)),
                cells.text(campaign.get(row.scheme, row.scheme)),
                cells.text(translated(naming.moment(row.due))),
            ),
        )


def _status(row: Owed) -> cells.Cell:
    return cells.text(translated(TITLES[row.status]), look=LOOKS[row.status])
