"""What organisations answered in public, for their pages and the page of matters; and the way to bring one a matter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.matters import intake
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.publishing import Publication, publications
from xianfeng.scheme.types import Level
from xianfeng.web import outward
from xianfeng.web.scope import Scope

MOST = 10


@dataclass(frozen=True)
class Reply:
    number: int
    organisation: int
    day: dt.date
    text: str
    reply: str
    outcome: str


@dataclass(frozen=True)
class Door:
    """Where a matter is brought to an organisation; `code`: the address on its board."""

    href: str
    code: str


def replies(
    seen: Scope, *, organisation: int | None = None, before: int | None = None, most: int = MOST
) -> tuple[Reply, ...]:
    """The latest, of one organisation or of all; `before` a record's number."""
    telling = _telling()
    registers, filed = {versions.current(campaign).key(kind) for campaign, kind in telling}, Q(pk__in=[])
    for campaign, kind in telling:
        filed |= Q(scheme__name=campaign, kind=kind)
    published = Record.objects.filter(filed, register__in=registers, level__gt=Level.NONE.rank)
    rows = seen.records(published.exclude(state=WITHDRAWN))
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_reply(row, telling, seen) for row in rows.order_by("-id")[:most])


def door(request: HttpRequest, bound: Iterable[Scheme], about: Node) -> Door | None:
    """By the newest that takes matters of the campaigns that bind it, the newest last."""
    taking = [scheme for scheme in bound if intake.takes(scheme)]
    if not taking:
        return None
    here = reverse("new_matter", args=[taking[-1].name])
    return Door(f"{here}?for={about.code}", outward.address(request, f"{here}?for={about.code}&via=qr"))


def _telling() -> Mapping[tuple[str, str], Publication]:
    """What campaigns say now of their kinds that publish answers, by campaign and kind: of those that everybody may
    read."""
    now = ((scheme, one) for scheme in versions.all_current() for one in publications(scheme.kinds))
    return {(scheme.name, one.kind.name): one for scheme, one in now if not one.unseen}


def _reply(row: Record, telling: Mapping[tuple[str, str], Publication], seen: Scope) -> Reply:
    """What was asked, the answer, and what became of it, in the words of the version under which it was published."""
    scheme = versions.scheme(row.scheme_id)
    own = (one for one in publications(scheme.kinds) if one.kind.name == row.kind)
    found = next(own, telling[scheme.name, row.kind])  # published before its kind said so
    public = seen.public_fields(scheme, found.kind)
    values = {name: value for name, value in json.loads(row.values).items() if name in public}
    state = values.get(found.outcome, "")
    text, reply = (values.get(name, "") for name in (found.request.text, found.request.reply))
    outcome = found.kind.fields[found.outcome].choices.get(state, state)
    return Reply(row.id, row.organisation, row.day, text, reply, outcome)
