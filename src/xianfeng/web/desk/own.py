"""The records that name whoever reads as their author: a member's own promises, entered by the branch."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.db.models import Q

from xianfeng.ledger import powers, versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import AUTHOR
from xianfeng.registry.lineage import Node
from xianfeng.scheme.types import FieldType
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
    """The latest of those held where he acts."""
    person = seen.reader.account.person_id if seen.reader.account else None
    named = _naming(person) if person is not None else None
    if not named:
        return ()
    held = Record.objects.filter(named, holder=at.id).exclude(state=WITHDRAWN).order_by("-day", "-id")
    names, ways, lines = Names(seen), Ways(seen), []
    for row in held[:_MOST]:
        scheme = versions.scheme(row.scheme_id)
        kind = scheme.kinds[row.kind]
        if AUTHOR in powers.named(kind, json.loads(row.values), seen.reader.actor):
            steps = tuple((way.move, way.title) for way in ways.of(row, scheme, kind))
            (title,) = names.titles(kind, [row])
            lines.append(OwnLine(row.id, title, kind.title, row.day, state_title(kind, row.state), steps))
    return tuple(lines)


def _naming(person: int) -> Q | None:
    """Records of the kinds that name an author, as far as their text tells; what else it finds is left out later."""
    found = Q()
    for scheme in versions.all_current():
        for kind in scheme.kinds.values():
            for field in kind.fields.values():
                if field.acts == AUTHOR and field.type is FieldType.PERSON:
                    found |= Q(register=scheme.key(kind.name), values__contains=f'"{field.name}":{person}')
    return found or None
