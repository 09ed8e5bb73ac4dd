"""What was done to one thing, step by step, as the entries of its stream tell."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft
from xianfeng.log.models import Entry


@dataclass(frozen=True, kw_only=True)
class Step:
    seq: int
    move: str
    title: str
    at: dt.datetime
    actor: str
    body: Mapping[str, Any]


def entry(stream: str, action: str, by: Actor, *, about: int | None, version: str, body: Mapping[str, Any]) -> Draft:
    """A step that is made now, with the organisation for which it is. `version`: of the scheme, by its hash."""
    said = {**body, "acting": by.organisation}
    return Draft(stream, action, timezone.localdate(by.moment), about, version, None, said)


def steps(stream: str, about: int, titles: Mapping[str, str], moves: Collection[str] = ()) -> tuple[Step, ...]:
    """In order, of these moves or of all. `titles`: of the moves; one that has none is told by its name."""
    rows = Entry.objects.filter(stream=stream, about=about).order_by("seq")
    rows = rows.filter(action__in=moves) if moves else rows
    return tuple(
        Step(
            seq=row.seq,
            move=row.action,
            title=titles.get(row.action, row.action),
            at=row.at,
            actor=row.actor,
            body=json.loads(row.body),
        )
        for row in rows
    )
