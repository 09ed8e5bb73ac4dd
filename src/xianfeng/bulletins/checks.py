"""What `xianfeng verify` proves of closed bulletins: each is, to the letter, what its entry in the log says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connections

from xianfeng.bulletins.models import Closing
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.sentences import say, together


def body_of(closing: Closing) -> dict[str, Any]:
    """What the closing's entry says: every column, the long ones by their hashes."""
    own = {"content": hashlib.sha256(closing.content.encode()).hexdigest()} if closing.content else {}
    return {
        **own,
        "bulletin": closing.bulletin,
        "issuer": closing.issuer,
        "series": closing.series,
        "number": closing.number,
        "issued": closing.issued.isoformat(),
        "as_of": closing.as_of,
        "tree": closing.tree,
        "template": closing.template,
        "document": hashlib.sha256(closing.document.encode()).hexdigest(),
        "sealed": closing.sealed,
        "root": closing.root,
    }


def check(alias: str) -> Iterator[Finding]:
    if Closing._meta.db_table not in connections[alias].introspection.table_names():
        return
    entries = {entry.seq: entry for entry in Entry.objects.using(alias).filter(stream="bulletin", action="close")}
    for closing in Closing.objects.using(alias).order_by("id").iterator():
        names = altered(closing, entries.pop(closing.id, None))
        if names:
            told = say(
                "{series}第{number}期定稿后被改动：{names}。",
                series=closing.series,
                number=closing.number,
                names=together(names, by="、"),
            )
            yield Finding(code="bulletin.altered", seq=closing.id, message=told)
        if not in_order(closing):
            told = say(
                "{series}第{number}期的截止、封存、定稿三个顺序号前后颠倒。",
                series=closing.series,
                number=closing.number,
            )
            yield Finding(code="bulletin.out_of_order", seq=closing.id, message=told)
    for seq in entries:
        yield Finding(code="bulletin.gone", seq=seq, message=say("办理记录里有这次定稿，定稿的简报却不在了。"))


def in_order(closing: Closing) -> bool:
    """The books are closed at an entry, then sealed, then the closing is entered: `as_of <= sealed < id`."""
    return closing.as_of <= closing.sealed < closing.id


def altered(closing: Closing, entry: Entry | None) -> tuple[str, ...]:
    """The columns of a closing that are not what its entry says; all of them without an entry."""
    written = json.loads(entry.body) if entry is not None else {}
    names = tuple(name for name, value in body_of(closing).items() if written.get(name) != value)
    return (*names, "scheme") if entry is None or entry.scheme != closing.scheme_id else names
