"""A record that somebody is about to correct or withdraw, and the printed figures that would differ for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest
from django.urls import reverse
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
from xianfeng.web import cells, scope
from xianfeng.web.cells import Cell
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.record.waiting import Ways
from xianfeng.web.tables import Column, Table

MOST = 30  # printed figures named on a page


@dataclass(frozen=True)
class Correctable:
    """`for_`: the organisation on whose behalf the reader acts, where he corrects it as no superior of it."""

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
    def table(self) -> Table:
        columns = (
            Column(gettext("简报")),
            Column(gettext("数据")),
            Column(gettext("统计时间")),
            Column(gettext("印为"), align="right"),
        )
        return Table("figures", gettext("用到它的数据"), columns, list(map(_row, self.figures)), level=3, file=False)

    @property
    def issues(self) -> int:
        return len({one.closing.id for one in self.figures})


def correctable_or_404(request: HttpRequest, number: int, *, withdrawing: bool = False) -> Correctable:
    """One that was withdrawn meanwhile is still told of: whoever is late learns who was first."""
    filer, seen = filer_of(request), scope.of(request)

    def allowed(record: Record) -> bool:
        if not seen.files_for(record.holder):
            return False
        ways, scheme = Ways(seen), versions.scheme(record.scheme_id)
        may = ways.withdraws(record, scheme) if withdrawing else ways.corrects(record, scheme)
        return record.state == WITHDRAWN or may

    opened = record_or_404(number, allowed)
    record = opened.record
    holder = tree.named([record.holder], timezone.localdate())[record.holder]
    above = seen.reader.can(Ability.REVIEW) and record.holder != seen.head
    behalf = record.holder != filer.own.id and not above
    return Correctable(record, opened.scheme, opened.kind, holder, filer, for_=record.holder if behalf else None)


def _row(one: Printed) -> tuple[Cell, ...]:
    closing, wording = one.closing, one.wording
    return (
        cells.text(
            gettext("{series}第{number}期").format(series=closing.series, number=closing.number),
            link=reverse("bulletin", args=[closing.scheme.name, closing.bulletin]),
        ),
        cells.text(wording.title, link=wording.address, note=one.source.at),
        cells.text(wording.period),
        cells.text(one.source.text),
    )


def printed(record: Record) -> PrintedFigures:
    found: Sequence[Printed] = list(islice(resting.printed(record), MOST + 1))
    return PrintedFigures(tuple(found[:MOST]), len(found) > MOST)
