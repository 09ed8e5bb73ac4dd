"""What an organisation answered in public, for its page; and the way to bring it a matter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters import intake
from xianfeng.matters.publication import Publication, publications
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import Level
from xianfeng.web import outward
from xianfeng.web.scope import Scope

_MOST = 10


@dataclass(frozen=True)
class Reply:
    number: int
    day: dt.date
    text: str
    reply: str
    outcome: str


@dataclass(frozen=True)
class Door:
    """Where a matter is brought to an organisation; `code`: the address on its board."""

    href: str
    code: str


def replies(organisation: int, seen: Scope) -> tuple[Reply, ...]:
    known = {scheme.key(one.kind.name): one for scheme in versions.all_current() for one in publications(scheme)}
    rows = Record.objects.filter(register__in=known, organisation=organisation, level__gt=Level.NONE.rank)
    return tuple(_reply(row, known[row.register]) for row in rows.order_by("-id")[:_MOST] if seen.record(row))


def door(request: HttpRequest, bound: Iterable[Scheme], about: Node) -> Door | None:
    """By the newest that takes matters of the campaigns that bind it, the newest last."""
    taking = [scheme for scheme in bound if intake.takes(scheme)]
    if not taking:
        return None
    here = reverse("new_matter", args=[taking[-1].name])
    return Door(f"{here}?for={about.code}", outward.address(request, f"{here}?for={about.code}&via=qr"))


def _reply(row: Record, found: Publication) -> Reply:
    """What was asked, the answer, and what became of it."""
    values = json.loads(row.values)
    outcome = found.kind.fields[found.outcome].choices
    state = values.get(found.outcome, "")
    text, reply = (values.get(name, "") for name in (found.request.text, found.request.reply))
    return Reply(row.id, row.day, text, reply, outcome.get(state, state))
