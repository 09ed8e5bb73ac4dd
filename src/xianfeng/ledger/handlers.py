"""Whom records name as those that handle them: kept beside the records, so that whoever handles finds what he has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from xianfeng.ledger import powers
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.ledger.models import Handler
from xianfeng.log import bulk

_COLUMNS = ("record_id", "organisation")


def begun(form: Form, images: Iterable[tuple[int, Image]]) -> None:
    """Keep whom new records name."""
    if form.handled:
        bulk.insert(Handler, _COLUMNS, [(record, one) for record, image in images for one in named(form, image)])


def changed(form: Form, record: int, before: Image, after: Image) -> None:
    """Keep whom a record names after a step."""
    old, new = named(form, before), named(form, after)
    if old != new:
        Handler.objects.filter(record=record).exclude(organisation__in=new).delete()
        Handler.objects.bulk_create(Handler(record_id=record, organisation=one) for one in new - old)


def named(form: Form, image: Image) -> frozenset[int]:
    """Whom a record names, as its values have it; what was withdrawn waits for nobody."""
    if not form.handled or image.state == WITHDRAWN:
        return frozenset()
    return powers.handlers(form.kind, image.values)


def stored(records: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """By record, whom it names, as it is kept."""
    found: dict[int, set[int]] = defaultdict(set)
    for record, organisation in Handler.objects.filter(record__in=list(records)).values_list(*_COLUMNS):
        found[record].add(organisation)
    return {record: frozenset(organisations) for record, organisations in found.items()}


def handled_by(organisation: int) -> QuerySet[Handler, int]:
    """The records that name an organisation, by number."""
    return Handler.objects.filter(organisation=organisation).values_list("record_id", flat=True)
