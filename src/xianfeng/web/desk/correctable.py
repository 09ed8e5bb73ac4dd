"""A record that somebody is about to correct or withdraw, and the printed figures that would differ for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import resting
from xianfeng.bulletins.resting import Printed
from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import scope
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.record.waiting import Ways

MOST = 30  # printed figures named on a page


@dataclass(frozen=True)
class Correctable:
    """`for_`: the organisation on whose behalf the reader acts, where he is no superior of it."""

    record: Record
    scheme: Scheme
    kind: Kind
    holder: Node
    filer: Filer
    for_: int | None


@dataclass(frozen=True)
class PrintedFigures:
    """`more`: there are others besides."""

    figures: tuple[Printed, ...]
    more: bool

    @property
    def issues(self) -> int:
        return len({one.closing.id for one in self.figures})


def correctable_or_404(request: HttpRequest, number: int) -> Correctable:
    """One that was withdrawn meanwhile is still told of: whoever is late learns who was first."""
    filer, seen = filer_of(request), scope.of(request)
    record = Record.objects.filter(id=number).first()
    if record is None or not seen.within(record.holder):
        raise Http404(gettext("没有这条记录"))
    scheme = versions.scheme(record.scheme_id)
    if record.state != WITHDRAWN and not Ways(seen).corrects(record, scheme):
        raise Http404(gettext("没有这条记录"))
    holder = tree.named([record.holder], timezone.localdate())[record.holder]
    behalf = record.holder != filer.own.id and not seen.reader.can(Ability.REVIEW)
    return Correctable(record, scheme, scheme.kinds[record.kind], holder, filer, for_=record.holder if behalf else None)


def printed(record: Record) -> PrintedFigures:
    found: Sequence[Printed] = list(islice(resting.printed(record), MOST + 1))
    return PrintedFigures(tuple(found[:MOST]), len(found) > MOST)
