"""Files as they are kept: outside the database and the web root, under the hash of their bytes.

A file is taken for what its bytes are, and refused when its name says otherwise. It is on disk before the entry that
names it commits; until then a mark tells that and when it arrived, by which those whose entry never comes are swept.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any, NamedTuple

from xianfeng import paths
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


class Taken(NamedTuple):
    """A file as it is taken in: what its bytes are, without the traces of whoever made it."""

    name: str
    media_type: str
    content: bytes


Given = Mapping[str, Sequence[Kept]]  # field -> files
NONE: Given = MappingProxyType({})
Leaving = Mapping[str, Collection[str]]  # field -> hashes of files that a record has and shall have no longer
NOTHING_LEAVES: Leaving = MappingProxyType({})
Described = Mapping[str, Any]  # a file on a field, in an entry's body


def keep(name: str, content: bytes) -> Kept:
    """Keep a file, which belongs to nothing yet."""
    name, media_type, content = taken(name, content)
    kept = Kept(name, media_type, len(content), hashlib.sha256(content).hexdigest())
    _mark(kept.sha256)
    _store(kept.sha256, content)
    return kept


def taken(name: str, content: bytes) -> Taken:
    """A file as it may be kept; refused where it is too large, or not what its name says."""
    name = _name(name)
    if not 0 < len(content) <= LARGEST:
        raise too_large(name)
    media_type = sniffing.media_type(name, content)
    return Taken(name, media_type, sniffing.without_traces(media_type, content))


def too_large(name: str) -> Problem:
    hint = say("最大 {largest} MB；图片可缩小，文件可分拆。", largest=LARGEST // 1024 // 1024)
    return Problem("ledger.file_size", "文件是空的或太大。", hint=hint, place=name)


def path(sha256: str) -> Path:
    """Where the bytes of an attachment lie."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return paths.room("attachments") / sha256[:2] / sha256


def arrivals() -> Path:
    """Where the marks of files lie that came and may be in no entry yet, under their hashes."""
    return paths.room("arrivals")


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


def taken_off(form: Form, leaving: Leaving, held: Mapping[str, Any], problems: list[Problem]) -> dict[str, list[str]]:
    """What stays of the fields that files leave. Their bytes stay where they are: entries name them."""
    left: dict[str, list[str]] = {}
    for name, hashes in leaving.items():
        there = held.get(name, ()) if _holds_files(form, name) else ()
        if not set(hashes) <= set(there):
            hint = say("可能已由他人撤下，请刷新后再看。")
            problems.append(form.told(name, Problem("ledger.no_such_file", "记录上没有这个附件。", hint=hint)))
        elif hashes:
            left[name] = [each for each in there if each not in hashes]
    return left


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
    if not _holds_files(form, name) or form.kind.fields[name].retired:
        fields = [each.title for each in form.kind.fields.values() if each.type is FieldType.ATTACHMENTS]
        hint = say("可添加附件的有：{fields}。", fields="、".join(fields) or say("无"))
        raise Problem("ledger.no_attachments_here", "这一项不能添加附件。", hint=hint, place=form.where(name))


def _holds_files(form: Form, name: str) -> bool:
    field = form.kind.fields.get(name)
    return field is not None and field.type is FieldType.ATTACHMENTS


def _refuse_lost(some: Iterable[Kept]) -> None:
    for file in some:
        _mark(file.sha256)  # its entry is on the way: not now
        if not path(file.sha256).exists():
            raise Problem("ledger.file_lost", say("“{file}”没有收到。", file=file.name), hint="请重新选择这个文件。")


def _mark(sha256: str) -> None:
    (arrivals() / sha256).touch(mode=0o600)


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
