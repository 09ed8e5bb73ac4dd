"""The personal fields of a record, for who may see them: what for is asked first, and the look is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import history
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind
from xianfeng.vault import values as vault
from xianfeng.vault.values import Commitment
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.record.at_hand import held
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.tables import Column, Table

PURPOSE = "purpose"
LONGEST = 100
PURPOSES = (_("核对记录"), _("与本人联系"), _("办理本人的诉求"))


@dataclass(frozen=True)
class Told:
    """What a field said from an entry on; None: it was erased."""

    title: str
    seq: int
    at: dt.datetime
    value: str | None

    @property
    def row(self) -> tuple[Cell, ...]:
        at = date_format(timezone.localtime(self.at), "DATETIME_FORMAT")
        return (
            cells.text(self.title),
            cells.text(gettext("已按规定删除") if self.value is None else self.value),
            cells.text(gettext("{at} · 顺序号 {seq}").format(at=at, seq=self.seq)),
        )


@dataclass(frozen=True)
class PersonalPage:
    """`told` None: what for has not been said yet."""

    record: Record
    kind: str
    fields: tuple[str, ...]
    purpose: str
    purposes: tuple[Promise, ...]
    told: tuple[Told, ...] | None
    error: str = ""

    @property
    def table(self) -> Table:
        columns = (Column(gettext("栏目")), Column(gettext("内容")), Column(gettext("录入")))
        rows = [one.row for one in self.told or ()]
        return Table("told", gettext("登记的内容"), columns, rows, file=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.PERSONAL)
def personal(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    opened = record_or_404(number, seen.personal)
    record, kind = opened.record, opened.kind
    fields = held(record, kind)
    if not fields:
        raise Http404(gettext("这条记录没有个人信息"))
    purpose = request.POST.get(PURPOSE, "").strip()
    said = bool(purpose) and len(purpose) <= LONGEST and purpose.isprintable()
    page = PersonalPage(
        record=record,
        kind=kind.title,
        fields=fields,
        purpose=purpose,
        purposes=PURPOSES,
        told=_told(request, record, kind, purpose) if said else None,
        error="" if said or request.method != "POST" else gettext("请写明为什么要看，不超过 100 个字。"),
    )
    return render(request, "desk/personal.html", {"page": page}, status=422 if page.error else 200)


def _told(request: HttpRequest, record: Record, kind: Kind, purpose: str) -> tuple[Told, ...]:
    """Everything that was ever told, in its order, so that a change can be seen from what to what."""
    kept = [(event, name, text) for event in history.history(record.id) for name, text in event.commitments.items()]
    read = vault.read_many({text for *_rest, text in kept}, by=scope.of(request).reader.actor, purpose=purpose)
    return tuple(
        Told(kind.fields[name].title, event.seq, event.at, read[Commitment(text)])
        for event, name, text in kept
        if name in kind.fields
    )
