"""What became of a filing: under which number it stands, who is next, and how to go on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, scope
from xianfeng.web.record import steps
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.record.values import state_title


@dataclass(frozen=True)
class FiledPage:
    scheme: Scheme
    kind: Kind
    record: Record
    organisation: Node
    on_behalf: bool
    state: str
    after: str
    made: str  # the move that was made of it; '' for one that was filed just now


@require_safe
@access.needs(Ability.FILE)
def filed(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    opened = record_or_404(number, seen.full)
    record, scheme, kind = opened.record, opened.scheme, opened.kind
    organisation = tree.named([record.organisation], record.day)[record.organisation]
    own = seen.reader.organisation
    last = history(number)[-1]
    page = FiledPage(
        scheme=scheme,
        kind=kind,
        record=record,
        organisation=organisation,
        on_behalf=own is not None and own.id != record.organisation,
        state=state_title(kind, record.state),
        after=steps.next_of(scheme, kind, record.state, organisation, timezone.localdate()),
        made=translated(last.title) if last.seq != number else "",
    )
    return render(request, "desk/filed.html", {"page": page})
