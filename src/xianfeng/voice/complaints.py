"""Complaints that a form or a requirement asks too much.

Anybody says so; the office drops the requirement, merges it or keeps it, and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Avg, Count, Q, QuerySet

from xianfeng import tokens
from xianfeng.ledger import powers, versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.voice import flood, texts
from xianfeng.voice.models import Complaint, ComplaintEvent, Outcome
from xianfeng.voice.reasons import BURDENS

LONGEST = 500  # characters of each box
ANSWER = 1000
MOST_MINUTES = 24 * 60
_DOING = "处理减负意见"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a complaint says. `minutes`: that one form took; None where nobody counted."""

    sort: str
    minutes: int | None = None
    twice: str = ""
    words: str = ""


@dataclass(frozen=True)
class Weight:
    """What was said about one kind: how often, how many wait for an answer, how long one form took on average."""

    said: int
    waiting: int
    minutes: float | None


@transaction.atomic
def complain(
    *,
    scheme: str,
    kind: str,
    said: Said,
    receipt: str,
    address: str,
    by: Actor,
    obligation: str = "",
    named: bool = False,
) -> Complaint:
    """`named`: the organisation that `by` acts for is kept with it. Nothing else of who wrote it ever is."""
    known = by_receipt(receipt)
    if known is not None:
        return known
    _refuse_unknown(scheme, kind, obligation)
    if said.sort not in BURDENS:
        raise Problem("voice.sort", "还没有选哪里太重。", hint="选一条最接近的。", field="sort")
    if said.minutes is not None and not 0 < said.minutes <= MOST_MINUTES:
        message = say("用时要在 1 到 {most_minutes} 分钟之间。", most_minutes=MOST_MINUTES)
        raise Problem("voice.minutes", message, hint="填一份大约用了多少分钟；说不清可以不填。", field="minutes")
    twice = texts.clean(said.twice, field="twice", title="哪些重复了", most=LONGEST)
    words = texts.clean(said.words, field="words", title="还想说的", most=LONGEST)
    if by.kind is not ActorKind.IMPORT:
        flood.count(flood.COMPLAINTS, room="complaints", thing=f"{scheme}/{kind}", address=address)
    made, _ = Complaint.objects.get_or_create(
        receipt=tokens.kept(receipt),
        defaults={
            "scheme": scheme,
            "kind": kind,
            "obligation": obligation,
            "sort": said.sort,
            "minutes": said.minutes,
            "twice": twice,
            "words": words,
            "organisation_id": by.organisation if named else None,
            "sample": by.kind is ActorKind.IMPORT,
        },
    )
    return made


@transaction.atomic
def settle(*, complaint: int, outcome: str, answer: str, seen: int, by: Actor) -> Complaint:
    """What the office makes of it, and why. `seen`: how often it had been answered when it was read."""
    row = Complaint.objects.select_for_update().filter(id=complaint).first()
    if row is None:
        raise Problem("voice.unknown", "没有这条意见。", hint="请回到列表重新打开。")
    powers.refuse_other_offices(versions.current(row.scheme), by, _DOING)
    if row.answers != seen:
        raise Problem("voice.moved", "这条意见刚才已由别人处理过。", hint="现在的情况在列表里，请再看一遍。")
    if outcome not in set(Outcome) - {Outcome.WAITING}:
        raise Problem("voice.outcome", "还没有选怎么处理。", hint="取消、合并或者保留，选一样。", field="outcome")
    row.answer = texts.clean(answer, field="answer", title="答复", most=ANSWER, needed=True)
    row.outcome, row.answered, row.answered_by = outcome, by.moment, by.ref
    row.answers += 1
    row.save()
    ComplaintEvent.objects.create(complaint=row, outcome=outcome, answer=row.answer, actor=by.ref)
    return row


def answered(scheme: str, kind: str) -> QuerySet[Complaint]:
    """What was said about a form and answered, the latest answer first."""
    found = Complaint.objects.filter(scheme=scheme, kind=kind).exclude(outcome=Outcome.WAITING)
    return found.order_by("-answered", "-id")


def weights(scheme: str) -> Mapping[str, Weight]:
    """By kind; a kind of which nobody complained is not there."""
    rows = Complaint.objects.filter(scheme=scheme).values("kind").order_by("kind")
    waiting = Count("id", filter=Q(outcome=Outcome.WAITING))
    told = rows.annotate(said=Count("id"), waiting=waiting, took=Avg("minutes"))
    return {row["kind"]: Weight(row["said"], row["waiting"], row["took"]) for row in told}


def waiting(schemes: Collection[str]) -> int:
    return Complaint.objects.filter(scheme__in=schemes, outcome=Outcome.WAITING).count()


def by_receipt(code: str) -> Complaint | None:
    return Complaint.objects.filter(receipt=tokens.kept(code)).first()


def _refuse_unknown(scheme: str, kind: str, obligation: str) -> None:
    known = versions.current(scheme)
    rule = known.obligations.get(obligation)
    if kind not in known.kinds or (obligation and (rule is None or rule.kind != kind)):
        raise Problem("voice.unknown_kind", "活动里没有这个台账或要求。", hint="请从填报页面重新打开。")
