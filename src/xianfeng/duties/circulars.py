"""Circulars: the clock drafts what is so, once a day for each superior and round; a person decides what becomes of it.

The draft names who has not reported and by when it was due, and nothing else. Whoever reaches this step later on the
same day is added to it. Whether it is issued, and to whom, is decided by somebody who can be asked for the reason.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from xianfeng.calendars import wording
from xianfeng.duties import naming
from xianfeng.duties.models import Circular, Duty, Round
from xianfeng.ledger import versions
from xianfeng.log.actors import Actor, clock
from xianfeng.log.append import Draft, append
from xianfeng.log.models import Entry
from xianfeng.messages.post import Note
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Paragraph, Table, Text
from xianfeng.problems import Problem
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme import titles
from xianfeng.sentences import Said, finished, say

STREAM = "duties"
_DRAFT, _DECIDE = "draft", "decide"
Decision = Literal["issued", "dropped"]


@dataclass
class Late:
    """The duties of one round that are late below one superior; `skipped`: the desks between where nobody reviews."""

    duties: list[Duty] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)

    def add(self, duty: Duty, skipped: Iterable[int]) -> None:
        self.duties.append(duty)
        self.skipped.update(skipped)


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A circular with what it says. `organisations`: who had not reported when it was drafted.

    `skipped`: the names of those between, where nobody reviews, who would have been told first.
    """

    id: int
    scheme: str
    organisation: int
    issuer: str  # its name
    what: str
    due: dt.datetime
    day: dt.date
    organisations: tuple[int, ...]
    names: tuple[str, ...]  # theirs
    missing: tuple[int | None, ...]  # how much each of them lacked; None where the draft does not say
    skipped: tuple[str, ...]
    decision: str
    decided_on: dt.date | None
    decided_by: str  # the actor of that entry
    reason: str


def draft(wanted: Mapping[tuple[int, int], Late], by_round: Mapping[int, Round], *, now: dt.datetime) -> list[Note]:
    """Draft a circular for each superior and round; what to tell those who decide. Within the climb's transaction."""
    notes: list[Note] = []
    for (superior, number), late in wanted.items():
        _draft(superior, by_round[number], late, now)
        notes.append(_note(superior, by_round[number], late, timezone.localdate(now)))
    return notes


def settled(*, now: dt.datetime) -> frozenset[tuple[int, int]]:
    """The superiors and rounds of which today's circular is decided: nobody is added to it any more."""
    rows = Circular.objects.filter(day=timezone.localdate(now)).exclude(decision="")
    return frozenset(rows.values_list("organisation", "round"))


@transaction.atomic
def decide(*, circular: int, decision: Decision, reason: str = "", by: Actor) -> Circular:
    """Issue it or drop it; whoever drops it says why."""
    row = Circular.objects.select_for_update().filter(id=circular).first()
    if row is None:
        raise Problem("duties.no_circular", say("没有第 {circular} 号通报稿。", circular=circular), hint="请核对编号。")
    if row.decision:
        raise Problem("duties.decided", say("这份通报稿已经有人决定了。"), hint=say("刷新页面再看。"))
    if by.organisation is None or row.organisation not in desks.of(by.organisation):
        raise Problem("duties.not_yours", say("这份通报稿不由本组织决定。"), hint=say("请转交有权决定的组织。"))
    if decision == "dropped" and not reason.strip():
        raise Problem("duties.no_reason", say("没有写不发的理由。"), hint=say("写明理由，例如已经当面督促。"))
    body = {"circular": row.id, "decision": decision, "reason": reason.strip(), "acting": by.organisation}
    day = timezone.localdate(by.moment)
    (seq,) = append([Draft(STREAM, _DECIDE, day, row.id, _version(row), None, body)], by=by)
    row.decision, row.decided = decision, seq
    row.save(update_fields=["decision", "decided"])
    return row


def told(rows: Sequence[Circular]) -> tuple[Drafted, ...]:
    """Circulars with their words, in as many queries for one as for hundreds."""
    rounds = Round.objects.in_bulk({row.round for row in rows})
    entries: dict[int, list[Entry]] = {row.pk: [] for row in rows}
    for entry in Entry.objects.filter(stream=STREAM, about__in=entries, action__in=(_DRAFT, _DECIDE)).order_by("seq"):
        entries[entry.about].append(entry)
    bodies = [json.loads(entry.body) for some in entries.values() for entry in some]
    named = {one for body in bodies for key in ("organisations", "skipped") for one in body.get(key, ())}
    named.update(row.organisation for row in rows)
    nodes = tree.named(named, max((row.day for row in rows), default=dt.date.min))
    return tuple(_told(row, rounds[row.round], entries[row.pk], nodes) for row in rows)


