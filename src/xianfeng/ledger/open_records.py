"""The ledger's open items: records that somebody still has to finish when their organisation ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from xianfeng.ledger import forms, handling
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


def open_at(organisation: int) -> Iterator[OpenItem]:
    """The records an organisation answers for that are in an open state."""
    held = Record.objects.filter(holder=organisation).exclude(state=WITHDRAWN).order_by("id")
    for record, version, kind, state in held.values_list("id", "scheme_id", "kind", "state"):
        form = forms.form(version, kind)
        if form.flow.states[state].open:
            title = f"{form.kind.title}第 {record} 号（{form.flow.states[state].title}）"
            yield OpenItem(key=f"record:{record}", title=title, hand_over=_Successor(record))
