"""The ledger's open items: records that somebody still has to finish when the organisation ends that holds or handles
them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from xianfeng.ledger import forms, handling, mentions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.registry.open_items import OpenItem


@dataclass(frozen=True)
class _Successor:
    """Passes one record on. What was done stays counted where it was done."""

    record: int

    def __call__(self, *, to: int, day: dt.date, by: Actor) -> None:
        handling.pass_on(by=by, record=self.record, to=to, day=day, reason="组织撤并，由承接组织继续办理")


@dataclass(frozen=True)
class _NextHandler:
    """Lets another organisation handle a record in the place of one that ends; its clocks go on."""

    record: int
    instead_of: int
    reason: str

    def __call__(self, *, to: int, day: dt.date, by: Actor) -> None:
        handling.pass_handling_on(
            by=by, record=self.record, instead_of=self.instead_of, to=to, day=day, reason=self.reason
        )


def open_at(organisation: int) -> Iterator[OpenItem]:
    """The records an organisation answers for that are in an open state."""
    for record, title in _open(Record.objects.filter(holder=organisation).exclude(state=WITHDRAWN)):
        yield OpenItem(key=f"record:{record}", title=title, hand_over=_Successor(record))


def handled_at(organisation: int) -> Iterator[OpenItem]:
    """The open records that an organisation handles, wherever they stand."""
    for record, title in _open(Record.objects.filter(id__in=mentions.naming(organisation))):
        yield OpenItem(
            key=f"handled:{record}",
            title=f"承办的{title}",
            hand_over=_NextHandler(record, organisation, "承办单位撤并，由承接组织继续承办"),
            go_up=_NextHandler(record, organisation, "承办单位撤销，没有承接组织，由它的上级承办或者另行交办"),
        )


def _open(rows: QuerySet[Record]) -> Iterator[tuple[int, str]]:
    """Those in an open state, with what they are called."""
    for record, version, kind, state in rows.order_by("id").values_list("id", "scheme_id", "kind", "state"):
        form = forms.form(version, kind)
        if form.flow.states[state].open:
            yield record, f"{form.kind.title}第 {record} 号（{form.flow.states[state].title}）"