def text(one: Drafted) -> str:
    """The circular in one paragraph, to be copied."""
    return say(
        "关于“{what}”办理情况的通报：{found}：{names}。",
        what=_quoted(one.what),
        found=_found(one),
        names="、".join(one.names),
    )


def dispatch(one: Drafted) -> Dispatch:
    """The circular as the paper that is handed out."""
    campaign = _quoted(versions.current(one.scheme).title)
    opening = say("按照“{campaign}”的要求，这项工作{found}：", campaign=campaign, found=_found(one))
    head = (Text(say("组织")),), (Text(say("还差")),)
    missing = ("—" if lacking is None else str(lacking) for lacking in one.missing)
    lines = (((Text(name),), (Text(lacking),)) for name, lacking in zip(one.names, missing, strict=True))
    return Dispatch(
        issuer=one.issuer,
        number=say(_NUMBERS[one.decision], number=one.id),
        title=(say("关于“{what}”", what=_quoted(one.what)), say("办理情况的通报")),
        addressed=say("各有关组织"),
        body=(Paragraph((Text(opening),)), Table((head, *lines)), Paragraph((Text(say("特此通报。")),))),
        dated=titles.day(one.decided_on) if one.decided_on and one.decision == "issued" else "",
        synthetic=settings.XIANFENG_SYNTHETIC,
    )


_NUMBERS = {
    "": say("草稿第{number}号").template,
    "issued": say("通报第{number}号").template,
    "dropped": say("草稿第{number}号，已决定不发").template,
}


def _quoted(text: str) -> str:
    """As it stands between quotation marks."""
    return finished(text, lambda told: told.translate(_INNER))


_INNER = str.maketrans("“”", "‘’")


def _found(one: Drafted) -> Said:
    return say(
        "应于{due}前办理。截至{day}，以下{n}个组织没有办完",
        due=wording.moment(one.due),
        day=titles.day(one.day),
        n=len(one.names),
    )


def _draft(superior: int, round_: Round, late: Late, now: dt.datetime) -> None:
    day = timezone.localdate(now)
    missing: dict[int, int] = {}
    for duty in late.duties:
        missing[duty.organisation] = missing.get(duty.organisation, 0) + max(0, duty.least - duty.met)
    body = {
        "round": round_.id,
        "organisation": superior,
        "due": min(duty.due for duty in late.duties),
        "organisations": sorted(missing),
        "missing": [missing[organisation] for organisation in sorted(missing)],
        "skipped": sorted(late.skipped),
    }
    known = (
        Circular.objects.filter(organisation=superior, round=round_.id, day=day).values_list("id", flat=True).first()
    )
    (seq,) = append([Draft(STREAM, _DRAFT, day, known, round_.version, None, body)], by=clock(now))
    if known is None:
        Circular.objects.create(id=seq, organisation=superior, round=round_.id, day=day)


def _note(superior: int, round_: Round, late: Late, day: dt.date) -> Note:
    words = say(
        "已起草通报，请决定发不发：{what}。",
        what=naming.what(round_),
    )
    return Note(
        topic=f"circular:{round_.id}:{superior}:{day}",
        words=naming.skipping(words, late.skipped, day),
        link=f"/office/arrears/{round_.scheme}#circulars",
        organisation=superior,
        step="circular",
    )


def _told(row: Circular, round_: Round, entries: Sequence[Entry], nodes: Mapping[int, Node]) -> Drafted:
    """Of all that was drafted, and of the decision about it."""
    drafts = [json.loads(entry.body) for entry in entries if entry.action == _DRAFT]
    decided = next((entry for entry in entries if entry.action == _DECIDE), None)
    missing = dict(pair for body in drafts for pair in _named(body))
    skipped = {one for body in drafts for one in body.get("skipped", ())}
    return Drafted(
        id=row.id,
        scheme=round_.scheme,
        organisation=row.organisation,
        issuer=nodes[row.organisation].name,
        what=naming.what(round_),
        due=min(dt.datetime.fromisoformat(str(body["due"])) for body in drafts),
        day=row.day,
        organisations=tuple(sorted(missing)),
        names=tuple(nodes[one].name for one in sorted(missing) if one in nodes),
        missing=tuple(missing[one] for one in sorted(missing) if one in nodes),
        skipped=tuple(nodes[one].name for one in sorted(skipped) if one in nodes),
        decision=row.decision,
        decided_on=decided.day if decided else None,
        decided_by=decided.actor if decided else "",
        reason=str(json.loads(decided.body).get("reason", "")) if decided else "",
    )


def _named(body: Mapping[str, Any]) -> Iterator[tuple[int, int | None]]:
    """Who is named, and how much each of them lacks."""
    named = body["organisations"]
    return zip(map(int, named), body.get("missing", [None] * len(named)), strict=True)


def _version(row: Circular) -> str:
    return str(Round.objects.values_list("version", flat=True).get(id=row.round))
