"""Circulars: the clock drafts what is so, once a day for each superior and round; a person decides what becomes of it.

The draft names who has not reported and by when it was due, and nothing else. Whether it is issued, and to whom, is
decided by somebody who can be asked for the reason.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from xianfeng.duties import naming
from xianfeng.duties.models import Circular, Duty, Round
from xianfeng.log.actors import Actor, clock
from xianfeng.log.append import Draft, append
from xianfeng.log.models import Entry
from xianfeng.messages.post import Note
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import say

STREAM = "duties"
Decision = Literal["issued", "dropped"]


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A circular with what it says. `organisations`: who had not reported when it was drafted."""

    id: int
    scheme: str
    organisation: int
    what: str
    due: dt.datetime
    day: dt.date
    organisations: tuple[int, ...]
    names: tuple[str, ...]  # theirs
    missing: tuple[int | None, ...]  # how much each of them lacked; None where the draft does not say
    decision: str
    decided_on: dt.date | None
    decided_by: str  # the actor of that entry
    reason: str


def draft(
    wanted: Mapping[tuple[int, int], Sequence[Duty]], by_round: Mapping[int, Round], *, now: dt.datetime
) -> list[Note]:
    """Draft a circular for each superior and round; what to tell those who decide. Within the climb's transaction."""
    day = timezone.localdate(now)
    notes: list[Note] = []
    for (superior, number), duties in wanted.items():
        known = Circular.objects.filter(organisation=superior, round=number, day=day).exists()
        if not known:
            _draft(superior, by_round[number], duties, now)
        notes.append(_note(superior, by_round[number], day))
    return notes


@transaction.atomic
def decide(*, circular: int, decision: Decision, reason: str = "", by: Actor) -> Circular:
    """Issue it or drop it; whoever drops it says why."""
    row = Circular.objects.select_for_update().filter(id=circular).first()
    if row is None:
        raise Problem("duties.no_circular", say("没有第 {circular} 号通报稿。", circular=circular), hint="请核对编号。")
    if row.decision:
        raise Problem("duties.decided", say("这份通报稿已经有人决定了。"), hint=say("刷新页面再看。"))
    if by.organisation != row.organisation:
        raise Problem("duties.not_yours", say("这份通报稿不由本组织决定。"), hint=say("请转交有权决定的组织。"))
    if decision == "dropped" and not reason.strip():
        raise Problem("duties.no_reason", say("没有写不发的理由。"), hint=say("写明理由，例如已经当面督促。"))
    body = {"circular": row.id, "decision": decision, "reason": reason.strip(), "acting": by.organisation}
    day = timezone.localdate(by.at) if by.at else timezone.localdate()
    (seq,) = append([Draft(STREAM, "decide", day, row.id, _version(row), None, body)], by=by)
    row.decision, row.decided = decision, seq
    row.save(update_fields=["decision", "decided"])
    return row


def told(rows: Sequence[Circular]) -> tuple[Drafted, ...]:
    """Circulars with their words, in as many queries for one as for hundreds."""
    rounds = Round.objects.in_bulk({row.round for row in rows})
    wanted = {row.id for row in rows} | {row.decided for row in rows if row.decided}
    entries = Entry.objects.in_bulk(wanted)
    bodies = {seq: json.loads(entry.body) for seq, entry in entries.items()}
    organisations = {one for row in rows for one in bodies[row.id]["organisations"]}
    nodes = tree.named(organisations, max((row.day for row in rows), default=dt.date.min))
    return tuple(_told(row, rounds[row.round], bodies, nodes, entries.get(row.decided or 0)) for row in rows)


def text(one: Drafted) -> str:
    """The circular itself, to be printed or copied."""
    return say(
        "关于“{what}”办理情况的通报：应于{due}前办理。截至{day}，以下{n}个组织没有办：{names}。",
        what=one.what,
        due=naming.moment(one.due),
        day=one.day,
        n=len(one.organisations),
        names="、".join(one.names),
    )


def _draft(superior: int, round_: Round, duties: Sequence[Duty], now: dt.datetime) -> Circular:
    day = timezone.localdate(now)
    missing: dict[int, int] = {}
    for duty in duties:
        missing[duty.organisation] = missing.get(duty.organisation, 0) + max(0, duty.least - duty.met)
    body = {
        "round": round_.id,
        "organisation": superior,
        "due": min(duty.due for duty in duties),
        "organisations": sorted(missing),
        "missing": [missing[organisation] for organisation in sorted(missing)],
    }
    (seq,) = append([Draft(STREAM, "draft", day, None, round_.version, None, body)], by=clock(now))
    return Circular.objects.create(id=seq, organisation=superior, round=round_.id, day=day)


def _note(superior: int, round_: Round, day: dt.date) -> Note:
    return Note(
        topic=f"circular:{round_.id}:{superior}:{day}",
        words=say(
            "已起草通报，请决定发不发：{what}。",
            what=naming.what(round_),
        ),
        link=f"/office/arrears/{round_.scheme}#circulars",
        organisation=superior,
        step="circular",
    )


def _told(
    row: Circular,
    round_: Round,
    bodies: Mapping[int, Mapping[str, Any]],
    nodes: Mapping[int, Node],
    decided_by: Entry | None,
) -> Drafted:
    body = bodies[row.id]
    named = tuple(int(one) for one in body["organisations"])
    missing = body.get("missing", [None] * len(named))
    decided = bodies.get(row.decided or 0, {})
    return Drafted(
        id=row.id,
        scheme=round_.scheme,
        organisation=row.organisation,
        what=naming.what(round_),
        due=dt.datetime.fromisoformat(str(body["due"])),
        day=row.day,
        organisations=named,
        names=tuple(nodes[one].name for one in named if one in nodes),
        missing=tuple(lacked for one, lacked in zip(named, missing, strict=True) if one in nodes),
        decision=row.decision,
        decided_on=decided_by.day if decided_by else None,
        decided_by=decided_by.actor if decided_by else "",
        reason=str(decided.get("reason", "")),
    )


def _version(row: Circular) -> str:
    return str(Round.objects.values_list("version", flat=True).get(id=row.round))
