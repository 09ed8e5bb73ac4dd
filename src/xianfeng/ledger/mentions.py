"""What records name, other records and whoever acts on them, kept the other way round: so that it is found from there.

Numbers of records, people and organisations are of one sequence: none stands for two of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.ledger.models import Mention
from xianfeng.ledger.powers import parties
from xianfeng.log import bulk

_COLUMNS = ("record_id", "target")


def begun(form: Form, images: Iterable[tuple[int, Image]]) -> None:
    """Keep what new records name."""
    if form.mentioning or form.flow.told:
        rows = ((record, one) for record, image in images for one in named(form, image.state, image.values))
        bulk.insert(Mention, _COLUMNS, list(rows))


def changed(form: Form, record: int, before: Image, after: Image) -> None:
    """Keep what a record names after a step."""
    old, new = (named(form, image.state, image.values) for image in (before, after))
    if old != new:
        Mention.objects.filter(record=record).exclude(target__in=new).delete()
        Mention.objects.bulk_create(Mention(record_id=record, target=one) for one in new - old)


def named(form: Form, state: str, values: Mapping[str, Any]) -> frozenset[int]:
    """What a record names, as its values have it; what was withdrawn names nobody."""
    if state == WITHDRAWN:
        return frozenset()
    mentioned = frozenset(values[name] for name in form.mentioning if name in values)
    return mentioned | parties(form.kind, state, values) if form.flow.told else mentioned


def stored(records: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """By record, what it names, as it is kept."""
    found: dict[int, set[int]] = defaultdict(set)
    for record, target in Mention.objects.filter(record__in=list(records)).values_list(*_COLUMNS):
        found[record].add(target)
    return {record: frozenset(targets) for record, targets in found.items()}


def naming(*targets: int) -> QuerySet[Mention, int]:
    """The records that name one of these, by number: that an organisation handles, that a person is the author of, that
    hang on a record."""
    return Mention.objects.filter(target__in=targets).values_list("record_id", flat=True)
