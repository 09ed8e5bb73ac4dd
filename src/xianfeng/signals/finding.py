"""Finding: everything anew each time, for what was changed may be like another now, or like nothing any more.

A signal that is not found again because its record was mended goes, unless somebody spoke to it: then it stays as it
was. Of one that is gone the row remains for a while, without what it told: if it comes back, its author's days have run
on, or whoever mends a record and puts it back each time before they are over would put the office off for ever.

What makes another question of one begins it anew, even where it was let rest: its author has it first, with nothing
said to it yet. Against whoever goes on changing a record, the office reads it all the same three times his days after
it was first found. What one that is gone told nobody kept, so coming back makes no other question of it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xianfeng.ledger import versions
from xianfeng.log import bulk
from xianfeng.signals import answering, filed
from xianfeng.signals.filed import Found
from xianfeng.signals.models import Signal, standing
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
            standing().filter(id__in=some, explained=None).update(gone=day, told={}, beside=[])
        new = [one for key, one in found.items() if key not in known]
        Signal.objects.bulk_create(new, batch_size=bulk.AT_ONCE)
        changed = [known[key] for key, one in found.items() if key in known and _renewed(known[key], one)]
        renewed = ["told", "beside", "found", "gone", "explained", "dismissed"]
        Signal.objects.bulk_update(changed, renewed, batch_size=500)
        Signal.objects.filter(gone__lte=day - answering.LAST).delete()
    return standing().count()


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
    """Whether it is back or says something else now; what makes it another question begins anew."""
    if known.gone:
        known.gone = None
    elif (known.told, known.beside) == (now.told, now.beside):
        return False
    elif any(known.told.get(key) != now.told.get(key) for key in RULES[now.rule].ASKED):
        known.found, known.explained, known.dismissed = now.found, None, None
    elif known.dismissed:
        return False  # left as it was judged
    known.told, known.beside = now.told, now.beside
    return True
