"""A few voices for the demonstration, marked as made up: comments, complaints, and what the office made of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from xianfeng import tokens
from xianfeng.bulletins.models import Closing
from xianfeng.ledger import powers, versions
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.log.actors import Actor
from xianfeng.scheme.types import Level
from xianfeng.voice import comments, complaints
from xianfeng.voice.complaints import Said
from xianfeng.voice.models import Comment, Complaint, Outcome
from xianfeng.voice.subjects import Subject

SCHEME, BULLETIN, KIND = "fuzhou-2010", "no98", "visit"


@dataclass(frozen=True)
class Voice:
    """A comment and what the office made of it: left waiting, shown, or shown and answered."""

    text: str
    shown: bool = True
    answer: str = ""


OF_BULLETIN = (
    Voice(
        "数字后面能点开看，这一点好。希望每个村办了哪些实事也能一条一条列出来。",
        answer="各村的记录在“组织”页面可以逐条查看，下一期会在文末写明网址。",
    ),
    Voice("走访登记写得很细，就是看不出回访没有。", shown=True),
    Voice("建议公布各街道的服务电话，我打过13800000000没人接。", shown=False),
)
OF_PROMISE = (Voice("盼着早日兑现，也希望兑现以后在这里说一声。"),)


@transaction.atomic
def speak() -> int:
    """Made once; how many there are. Nothing where the campaign or its issue is not in these books."""
    if SchemeVersion.objects.filter(name=SCHEME).exists() and not Complaint.objects.filter(sample=True).exists():
        by = powers.office(versions.current(SCHEME))
        if Closing.objects.filter(scheme__name=SCHEME, bulletin=BULLETIN).exists():
            _comment(Subject(SCHEME, "bulletins", BULLETIN), OF_BULLETIN, by)
        promise = Record.objects.filter(
            scheme__name=SCHEME, register="commitment_letter", level__gte=Level.REVIEWED.rank
        ).order_by("-id")
        for number in promise.values_list("id", flat=True)[:1]:
            _comment(Subject(SCHEME, "promises", str(number)), OF_PROMISE, by)
        _complain(by)
    return Comment.objects.filter(sample=True).count() + Complaint.objects.filter(sample=True).count()


def _comment(subject: Subject, voices: tuple[Voice, ...], by: Actor) -> None:
    for voice in voices:
        made = comments.write(subject=subject, text=voice.text, receipt=tokens.fresh(), address="", by=by)
        if voice.shown:
            comments.publish(comment=made.pk, seen=made.stage, by=by)
        if voice.answer:
            comments.answer(comment=made.pk, text=voice.answer, seen="", by=by)


def _complain(by: Actor) -> None:
    answered = _said(Said(sort="long", minutes=12, words="走访对象的基本情况每次都要重写。"), by)
    complaints.settle(
        complaint=answered.pk,
        outcome=Outcome.MERGED,
        answer="已登记过的对象从下月起自动带出，只填有变化的。",
        seen=0,
        by=by,
    )
    _said(Said(sort="twice", minutes=20, twice="民政的入户台账里填过同样的内容。", words="能不能两家认一张表？"), by)


def _said(said: Said, by: Actor) -> Complaint:
    return complaints.complain(scheme=SCHEME, kind=KIND, said=said, receipt=tokens.fresh(), address="", by=by)
