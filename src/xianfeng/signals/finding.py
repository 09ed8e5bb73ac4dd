"""Finding: everything anew each time, for a text that was changed may be like another now.

A signal is about the later of two records, beside the earlier one that it is most like. One that is not found again
because its record was mended goes, unless somebody spoke to it: then it stays as it was.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from django.db import transaction

from xianfeng.ledger import versions
from xianfeng.log import bulk
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.signals import texts
from xianfeng.signals.models import Signal
from xianfeng.signals.nearness import near
from xianfeng.signals.pieces import pieces
from xianfeng.signals.texts import Filed

COPIED, SAME_FILE = "copied", "same_file"
Alike = tuple[Filed, Filed, int]  # the later, the earlier, and how alike they are, of 100


def find(*, day: dt.date) -> int:
    """Look through all registers; how many signals stand that nobody has dismissed."""
    found = [signal for register, kind in texts.kinds().items() for signal in _of_register(register, kind)]
    for signal in found:
        signal.found = day
    with transaction.atomic():
        known = {_key(one): one.id for one in Signal.objects.all()}
        wanted = {_key(one): one for one in found}
        mended = [number for key, number in known.items() if key not in wanted]
        for some in bulk.numbers(mended):
            Signal.objects.filter(id__in=some, explained=None, dismissed=None).delete()
        new = [one for key, one in wanted.items() if key not in known]
        Signal.objects.bulk_create(new, batch_size=bulk.AT_ONCE)
    return Signal.objects.filter(dismissed=None).count()


def _key(one: Signal) -> tuple[str, int, str, int]:
    return one.rule, one.record, one.field, one.other


def _of_register(register: str, kind: Kind) -> Iterator[Signal]:
    for field in texts.fields(kind):
        yield from _signals(COPIED, field, _copied(register, field))
    for field in kind.fields.values():
        if field.type is FieldType.ATTACHMENTS and not field.retired:
            yield from _signals(SAME_FILE, field, _same_files(register, field))


def _copied(register: str, field: Field) -> Iterator[Alike]:
    """Each text with the one before it that it is most like."""
    filed: list[Filed] = []
    pairs = near(pieces(texts.parts(register, field, filed)))
    best: dict[int, tuple[float, int]] = {}
    for one, other, share in zip(pairs.ones.tolist(), pairs.others.tolist(), pairs.shares.tolist(), strict=True):
        best[other] = max(best.get(other, (0.0, 0)), (share, one))
    return ((filed[later], filed[earlier], int(100 * share)) for later, (share, earlier) in best.items())


def _same_files(register: str, field: Field) -> Iterator[Alike]:
    """Each record with the first one that has a file which it has too, of another organisation or another day."""
    rows = texts.filed(register).values_list("id", "organisation", "place", "scheme_id", "day", "values")
    first: dict[str, tuple[Filed, dt.date]] = {}
    for number, organisation, place, scheme, day, values in rows.iterator():
        mine = Filed(number, organisation, place, scheme)
        shared = [first.setdefault(sha256, (mine, day)) for sha256 in json.loads(values).get(field.name, ())]
        others = [one for one, when in shared if one.organisation != organisation or when != day]
        if others:
            yield mine, others[0], 100


def _signals(rule: str, field: Field, alike: Iterable[Alike]) -> Iterator[Signal]:
    """Without what a superior had handed down."""
    found = list(alike)
    above = _above(later.place for later, _, _ in found)
    for later, earlier, share in found:
        if earlier.place not in above[later.place]:
            yield Signal(
                campaign=versions.scheme(later.scheme).name,
                rule=rule,
                record=later.number,
                field=field.name,
                organisation=later.organisation,
                other=earlier.number,
                share=share,
            )


def _above(held: Iterable[int]) -> dict[int, frozenset[int]]:
    """The places over each of these."""
    paths: dict[int, str] = {}
    for some in bulk.numbers(held):
        paths.update(Place.objects.filter(id__in=some).values_list("id", "path"))
    return {place: frozenset(places_of(path)) - {place} for place, path in paths.items()}
