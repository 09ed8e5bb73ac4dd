"""Attachments at their addresses: of records through the scope, of forms not filed yet by their receipts."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext, gettext_noop

from xianfeng.ledger.files import Kept
from xianfeng.ledger.models import Attachment
from xianfeng.problems import Problem
from xianfeng.vault import values as vault
from xianfeng.web import access, scope
from xianfeng.web.forms import receipts
from xianfeng.web.record import files
from xianfeng.web.record.finding import record_or_404


@access.reading
def attachment(request: HttpRequest, number: int, sha256: str, name: str) -> HttpResponseBase:
    """A file on a record. Who may see the field that it is on may see the file; once it was taken off, only who may
    read the record's history."""
    seen = scope.of(request)
    record = record_or_404(number, seen.record).record
    readable = list(seen.record_fields(record))
    rows = Attachment.objects.filter(record=number, sha256=sha256, name=name, field__in=readable)
    row = rows.order_by("-id").first()
    if row is None or not (files.held(row) or seen.full(record)):
        raise Http404(gettext("没有这个附件"))
    if row.field not in seen.public_fields_of(record) and json.loads(record.personal) and seen.reader.appointment:
        # What the record says of somebody may stand in its papers too.
        vault.count_reading(record=number, field=row.field, by=seen.reader.actor, purpose=gettext_noop("查看附件"))
    return files.response(Kept(row.name, row.media_type, row.size, row.sha256))


@access.reading
def arrived(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """A file that has come with a form which is not filed yet, for whoever holds its receipt: its sender."""
    try:
        return files.response(receipts.read(receipt))
    except Problem as problem:
        raise Http404(gettext("没有这个附件")) from problem
