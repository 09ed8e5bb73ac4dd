"""Whether the index is what the rooms say, and finds what its documents say.

Two comparisons: each document with what its room would make of it today, and the terms in the table with those that the
documents have. Only of what the index has reached; entries after that are no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db import connection

from xianfeng.log.append import head
from xianfeng.log.bulk import batched
from xianfeng.log.findings import Difference
from xianfeng.search import documents, index, sources
from xianfeng.search.documents import COLUMNS, Stored
from xianfeng.search.models import SearchDocument
from xianfeng.search.terms import Kind
from xianfeng.sentences import Said, say

_SOME = 2_000
_MASK = 2**61 - 1  # a prime: sums of products under it tell sets of numbers apart


def check() -> Iterator[Difference]:
    """Every difference; nothing when the index may be trusted."""
    if not index.is_of_this_spelling():
        yield Difference(about=say("索引"), message=say("用的是另一版折叠规则，请运行 xianfeng search rebuild"))
        return
    if index.reached() < head():
        index.extend()
    for kind in Kind:
        yield from _documents(kind)
    yield from _terms()


def _documents(kind: Kind) -> Iterator[Difference]:
    known: set[int] = set()
    for things in batched(sources.everything(kind), _SOME):
        known.update(things)
        kept = {(row.about, row.full): row for row in documents.of(kind, things)}
        for text in sources.texts(kind, things):
            row = kept.pop((text.about, text.full), None)
            if row is None:
                yield Difference(about=_name(kind, text.about), message=say("不在索引里"))
            elif not documents.says_the_same(row, documents.stored(text, 0, row.seq)):
                yield Difference(about=_name(kind, text.about), message=say("索引里的内容与现在的不同"))
        for about, _ in kept:
            yield Difference(about=_name(kind, about), message=say("不该在索引里"))
    indexed = SearchDocument.objects.filter(kind=kind).order_by("about").values_list("about", flat=True).distinct()
    for about in indexed.iterator(chunk_size=_SOME):
        if about not in known:
            yield Difference(about=_name(kind, about), message=say("不该在索引里"))


def _terms() -> Iterator[Difference]:
    """The terms of each document by number and by sum, without holding them all."""
    counts: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT term, document FROM search_searchterm")
        while rows := cursor.fetchmany(10_000):
            for term, document in rows:
                counts[document] += 1
                sums[document] = (sums[document] + term * term) % _MASK
    for row in SearchDocument.objects.values_list(*COLUMNS).iterator(chunk_size=_SOME):
        one = Stored(*row)
        terms = documents.terms_of(one)
        if (counts.pop(one.id, 0), sums[one.id]) != (len(terms), sum(term * term for term in terms) % _MASK):
            yield Difference(about=_name(Kind(one.kind), one.about), message=say("按它的文字找不全，或找到了不该有的"))
    for document in sorted(counts):
        yield Difference(about=say("文档 {number}", number=document), message=say("有检索词，没有内容"))


def _name(kind: Kind, about: int) -> Said:
    return say("{kind} {number}", kind=_NAMES[kind], number=about)


_NAMES = {
    Kind.ORGANISATION: say("组织"),
    Kind.RECORD: say("记录"),
    Kind.BULLETIN: say("简报"),
    Kind.SCHEME: say("活动"),
}
