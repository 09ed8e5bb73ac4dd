"""Signals in a campaign that goes on: found by the daily search as everywhere, some explained by whoever is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction

from xianfeng.demo.filing import references
from xianfeng.demo.plan import Plan
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import office
from xianfeng.signals import answering, clockwork
from xianfeng.signals.models import standing


@transaction.atomic
def ask(planned: Plan, *, now: dt.datetime) -> int:
    """Look through all registers, and let the plan's authors answer once; how many signals the campaign has."""
    clockwork.tick(now=now)
    by = replace(office(versions.current(planned.scheme)), at=now)
    items = {item.id: item for item in planned.filings}
    for said in planned.explained:
        records = Record.objects.filter(reference__in=references(planned, items[said.of])).values("id")
        for one in standing().filter(record__in=records, explained=None):
            whoever = replace(by, organisation=one.organisation, role="")
            answering.explain(by=whoever, signal=one.id, words=said.words)
    return standing().filter(campaign=planned.scheme).count()
