"""Rebuilding the ledger from its entries, and comparing: the proof that pages and figures show what was entered.

Records are rebuilt in the order of their numbers, some thousand at a time, from nothing but their entries; beside them
lie the stored rows, the attachments and the sum of the postings. Whatever does not agree is named; nothing is repaired.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from xianfeng.ledger import forms, history, mentions, projection, proofs
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.image import Image, lines
from xianfeng.ledger.models import Attachment, Record, SchemeVersion
from xianfeng.ledger.scribe import Scribe
from xianfeng.log.bulk import batched
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry, Posting
from xianfeng.sentences import Said, finished, say

_SOME = 2_000
_POSTED = (
    "scheme",
    "register",
    "organisation",
    "place",
    "subject",
    "day",
    "state",
    "level",
    "reviewer",
    "entered",
    "fields",
)


_FILE = ("field", "sha256", "name", "media_type", "size")  # of an attachment, as its entry describes it


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something stored that is not what its entries say."""

    about: str  # 'record 512', 'entry 9'
    what: str  # the column, 'row', 'postings', 'attachments', or the code of what is wrong with a scheme version
    stored: str
    rebuilt: str

    @property
    def told(self) -> Said:
        return say(
            "{about} {what}：存的是 {stored}，按办理记录应是 {rebuilt}",
            about=self.about,
            what=self.what,
            stored=self.stored,
            rebuilt=self.rebuilt,
        )


@dataclass(frozen=True)
class Rebuilt:
    """A record as its entries tell it."""

    id: int
    version: str
    image: Image
    seq: int
    files: frozenset[tuple[str, ...]]  # the entry's number and _FILE, of each


def check() -> Iterator[Difference]:
    """Everything stored that its entries do not bear out; nothing when the books are sound."""
    broken = list(proofs.check(DEFAULT_DB_ALIAS))
    for finding in broken:
        stored = finished(finding.message, lambda told: told.rstrip("。."))
        rebuilt = say("载入时的方案文字；依它登记的记录无从核对")
        yield Difference(about=f"entry {finding.seq}", what=finding.code, stored=stored, rebuilt=rebuilt)
    for some in batched(rebuild(_unreadable(broken)), _SOME):
        yield from _records(some)
        yield from _postings(some)
        yield from _attachments(some)
        yield from _mentions(some)
    yield from _strangers()


def rebuild(unreadable: Collection[str] = ()) -> Iterator[Rebuilt]:
    """Every record from its entries alone, by number, but for those filed under versions that cannot be read."""
    entries = Entry.objects.filter(stream=STREAM).order_by("about", "seq")
    rows = entries.values_list("about", "seq", "scheme", "day", "body").iterator(chunk_size=_SOME)
    for record, group in groupby(rows, key=itemgetter(0)):
        told = list(group)
        if told[0][2] not in unreadable:
            yield _folded(record, told)


def _unreadable(broken: Iterable[Finding]) -> set[str]:
    """The hashes of versions that are not what they were, as their entries and their rows have them."""
    seqs = [finding.seq for finding in broken if finding.seq is not None]
    entered = Entry.objects.filter(seq__in=seqs).values_list("scheme", flat=True)
    return {*entered, *SchemeVersion.objects.filter(seq__in=seqs).values_list("hash", flat=True)}


def _folded(record: int, entries: Sequence[tuple[Any, ...]]) -> Rebuilt:
    told = [(version, day, json.loads(text)) for _, _, version, day, text in entries]
    files = frozenset(
        _posted((seq, *(file[name] for name in _FILE)))
        for (_, seq, *_), (*_, body) in zip(entries, told, strict=True)
        for file in body.get("attachments", ())
    )
    return Rebuilt(record, told[0][0], history.folded(told), entries[-1][1], files)


def _records(some: Sequence[Rebuilt]) -> Iterator[Difference]:
    stored = {row[0]: row for row in Record.objects.filter(id__in=_ids(some)).values_list(*projection.COLUMNS)}
    for one in some:
        about = f"record {one.id}"
        form = forms.form(one.version, one.image.kind)
        expected = projection.row(one.id, form, one.image, one.seq, Scribe(()))
        found = stored.get(one.id)
        if found is None:
            yield Difference(about=about, what="row", stored="—", rebuilt=str(expected))
            continue
        for column, old, new in zip(projection.COLUMNS, found, expected, strict=True):
            if str(old) != str(new):
                yield Difference(about=about, what=column, stored=str(old), rebuilt=str(new))


def _postings(some: Sequence[Rebuilt]) -> Iterator[Difference]:
    net: defaultdict[int, Counter[tuple[str, ...]]] = defaultdict(Counter)
    # A registry event's posting bears the number of its entry as its record, and its scheme is ''.
    for record, sign, *posted in (
        Posting.objects.filter(record__in=_ids(some)).exclude(scheme="").values_list("record", "sign", *_POSTED)
    ):
        net[record][_posted(posted)] += sign
    for one in some:
        about = f"record {one.id}"
        found = Counter({image: count for image, count in net[one.id].items() if count})
        scribe = Scribe(forms.form(one.version, one.image.kind).figures)
        now = lines(one.id, None, one.image, scribe)
        expected = Counter(_posted(getattr(line, name) for name in _POSTED) for line in now)
        if found != expected:
            yield Difference(about=about, what="postings", stored=_told(found), rebuilt=_told(expected))


def _attachments(some: Sequence[Rebuilt]) -> Iterator[Difference]:
    stored: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    files = Attachment.objects.filter(record__in=_ids(some))
    for record, *described in files.values_list("record_id", "seq", *_FILE):
        stored[record].add(_posted(described))
    for one in some:
        if stored[one.id] != one.files:
            yield Difference(
                about=f"record {one.id}",
                what="attachments",
                stored=str(sorted(stored[one.id])),
                rebuilt=str(sorted(one.files)),
            )


def _mentions(some: Sequence[Rebuilt]) -> Iterator[Difference]:
    stored = mentions.stored(_ids(some))
    for one in some:
        found = stored.get(one.id, frozenset())
        expected = mentions.named(forms.form(one.version, one.image.kind), one.image.state, one.image.values)
        if found != expected:
            yield Difference(
                about=f"record {one.id}", what="mentions", stored=str(sorted(found)), rebuilt=str(sorted(expected))
            )


def _strangers() -> Iterator[Difference]:
    """Records and postings that no entry tells of."""
    told = Entry.objects.filter(stream=STREAM).values("about")
    for record in Record.objects.exclude(id__in=told).order_by("id").values_list("id", flat=True).iterator():
        yield Difference(
            about=f"record {record}", what="row", stored=say("第 {number} 号记录", number=record), rebuilt="—"
        )
    strangers = Posting.objects.exclude(scheme="").exclude(record__in=told).order_by("record")
    for record in strangers.values_list("record", flat=True).distinct().iterator():
        yield Difference(about=f"record {record}", what="postings", stored=say("有明细"), rebuilt="—")


def _ids(some: Iterable[Rebuilt]) -> list[int]:
    return [one.id for one in some]


def _posted(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _told(net: Mapping[tuple[str, ...], int]) -> str:
    return "；".join(f"{count:+d} × {', '.join(image)}" for image, count in sorted(net.items())) or say("没有明细")
