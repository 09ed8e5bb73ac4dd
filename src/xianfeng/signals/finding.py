"""Finding: everything anew each time, for what was changed may be like another now, or like nothing any more.

A signal that is not found again because its record was mended goes, unless somebody spoke to it: then it stays as it
was. What makes another question of one begins it anew, even where it was let rest: its author has it first, with
nothing said to it yet. Whoever goes on changing a record would put that off for ever; three times his days after it
was first found, the office reads it all the same.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xianfeng.ledger import versions
from xianfeng.log import bulk
from xianfeng.signals import filed
from xianfeng.signals.filed import Found
from xianfeng.signals.models import Signal
from xianfeng.signals.rules import RULES

_MOST_BESIDE = 100  # records that are named


def find(*, day: dt.date) -> int:
    """Look through all registers; how many signals stand that nobody has dismissed."""
    registers = filed.registers()
    found = {
        _key(one): one
        for name, rule in RULES.items()
        for register in registers
        for one in (_signal(name, found, day) for found in rule.find(register))
    }
    with transaction.atomic():
        known = {_key(one): one for one in Signal.objects.all()}
        mended = [one.id for key, one in known.items() if key not in found]
        for some in bulk.numbers(mended):
            Signal.objects.filter(id__in=some, explained=None, dismissed=None).delete()
        new = [one for key, one in found.items() if key not in known]
        Signal.objects.bulk_create(new, batch_size=bulk.AT_ONCE)
        changed = [known[key] for key, one in found.items() if key in known and _renewed(known[key], one)]
        renewed = ["told", "beside", "found", "explained", "dismissed"]
        Signal.objects.bulk_update(changed, renewed, batch_size=500)
    return Signal.objects.filter(dismissed=None).count()


def _key(one: Signal) -> tuple[str, int, str, int]:
    return one.rule, one.record, one.field, one.other


def _signal(rule: str, found: Found, day: dt.date) -> Signal:
    return Signal(
        campaign=versions.scheme(found.record.scheme).name,
        rule=rule,
        record=found.record.number,
        field=found.field,
        organisation=found.record.organisation,
        other=found.other,
        told=dict(found.told),
        beside=list(found.beside[:_MOST_BESIDE]),
        begun=day,
        found=day,
    )


def _renewed(known: Signal, now: Signal) -> bool:
    """Whether it says something else now; what makes it another question begins anew."""
    if (known.told, known.beside) == (now.told, now.beside):
        return False
    if any(known.told.get(key) != now.told.get(key) for key in RULES[now.rule].ASKED):
        known.found, known.explained, known.dismissed = now.found, None, None
    elif known.dismissed:
        return False  # left as it was judged
    known.told, known.beside = now.told, now.beside
    return True
