"""Comments: anybody writes, the office reads before anybody else does, publishes or refuses by a published reason.

Whatever is done is checked against the stage its reader saw, so that two who decide at once do not undo each other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from xianfeng import tokens
from xianfeng.ledger import powers, versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import details
from xianfeng.voice import flood, subjects, texts
from xianfeng.voice.models import Comment, CommentEvent, Stage
from xianfeng.voice.reasons import REFUSALS
from xianfeng.voice.subjects import Subject

LONGEST = 500  # characters
ANSWER = 1000
KEPT = dt.timedelta(days=30)  # the words of what was refused or hidden, in case that was a mistake
MOST_WAITING = 1000  # in one campaign: who has that many to read is not helped by more
_DOING = "处理群众评论"


@transaction.atomic
def write(*, subject: Subject, text: str, receipt: str, address: str, by: Actor) -> Comment:
    """A comment, waiting to be read. The same receipt again is the same comment. `address` is counted and forgotten."""
    known = Comment.objects.filter(receipt=tokens.kept(receipt)).first()
    if known is not None:
        return known
    if not subjects.is_open(subject.scheme):
        raise Problem("voice.closed", "这个活动没有开放评论。", hint="有具体诉求的，请向窗口或12345反映。")
    said = texts.clean(text, field="text", title="评论", most=LONGEST, needed=True)
    if Comment.objects.filter(scheme=subject.scheme, stage=Stage.WAITING).count() >= MOST_WAITING:
        raise Problem("voice.flood", "等待处理的评论太多，暂时不再收了。", hint="请过几天再来。")
    if by.kind is not ActorKind.IMPORT:
        flood.count(flood.COMMENTS, room="comments", thing=f"{subject.scheme}/{subject.ref}", address=address)
    made, new = Comment.objects.get_or_create(
        receipt=tokens.kept(receipt),
        defaults={
            "scheme": subject.scheme,
            "subject": subject.ref,
            "text": said,
            "sample": by.kind is ActorKind.IMPORT,
        },
    )
    return _done(made, "written", by) if new else made


@transaction.atomic
def publish(*, comment: int, seen: str, looked_at: Collection[str] = (), by: Actor) -> Comment:
    """Show it, numbers that lead to a person masked for good.

    `seen`: the stage at which it was read: what was refused or hidden by mistake can be shown too. `looked_at`: the
    other details that were weighed.
    """
    row = _opened(comment, {Stage.WAITING, Stage.REFUSED, Stage.HIDDEN} & {seen}, by)
    if not row.text:
        raise Problem(
            "voice.gone",
            "这条评论的原文已经删去，不能再公开。",
            hint=say("不公开的评论只保留 {days} 天。", days=KEPT.days),
        )
    left = [one for one in details.found(row.text) if not one.masked and one.text not in looked_at]
    if left:
        title = details.TITLES[left[0].sort]
        raise Problem(
            "voice.details",
            say("还没有确认：{title}“{left}”。", title=title, left=left[0].text),
            hint="看过、可以公开的，请打勾。",
        )
    row.text = details.masked(row.text)
    row.stage, row.reason = Stage.PUBLISHED, ""
    return _done(row, "published", by)


@transaction.atomic
def refuse(*, comment: int, reason: str, by: Actor) -> Comment:
    """Not to be shown; its writer reads the reason by the receipt."""
    row = _opened(comment, (Stage.WAITING,), by)
    row.stage, row.reason = Stage.REFUSED, _reason(reason)
    return _done(row, "refused", by)


@transaction.atomic
def hide(*, comment: int, reason: str, by: Actor) -> Comment:
    """Take back what was shown; the reason stands in its place."""
    row = _opened(comment, (Stage.PUBLISHED,), by)
    row.stage, row.reason = Stage.HIDDEN, _reason(reason)
    return _done(row, "hidden", by)


@transaction.atomic
def answer(*, comment: int, text: str, seen: str, by: Actor) -> Comment:
    """The office's words beneath a published comment. `seen`: the answer that its writer saw there before."""
    row = _opened(comment, (Stage.PUBLISHED,), by)
    if row.answer != seen.replace("\r\n", "\n"):
        raise _moved()
    row.answer = texts.clean(text, field="answer", title="答复", most=ANSWER, needed=True)
    row.answered = by.moment
    row.answered_by_id = by.organisation  # type: ignore[assignment] # the checker forgets that it may be empty
    return _done(row, "answered", by)


@transaction.atomic
def forget() -> int:
    """Drop the words of what was refused or hidden long enough ago; that it was, and why, stays. How many."""
    before = timezone.now() - KEPT
    done = CommentEvent.objects.filter(action__in=("refused", "hidden"), at__gte=before)
    gone = Comment.objects.filter(stage__in=(Stage.REFUSED, Stage.HIDDEN)).exclude(text="")
    return gone.exclude(id__in=done.values("comment")).update(text="", salt="")


def published(subject: Subject) -> QuerySet[Comment]:
    """What stands under a subject, the latest first; of what was hidden, only that and why may be shown."""
    shown = Comment.objects.filter(
        scheme=subject.scheme, subject=subject.ref, stage__in=(Stage.PUBLISHED, Stage.HIDDEN)
    )
    return shown.select_related("answered_by").order_by("-id")


def changed(comments: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What was done to published comments besides being shown and answered once: 'hidden', 'answered' again."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = CommentEvent.objects.filter(comment__in=comments, action__in=("hidden", "answered")).order_by("id")
    for comment, action in rows.values_list("comment_id", "action"):
        found[comment].append(action)
    return {
        comment: tuple(
            action for action in ("hidden", "answered") if actions.count(action) > (1 if action == "answered" else 0)
        )
        for comment, actions in found.items()
    }


def counts(schemes: Collection[str]) -> dict[str, int]:
    """How many are at each stage in these campaigns."""
    rows = Comment.objects.filter(scheme__in=schemes).values_list("stage").annotate(n=Count("id"))
    return dict(rows.order_by())


def by_receipt(code: str) -> Comment | None:
    return Comment.objects.filter(receipt=tokens.kept(code)).select_related("answered_by").first()


def _opened(comment: int, stages: Collection[str], by: Actor) -> Comment:
    """The comment, held until this is done; a Problem when the actor does not run its campaign or it has moved on."""
    row = Comment.objects.select_for_update().filter(id=comment).first()
    if row is None:
        raise Problem("voice.unknown", "没有这条评论。", hint="请回到列表重新打开。")
    powers.refuse_other_offices(versions.current(row.scheme), by, _DOING)
    if row.stage not in stages:
        raise _moved()
    return row


def _done(row: Comment, action: str, by: Actor) -> Comment:
    row.save()
    CommentEvent.objects.create(
        comment=row,
        action=action,
        reason=row.reason,
        words=texts.mark(row.text, row.salt),
        answer=row.answer,
        actor=by.ref,
    )
    return row


def _reason(reason: str) -> str:
    if reason not in REFUSALS:
        raise Problem("voice.reason", "没有选原因。", hint="从公布的原因里选一条，写的人会看到。", field="reason")
    return reason


def _moved() -> Problem:
    return Problem("voice.moved", "这条评论刚才已由别人处理过。", hint="现在的情况在列表里，请再看一遍。")
