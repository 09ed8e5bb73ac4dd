"""Files on records. Bytes lie outside the database and the web root, under their hash; the entry holds the hash.

A file is taken for what its bytes are, and refused when its name says otherwise. The file is on disk before the entry
commits; one whose entry never came is an orphan under a hash that nothing names, and harms nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from django.db import transaction

from xianfeng.config import paths
from xianfeng.ledger import handling, sniffing
from xianfeng.ledger.drafting import Taken
from xianfeng.ledger.handling import Opened
from xianfeng.ledger.models import Attachment
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.scheme.types import FieldType

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 100


def attach(*, by: Actor, record: int, field: str, name: str, content: bytes, day: dt.date | None = None) -> Attachment:
    """Put a file on a record's attachments field; the same file again is the one already there."""
    described, kept = _examined(name, content)
    sha256 = described["sha256"]
    with transaction.atomic():
        opened = handling.open_one(by=by, record=record, day=day)
        _refuse_other_fields(opened, field)
        known = Attachment.objects.filter(record=record, field=field, sha256=sha256).first()
        if known is not None:
            return known
        _store(sha256, kept)
        on_field = {"field": field, **described}
        seq = handling.write_one(opened, _taken(opened, field, sha256), by=by, attachments=[on_field])
        return Attachment.objects.create(record_id=record, seq=seq, **on_field)


def keep(name: str, content: bytes) -> dict[str, Any]:
    """Keep a file that belongs to no record; what the entry that names it says of it."""
    described, kept = _examined(name, content)
    _store(described["sha256"], kept)
    return described


def _examined(name: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """What a file is, and its bytes as they are kept."""
    name = _name(name)
    if not 0 < len(content) <= LARGEST:
        hint = f"最大 {LARGEST // 1024 // 1024} MB；图片可缩小，文件可分拆。"
        raise Problem("ledger.file_size", "文件是空的或太大。", hint=hint, place=name)
    media_type = sniffing.media_type(name, content)
    kept = sniffing.without_traces(media_type, content)
    sha256 = hashlib.sha256(kept).hexdigest()
    return {"name": name, "media_type": media_type, "size": len(kept), "sha256": sha256}, kept


def path(sha256: str) -> Path:
    """Where the bytes of an attachment lie."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return paths.room("attachments") / sha256[:2] / sha256


def _store(sha256: str, content: bytes) -> None:
    target = path(sha256)
    if target.exists():
        return
    target.parent.mkdir(mode=0o700, exist_ok=True)
    paths.write_atomically(target, content, mode=0o600)


def _taken(opened: Opened, field: str, sha256: str) -> Taken:
    values = {**opened.before.values, field: [*opened.before.values.get(field, ()), sha256]}
    return Taken("attach", opened.acting.day, opened.acting.organisation, opened.before._replace(values=values))


def _refuse_other_fields(opened: Opened, name: str) -> None:
    field = opened.form.kind.fields.get(name)
    if field is None or field.type is not FieldType.ATTACHMENTS or field.retired:
        fields = [each.title for each in opened.form.kind.fields.values() if each.type is FieldType.ATTACHMENTS]
        hint = f"可添加附件的有：{'、'.join(fields) or '无'}。"
        raise Problem("ledger.no_attachments_here", "这一项不能添加附件。", hint=hint, place=opened.form.where(name))


def _name(given: str) -> str:
    """The file's own name, without folders and invisible characters."""
    name = unicodedata.normalize("NFC", PureWindowsPath(PurePosixPath(given).name).name).strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        hint = f"请改名后再添加，最多 {LONGEST_NAME} 字。"
        raise Problem("ledger.file_name", "文件名是空的、太长或含不可见字符。", hint=hint)
    return name
