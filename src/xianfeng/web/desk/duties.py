"""What the reader's desk owes: everything open, the earliest due first or by organisation or campaign; of one campaign,
one of its organisations, or one round with what is owed in it below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import wording
from xianfeng.duties import matching, naming, owed
from xianfeng.duties.models import Round
from xianfeng.duties.owed import Order, Owed
from xianfeng.duties.status import TITLES, Status
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Look
from xianfeng.web.frame import asked, campaigns, number_or_404, own_or_404
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
    Column(_("组织")),
    Column(_("时段")),
    Column(_("活动")),
    Column(_("期限")),
)


_ORDERS: Mapping[Order, Promise] = {
    "due": _("按期限"),
    "organisation": _("按组织"),
    "campaign": _("按活动"),
}


@dataclass(frozen=True)
class DutiesPage:
    own: Node
    round: str  # the one that is shown; '' for all
    tabs: tuple[Tab, ...]
    whose: tuple[Tab, ...]
    orders: tuple[Tab, ...]
    table: Table
    exceeded: Table | None
    pages: Pages


@dataclass(frozen=True)
class Choice:
    """What the address asks for: of it, all but where a page begins."""

    scheme: str
    at: int
    round: int
    by: Order

    def address(self, **changed: object) -> str:
        given = {"scheme": self.scheme, "at": self.at, "round": self.round, "by": self.by, **changed}
        said = {key: value for key, value in given.items() if value and value != "due"}
        return f"{reverse('duties')}?{urlencode(said)}" if said else reverse("duties")


@require_safe
@access.needs(Ability.READ)
def duties(request: HttpRequest) -> HttpResponse:
    own = own_or_404(scope.of(request))
    now, chosen = timezone.now(), _choice(request, own)
    matching.before_a_page(now=now)
    after, limit = asked(request, "after"), IN_A_FILE if wanted(request) else SHOWN
    try:
        found = owed.owed(
            own.id,
            now=now,
            scheme=chosen.scheme,
            at=chosen.at,
            round_=chosen.round,
            by=chosen.by,
            after=after,
            limit=limit,
        )
    except ValueError as fault:
        raise Http404(gettext("没有这一页")) from fault
    narrowed = chosen.at or chosen.round
    exceeded = () if narrowed else owed.exceeded(own.id, now=now, scheme=chosen.scheme)
    known = {link.name: link.title for link in campaigns()}
    row = Round.objects.filter(id=chosen.round).first()
    page = DutiesPage(
        own=own,
        round=translated(naming.what(row)) if row else "",
        tabs=(
            Tab(_("全部活动"), chosen.address(scheme="", round=0), current=not chosen.scheme),
            *(Tab(title, chosen.address(scheme=name, round=0), name == chosen.scheme) for name, title in known.items()),
        ),
        whose=_whose(chosen, own),
        orders=tuple(Tab(title, chosen.address(by=by), by == chosen.by) for by, title in _ORDERS.items()),
        table=table(found.rows, known, own),
        exceeded=_exceeded(exceeded, known, own) if exceeded else None,
        pages=Pages(
            next=chosen.address(after=found.following) if found.following else "",
            first=chosen.address() if after else "",
        ),
    )
    tables = [page.table, *([page.exceeded] if page.exceeded else [])]
    return answer(request, *tables) or render(request, "desk/duties.html", {"page": page})


def _choice(request: HttpRequest, own: Node) -> Choice:
    by, at = asked(request, "by") or "due", number_or_404(request, "at") or 0
    order = next((one for one in _ORDERS if one == by), None)
    if order is None or (at and at not in desks.of(own.id)):
        raise Http404(gettext("没有这一页"))
    return Choice(asked(request, "scheme"), at, number_or_404(request, "round") or 0, order)


def _whose(chosen: Choice, own: Node) -> tuple[Tab, ...]:
    """The organisations of the desk; none where it is one alone."""
    nodes = tree.named(desks.of(own.id), timezone.localdate())
    if len(nodes) < 2:
        return ()
    return (
        Tab(_("全部组织"), chosen.address(at=0), not chosen.at),
        *(Tab(node.name, chosen.address(at=number), number == chosen.at) for number, node in nodes.items()),
    )


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
    named = {number for row in rows for number in (row.organisation, row.about)} - {0}
    nodes = tree.named(named, timezone.localdate())
    for row in rows:
        about = nodes[row.about].name if row.about in nodes and row.about != own.id else ""
        note = gettext("代下级承担") if row.handed_up else about
        yield (
            row,
            (
                cells.text(translated(row.title), link=reverse("duty", args=[row.id]), note=note),
                cells.text(nodes[row.organisation].name if row.organisation in nodes else ""),
                cells.text(translated(row.stretch)),
                cells.text(campaign.get(row.scheme, row.scheme)),
                cells.text(translated(wording.moment(row.due))),
            ),
        )


def _status(row: Owed) -> cells.Cell:
    return cells.text(translated(TITLES[row.status]), look=LOOKS[row.status])
