"""Putting a file on a record that is already filed. Files that come with a filing or a move go with its entry."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from xianfeng.ledger import files, forms, handling, writable
from xianfeng.ledger.drafting import Taken
from xianfeng.ledger.forms import Values
from xianfeng.ledger.models import Attachment
from xianfeng.ledger.opening import Opened
from xianfeng.log.actors import Actor


def attach(*, by: Actor, record: int, field: str, name: str, content: bytes, day: dt.date | None = None) -> Attachment:
    """Put a file on a record's attachments field; the same file again is the one already there."""
    kept = files.keep(name, content)
    with transaction.atomic():
        opened = handling.open_one(by=by, record=record, day=day)
        files.refuse_other_fields(opened.form, field)
        if kept.sha256 in opened.before.values.get(field, ()):
            return Attachment.objects.filter(record=record, field=field, sha256=kept.sha256).latest("seq")
        more = Values({field: [kept.sha256]}, {})
        forms.refuse(list(writable.uncorrectable(opened.form, opened.before, more)), opened.form)
        told = files.described({field: [kept]}, opened.before.values)
        seq = handling.write_one(opened, _taken(opened, field, kept.sha256), by=by, attachments=told)
        return files.register([(record, seq, told)])[0]


def _taken(opened: Opened, field: str, sha256: str) -> Taken:
    values = {**opened.before.values, field: [*opened.before.values.get(field, ()), sha256]}
    return Taken("attach", opened.acting.day, opened.acting.organisation, opened.before._replace(values=values))
