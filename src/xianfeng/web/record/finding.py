"""One record by its number, or the same 404 for one that is not there and one that is not the reader's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind, Scheme


@dataclass(frozen=True)
class Opened:
    """A record with what it was filed under."""

    record: Record
    scheme: Scheme
    kind: Kind


def record_or_404(number: int, allowed: Callable[[Record], bool]) -> Opened:
    """`allowed`: the reader's scope asks it how much of the record he may see."""
    record = Record.objects.filter(id=number).first()
    if record is None or not allowed(record):
        raise Http404(gettext("没有这条记录"))
    scheme = versions.scheme(record.scheme_id)
    return Opened(record, scheme, scheme.kinds[record.kind])
