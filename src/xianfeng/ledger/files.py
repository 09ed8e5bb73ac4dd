"""Files as they are kept: outside the database and the web root, under the hash of their bytes.

A file is taken for what its bytes are, and refused when its name says otherwise. It is on disk before the entry that
names it commits; one whose entry never came is an orphan under a hash that nothing names, and harms nobody.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any, NamedTuple

from xianfeng.config import paths
from xianfeng.ledger import sniffing
from xianfeng.ledger.forms import Form
from xianfeng.ledger.models import Attachment
from xianfeng.problems import Problem
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say

LARGEST = 20 * 1024 * 1024
LONGEST_NAME = 100


class Kept(NamedTuple):
    """A file that lies on disk, as the entry that names it will describe it."""

    name: str
    media_type: str
    size: int
    sha256: str


Given = Mapping[str, Sequence[Kept]]  # field -> files
NONE: Given = MappingProxyType({})
Described = Mapping[str, Any]  # a file on a field, in an entry's body


def keep(name: str, content: bytes) -> Kept:
    """Keep a file, which belongs to nothing yet."""
    name = _name(name)
    if not 0 < len(content) <= LARGEST:
        raise too_large(name)
    media_type = sniffing.media_type(name, content)
    content = sniffing.without_traces(media_type, content)
    kept = Kept(name, media_type, len(content), hashlib.sha256(content).hexdigest())
    _store(kept.sha256, content)
    return kept


def too_large(name: str) -> Problem:
    hint = say("最大 {largest} MB；图片可缩小，文件可分拆。", largest=LARGEST // 1024 // 1024)
    return Problem("ledger.file_size", "文件是空的或太大。", hint=hint, place=name)


def path(sha256: str) -> Path:
    """Where the bytes of an attachment lie."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return paths.room("attachments") / sha256[:2] / sha256


def put(form: Form, given: Given, values: dict[str, Any], held: Mapping[str, Any], problems: list[Problem]) -> None:
    """Files onto the fields of a record: their hashes into `values`, behind those that the record `held` before."""
    for name, some in given.items():
        try:
            refuse_other_fields(form, name)
            _refuse_lost(some)
        except Problem as problem:
            problems.append(form.told(name, problem))
            continue
        if hashes := list(dict.fromkeys([*held.get(name, ()), *(file.sha256 for file in some)])):
            values[name] = hashes


def described(given: Given, held: Mapping[str, Any]) -> tuple[Described, ...]:
    """The files that are new to a record, as its entry tells them."""
    new = {
        (field, file.sha256): {"field": field, **file._asdict()}
        for field, some in given.items()
        for file in some
        if file.sha256 not in held.get(field, ())
    }
    return tuple(new.values())


def register(told: Iterable[tuple[int, int, Sequence[Described]]]) -> list[Attachment]:
    """The rows by which pages find what entries say of files: the record, the entry, the files."""
    return Attachment.objects.bulk_create(
        Attachment(record_id=record, seq=seq, **one) for record, seq, some in told for one in some
    )


def refuse_other_fields(form: Form, name: str) -> None:
    field = form.kind.fields.get(name)
    if field is None or field.type is not FieldType.ATTACHMENTS or field.retired:
        fields = [each.title for each in form.kind.fields.values() if each.type is FieldType.ATTACHMENTS]
        hint = say("可添加附件的有：{fields}。", fields="、".join(fields) or say("无"))
        raise Problem("ledger.no_attachments_here", "这一项不能添加附件。", hint=hint, place=form.where(name))


def _refuse_lost(some: Iterable[Kept]) -> None:
    for file in some:
        if not path(file.sha256).exists():
            raise Problem("ledger.file_lost", say("“{file}”没有收到。", file=file.name), hint="请重新选择这个文件。")


def _store(sha256: str, content: bytes) -> None:
    target = path(sha256)
    if target.exists():
        return
    target.parent.mkdir(mode=0o700, exist_ok=True)
    paths.write_atomically(target, content, mode=0o600)


def _name(given: str) -> str:
    """The file's own name, without folders and invisible characters."""
    name = unicodedata.normalize("NFC", PureWindowsPath(PurePosixPath(given).name).name).strip()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        hint = say("请改名后再添加，最多 {longest_name} 字。", longest_name=LONGEST_NAME)
        raise Problem("ledger.file_name", "文件名是空的、太长或含不可见字符。", hint=hint)
    return name
