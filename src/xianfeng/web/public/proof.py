"""The proofs of a record's entries: that each stands under a signed seal, and the receipt to keep of it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from xianfeng.ledger.history import Event, history
from xianfeng.ledger.models import Record
from xianfeng.log import receipts
from xianfeng.log.models import Entry, Seal
from xianfeng.web import access, scope
from xianfeng.web.frame import number_or_404
from xianfeng.web.record.finding import record_or_404


@dataclass(frozen=True)
class Proven:
    """An entry, its own hash, and the first seal that covers it, if one does yet. What joins them is in the receipt."""

    event: Event
    leaf: str
    seal: Seal | None

    @property
    def root(self) -> str:
        return bytes(self.seal.root).hex() if self.seal else ""


@dataclass(frozen=True)
class ProofPage:
    record: Record
    kind: str
    entries: tuple[Proven, ...]


@access.reading
def record_proof(request: HttpRequest, number: int) -> HttpResponse:
    """`seq`: the receipt of that entry as a file. An entry says everything, so only who may read it all gets one."""
    seen = scope.of(request)
    opened = record_or_404(number, seen.record)
    if not seen.full(opened.record):
        raise Http404(gettext("这条记录的封存证明不公开，只有本级范围内的人看得到"))
    events = history(number)
    seq = number_or_404(request, "seq")
    if seq is not None:
        return _receipt(seq, events)
    page = ProofPage(opened.record, opened.kind.title, _proven(events))
    return render(request, "public/proof.html", {"page": page})


def _proven(events: tuple[Event, ...]) -> tuple[Proven, ...]:
    sizes = list(Seal.objects.filter(size__gte=events[0].seq).order_by("size").values_list("size", flat=True))
    places = [bisect_left(sizes, event.seq) for event in events]
    needed = {sizes[place] for place in places if place < len(sizes)}
    covering = Seal.objects.defer("proof").in_bulk(needed)
    leaves = dict(Entry.objects.filter(seq__in=[event.seq for event in events]).values_list("seq", "leaf"))
    return tuple(
        Proven(event, bytes(leaves[event.seq]).hex(), covering[sizes[place]] if place < len(sizes) else None)
        for event, place in zip(events, places, strict=True)
    )


def _receipt(seq: int, events: tuple[Event, ...]) -> HttpResponse:
    if seq not in {event.seq for event in events}:
        raise Http404(gettext("没有这一条办理记录"))
    headers = {"Content-Disposition": f'attachment; filename="xianfeng-{seq}.json"'}
    return HttpResponse(receipts.receipt(seq).text(), content_type="application/json", headers=headers)
