"""The records that name whoever reads as their author, as a member's own promises that the branch entered, or that are
about him."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.ledger import mentions, versions
from xianfeng.ledger.models import Record
from xianfeng.registry.lineage import Node
from xianfeng.web.forms.names import Names
from xianfeng.web.record.values import state_title
from xianfeng.web.record.waiting import Ways
from xianfeng.web.scope import Scope

_MOST = 20


@dataclass(frozen=True)
class OwnLine:
    number: int
    title: str
    kind: str
    day: dt.date
    state: str
    steps: tuple[tuple[str, str], ...]  # the moves that are his: name and title


def own_records(seen: Scope, at: Node) -> tuple[OwnLine, ...]:
    """The latest of those held where he acts, and of those that concern him wherever they are held."""
    person = seen.reader.account.person_id if seen.reader.account else None
    if person is None:
        return ()
    rows = Record.objects.filter(id__in=mentions.naming(person)).order_by("-day", "-id")
    held = [row for row in rows if row.holder == at.id or seen.full(row)]
    names, ways, lines = Names(seen), Ways(seen), []
    for row in held[:_MOST]:
        scheme = versions.scheme(row.scheme_id)
        kind = scheme.kinds[row.kind]
        steps = tuple((way.move, way.title) for way in ways.of(row, scheme, kind))
        (title,) = names.titles(kind, [row])
        lines.append(OwnLine(row.id, title, kind.title, row.day, state_title(kind, row.state), steps))
    return tuple(lines)
